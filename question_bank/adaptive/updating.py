"""After each response: assumed-density filtering.

The exact posterior on the item's own competency is projected on a Gaussian with the same mean and variance (moment
matching; Opper 1998, Minka 2001), and the other competencies follow by regression: a rank-one change of mean and
covariance.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, sqrt

import numpy as np

from .ability import Ability
from .arrays import Reals, frozen_reals
from .curves import NODES, WEIGHTS, category_chance, reach
from .errors import ScoreOutOfRange
from .pool import Pool

MOMENTS = frozen_reals([WEIGHTS, WEIGHTS * NODES, WEIGHTS * NODES**2])
SAFE_LOGIT = 500.0


def update(ability: Ability, pool: Pool, item: int, score: float) -> Ability:
    """Return the ability after one response: score 0 or 1, or the category of a graded item; "I do not know" is 0.

    A response to a pretest item leaves the ability as it was. Raises ScoreOutOfRange, and IndexError on a foreign
    item.
    """
    category = checked_score(pool, item, score)
    if pool.has_pretest and pool.is_pretest[item]:
        return ability
    k = pool.competency_of_item[item] if ability.dimensions > 1 else 0
    mean, variance = ability.mean.item(k), ability.covariance.item(k, k)
    shift, ratio = tilted_moments(pool, item, category, mean, variance)
    column = ability.covariance[k]
    return Ability(
        ability.mean + column * (shift / sqrt(variance)),
        ability.covariance + (column[:, None] * column) * ((ratio - 1.0) / variance),
    )


def replay(prior: Ability, pool: Pool, items: Sequence[int], scores: Sequence[float]) -> Ability:
    """Return the ability after all responses in order: exactly what the updates one by one gave."""
    ability = prior
    for item, score in zip(items, scores, strict=True):
        ability = update(ability, pool, item, score)
    return ability


def replay_without_each(prior: Ability, pool: Pool, items: Sequence[int], scores: Sequence[float]) -> list[Ability]:
    """Return, for each response, the ability after all the others in order: `replay` without it, beginnings shared."""
    rests, before = [], prior
    for place, (item, score) in enumerate(zip(items, scores, strict=True)):
        rests.append(replay(before, pool, items[place + 1 :], scores[place + 1 :]))
        before = update(before, pool, item, score)
    return rests


def checked_score(pool: Pool, item: int, score: float) -> int:
    """Return the score as a category; raises ScoreOutOfRange when the item cannot give it, IndexError without item."""
    if item < 0:
        raise IndexError(f"There is no item {item}.")
    if not isfinite(score) or score != int(score) or not 0 <= score <= pool.top_score[item]:
        raise ScoreOutOfRange(f"Item {item} gives whole scores from 0 to {pool.top_score[item]}, not {score}.")
    return int(score)


def tilted_moments(pool: Pool, item: int, category: int, mean: float, variance: float) -> tuple[float, float]:
    """Return (shift, ratio): new mean in prior deviations from the old one, and new variance over the old one."""
    chance = _likelihood(pool, item, category, mean, sqrt(variance))
    total, first, second = (MOMENTS @ chance).tolist()
    shift = first / total
    return shift, second / total - shift * shift


def _likelihood(pool: Pool, item: int, category: int, mean: float, deviation: float) -> Reals:
    """Return the likelihood at the nodes mean + deviation · NODES."""
    if pool.top_score[item] > 1:
        nodes = mean + deviation * NODES
        return category_chance(pool.discrimination.item(item), pool.thresholds[item], category, nodes)
    a, guessing = pool.discrimination.item(item), pool.guessing.item(item)
    centre = a * (mean - pool.thresholds.item(item, 0))
    if abs(centre) + 7.0 * a * deviation > SAFE_LOGIT:
        return _far_likelihood(pool, item, category, mean + deviation * NODES)
    if category:
        right: Reals = (1.0 - guessing) / (1.0 + np.exp((-a * deviation) * NODES - centre))
        return right + guessing if guessing else right
    wrong: Reals = (1.0 - guessing) / (1.0 + np.exp((a * deviation) * NODES + centre))
    return wrong


def _far_likelihood(pool: Pool, item: int, category: int, nodes: Reals) -> Reals:
    """Return the same far from the item, where exp() would overflow."""
    right = reach(pool.discrimination.item(item), pool.thresholds.item(item, 0), pool.guessing.item(item), nodes)
    return right if category else np.maximum(1.0 - right, np.finfo(np.float64).tiny)
