"""The next item: the largest expected fall of the weighted posterior variance, minus what the item's exposure costs.

With the belief N(mean, S), a response to item i of competency k lowers the variance of a weighted theta ``w·theta``
by ``(S w)_k² × worth_i`` (see ``curves.expected_information``); the objective adds the composite and the domains.
Divided by the largest factor of all competencies, it is in information units, the currency of the exposure prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .ability import Ability
from .arrays import Flags, Indices, Reals, frozen_reals
from .blueprint import Blueprint, operational, wanted_competencies
from .curves import expected_information
from .pool import Pool
from .seeding import pick

PREFERENCE = 0.10  # of the best worth: what an item of one's own profession may lack and still come first
# Shares of the best worth within which a seed draws. Nothing is known of anybody at first, so that the best item is
# the same for all and the draw is wide; 10 % at every item would cost 1 % of the standard error, 1 % costs nothing.
FIRST_ITEMS, NEARLY_EQUAL, AS_GOOD = 2, 0.10, 0.01
SAME_CLUSTER, SEEN_LATELY = 1e3, 1e6  # steps down, not prohibitions: better a second item of a capacity than none
LEAST_SLOPE = 1e-9  # a competency nobody weighs still ranks its own items
ONE = frozen_reals([1.0])


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller asks of the choice, each over the n items of the pool."""

    prices: Reals | None
    eligible: Flags | None
    preferred: Flags | None
    seen_lately: Flags | None


def select(
    ability: Ability,
    pool: Pool,
    blueprint: Blueprint,
    *,
    administered: Sequence[int],
    eligible: Flags | None = None,
    prices: Reals | None = None,
    preferred: Flags | None = None,
    seen_lately: Flags | None = None,
    seed: int | None = None,
) -> int | None:
    """Return the item to ask next, or None when no admissible item is left.

    eligible, preferred, seen_lately: bool[n]; prices: float64[n] in information units. Never: a pretest item, one
    already administered or its enemy, one not eligible, one above a content maximum. Deterministic: equal candidates
    go by shortlist order, or are drawn by ``seed`` among those as good as the best, or nearly for the first two.
    """
    wishes = Wishes(prices, eligible, preferred, seen_lately)
    slopes = competency_slopes(ability, pool, blueprint)
    ways = (shortlisted,) if pool.shortlists.are_complete else (shortlisted, every_candidate)
    for wanted in wanted_competencies(pool, blueprint, operational(pool, administered)):
        for candidates in ways:
            items, worth = candidates(ability, pool, wanted)
            worth = worth if slopes is None else worth * slopes[wanted, None]
            scale = max(worth.item(worth.argmax()), 0.0)
            score = _scored(pool, blueprint, items, worth, administered, wishes, scale)
            chosen = _best(score, step_down=candidates is ways[-1])
            if chosen is not None and seed is not None:
                return _drawn(items, score, chosen, scale, seed, len(administered))
            if chosen is not None:
                return items.item(chosen)
    return None


def competency_slopes(ability: Ability, pool: Pool, blueprint: Blueprint) -> Reals | None:
    """Return how much each competency moves the objective, float64[K] with maximum 1; None with one theta for all."""
    if ability.dimensions == 1:
        return None
    overall = pool.overall_mean @ ability.covariance
    by_domain = pool.domain_means @ ability.covariance
    total: Reals = blueprint.domain_importance * np.ones(pool.domain_count) @ (by_domain * by_domain)
    total += blueprint.composite_weight * (overall * overall)
    slopes: Reals = np.maximum(total / total.max(), LEAST_SLOPE)
    return slopes


def competency_weights(ability: Ability, pool: Pool) -> Reals:
    """Return the weights of the overall theta, float64[K]."""
    return pool.overall_mean if ability.dimensions > 1 else ONE


def _best(score: Reals, *, step_down: bool) -> int | None:
    """Return the place of the best candidate, or None when all are barred.

    A candidate below every rule that bends is only taken with ``step_down``.
    """
    best = score.argmax()
    top = score.item(best)
    return None if top == -np.inf or (top < -SAME_CLUSTER / 2 and not step_down) else int(best)


def _drawn(items: Indices, score: Reals, best: int, scale: float, seed: int, position: int) -> int:
    """Return one of the items as good as the best, or nearly: more loosely for the first items, alike for everybody."""
    margin = (NEARLY_EQUAL if position < FIRST_ITEMS else AS_GOOD) * scale
    close = np.flatnonzero(score >= score.item(best) - margin)
    return items.item(close.item(pick(close.size, seed, position)))


def _scored(
    pool: Pool,
    blueprint: Blueprint,
    items: Indices,
    score: Reals,
    administered: Sequence[int],
    wishes: Wishes,
    scale: float,
) -> Reals:
    """Return the candidates' worth with every rule applied: prices and preferences in units of worth, bars as -inf."""
    if wishes.prices is not None:
        score = score - wishes.prices.take(items)
    if wishes.preferred is not None:
        score = score + (PREFERENCE * scale) * wishes.preferred.take(items)
    if wishes.seen_lately is not None:
        score = score - SEEN_LATELY * wishes.seen_lately.take(items)
    if not administered and wishes.eligible is None:
        return score
    if blueprint.one_per_cluster and administered:
        score = score - SAME_CLUSTER * _used_clusters(pool, administered).take(pool.cluster.take(items))
    return np.where(barred(pool, administered, wishes.eligible).take(items), -np.inf, score)


def _used_clusters(pool: Pool, administered: Sequence[int]) -> Flags:
    used = np.zeros(pool.cluster_count, dtype=np.bool_)
    used[pool.cluster[list(administered)]] = True
    return used


def barred(pool: Pool, administered: Sequence[int], eligible: Flags | None) -> Flags:
    """Return bool[n]: the items that must not be asked now, whatever they are worth."""
    out = np.zeros(pool.size, dtype=np.bool_) if eligible is None else ~eligible
    if administered:
        out[list(administered)] = True
    if pool.enemies_of_item:
        out[[foe for item in administered for foe in pool.enemies_of_item.get(item, ())]] = True
    return out


def shortlisted(ability: Ability, pool: Pool, competencies: Indices) -> tuple[Indices, Reals]:
    """Return the shortlisted items of these competencies and their worth, both [competencies, L]."""
    mean, variance = ability.mean, ability.covariance.diagonal()
    if ability.dimensions == 1 or competencies is pool.every_competency:
        return pool.shortlists.candidates(mean, variance, competencies)
    return pool.shortlists.candidates(mean[competencies], variance[competencies], competencies)


def every_candidate(ability: Ability, pool: Pool, competencies: Indices) -> tuple[Indices, Reals]:
    """Return every operational item of these competencies and its worth: the slow way, after the shortlist."""
    members = pool.shortlists.members[competencies]
    own = competencies if ability.dimensions > 1 else np.zeros(1, dtype=np.intp)
    mean, deviation = ability.mean[own, None], ability.standard_error[own, None]
    worth = expected_information(
        pool.discrimination[members], pool.thresholds[members], pool.guessing[members], mean, deviation
    )
    return np.maximum(members, 0), np.where(members < 0, -np.inf, worth)
