"""Simulated people, one after the other, each through the same steps as a real attempt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from question_bank import adaptive

from .. import delivery
from ..models import Assessment, Attempt
from .house import House

Reals = NDArray[np.float64]
Tell = Callable[[int], None]


@dataclass(frozen=True, eq=False)
class Crowd:
    """N people: theta float64[N, K], in logits, and luck float64[N, n], which decides each of their answers."""

    theta: Reals
    luck: Reals


@dataclass
class Sittings:
    """What their attempts gave, in order: means float64[K], covariances float64[K, K], the items that counted."""

    means: list[Reals] = field(default_factory=list)
    covariances: list[Reals] = field(default_factory=list)
    items: list[list[int]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


def crowd(here: House, people: int, seed: int, *, more_items: int = 0) -> Crowd:
    """Return `people` drawn from the prior. The same seed gives the same people, who answer the same items alike."""
    luck = np.random.default_rng([seed, 1]).random((people, here.pool.size - more_items))
    other = np.random.default_rng([seed, 2]).random((people, more_items))
    normals = np.random.default_rng(seed).standard_normal((people, here.prior.dimensions))
    return Crowd(adaptive.examinees(here.prior, normals), np.hstack([luck, other]))


def sit_all(here: House, offer: Assessment, people: Crowd, seed: int, tell: Tell | None = None) -> Sittings:
    """Let everybody take `offer`; prices move after each. `tell` hears how many have finished."""
    found = Sittings()
    for person in range(len(people.theta)):
        sit(here, offer, people.theta[person], people.luck[person], f"{seed}.{person}", found)
        if tell:
            tell(person + 1)
    return found


def sit(here: House, offer: Assessment, theta: Reals, luck: Reals, secret: str, found: Sittings) -> None:
    """Let one person take `offer` with the draws of an attempt whose secret is `secret`; add it to `found`."""
    attempt, scores = Attempt(assessment=offer, mask_secret=secret), list[float]()
    delivery.begin(attempt, frozenset(), here)
    reason = ""
    while not reason:
        item = attempt.selection_log[-1]
        scores.append(adaptive.answer_of(here.pool, item, theta, luck.item(item)))
        reason = delivery.advance(attempt, scores[-1], here).stop_reason
        attempt.position += 1
    counted = [place for place in range(len(scores)) if place + 1 not in attempt.pretest_log]
    items = [attempt.selection_log[place] for place in counted]
    ability = adaptive.smooth(here.prior, here.pool, items, [scores[place] for place in counted])
    here.charge(items)
    found.means.append(ability.mean)
    found.covariances.append(ability.covariance)
    found.items.append(items)
    found.reasons.append(reason)
