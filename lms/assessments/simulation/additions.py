"""What items not yet written would bring: really simulated, on the same people, with the same luck.

Fourteen items are added to one domain, spread over its competencies, made like the domain's own (discrimination,
guessing and format drawn among them), at the difficulty where they would tell these people most. The first half of the
people take the assessment again, from the same start; their standard errors are compared one by one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from question_bank import adaptive
from question_bank import api as bank

from ..models import Assessment
from .house import House, NewItem, extended, pool_of
from .measures import standard_errors, weighted
from .sitting import Crowd, Sittings, Tell, crowd, sit_all

MORE = 14
CLEAR = 2.0  # a gain is one when it is this many times its own standard error, and can be read in two decimals


def addition(
    here: House, offer: Assessment, domain: int, people: Crowd, before: Sittings, seed: int, tell: Tell | None = None
) -> dict[str, Any]:
    """Return what `MORE` items of the most useful level would bring to a domain."""
    count = max(1, len(before.means) // 2)
    level = most_useful_level(here, domain, people, seed)
    house = extended(here, new_items(here, domain, level, seed))
    again = crowd(house, len(before.means), seed, more_items=MORE)
    after = sit_all(house, offer, Crowd(again.theta[:count], again.luck[:count]), seed, tell)
    weights = weighted(here, domain)
    was, will = standard_errors(before, weights)[:count], standard_errors(after, weights)
    gain, error = float((was - will).mean()), float((was - will).std() / np.sqrt(count))
    is_clear = gain > CLEAR * error and round(float(was.mean()), 2) > round(float(will.mean()), 2)
    return {
        "domain": here.framework.domains[domain].code,
        "level": level,
        "items": MORE,
        "people": count,
        "mean_se_before": round(float(was.mean()), 4),
        "mean_se": round(float(will.mean()), 4),
        "gain": round(gain, 4),
        "gain_error": round(error, 4),
        "is_clear": is_clear,
    }


def new_items(here: House, domain: int, level: int, seed: int) -> list[NewItem]:
    """Return items of a level, made like the domain's own all-or-nothing ones, in turn for each of its competencies."""
    pool, members = here.pool, here.pool.competencies_of_domain[domain]
    usable = here.eligible & ~pool.is_pretest & (pool.domain_of[pool.competency] == domain) & (pool.top_score == 1)
    models = np.flatnonzero(usable)
    draw = np.random.default_rng([seed, 3, domain])
    drawn = draw.choice(models, MORE).tolist() if models.size else list[int]()
    made = [(pool.discrimination.item(i), pool.guessing.item(i), bool(here.is_single_choice[i])) for i in drawn]
    made = made or [(1.0, 0.0, False)] * MORE
    b = bank.EXPECTED_DIFFICULTY[level]
    return [NewItem(members[n % len(members)], a, b, c, single) for n, (a, c, single) in enumerate(made)]


def most_useful_level(here: House, domain: int, people: Crowd, seed: int) -> int:
    """Return the difficulty, 1 to 4, at which new items would add most information on these people in the domain.

    By the test information of the best items an attempt has room for: only a guess of where to simulate.
    """
    theta = np.linspace(-3.0, 3.0, 25)
    share = _shares(people.theta @ weighted(here, domain), theta)
    usable = here.eligible & ~here.pool.is_pretest & (here.pool.domain_of[here.pool.competency] == domain)
    known = adaptive.information_curve(here.pool, usable, theta)[usable]
    quota = max(1, here.blueprint.length_max // here.pool.domain_count)

    def told(level: int) -> float:
        more = pool_of(here, new_items(here, domain, level, seed))
        curves = np.vstack([known, adaptive.information_curve(more, np.ones(more.size, dtype=np.bool_), theta)])
        return float(np.sort(curves, axis=0)[::-1][:quota].sum(axis=0) @ share)

    return max(bank.EXPECTED_DIFFICULTY, key=told)


def _shares(values: Any, grid: Any) -> Any:
    nearest = np.abs(values[:, None] - grid[None, :]).argmin(axis=1)
    return np.bincount(nearest, minlength=grid.size) / values.size
