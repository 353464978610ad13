"""At the end of an attempt: expectation propagation (Minka 2001).

Filtering projects each response once, in the order it came. The sweeps take each projection out, make it again in
the light of all the others, and so undo most of the dependence on the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from .ability import Ability
from .arrays import Reals
from .pool import Pool
from .updating import checked_score, tilted_moments

SWEEPS = 6
SETTLED = 1e-4  # prior deviations: far below what a reported score can show


def smooth(
    prior: Ability, pool: Pool, items: Sequence[int], scores: Sequence[float], *, sweeps: int = SWEEPS
) -> Ability:
    """Return the ability after all responses, refined by at most ``sweeps`` passes; one pass is ``replay``.

    Deterministic in its arguments.  Pretest items are left out.  Raises ScoreOutOfRange.
    """
    answers = [
        (item, checked_score(pool, item, score))
        for item, score in zip(items, scores, strict=True)
        if not pool.is_pretest[item]
    ]
    belief, sites = (prior.mean, prior.covariance), [(0.0, 0.0)] * len(answers)
    for _ in range(sweeps):
        belief, moved = _sweep(belief, pool, answers, sites)
        if moved < SETTLED:
            break
    return Ability(*belief)


def _sweep(
    belief: tuple[Reals, Reals], pool: Pool, answers: list[tuple[int, int]], sites: list[tuple[float, float]]
) -> tuple[tuple[Reals, Reals], float]:
    """Refine every site once, in place; return the belief and the largest move of a mean, in deviations."""
    largest = 0.0
    many = belief[0].shape[0] > 1
    for position, (item, category) in enumerate(answers):
        k = pool.competency_of_item[item] if many else 0
        mean, variance = belief[0].item(k), belief[1].item(k, k)
        refined = _refined_site(pool, item, category, mean, variance, sites[position])
        if refined is None:
            continue
        sites[position], target_mean, target_variance = refined
        belief = _moved(belief, k, target_mean, target_variance)
        largest = max(largest, abs(target_mean - mean) / sqrt(variance))
    return belief, largest


def _refined_site(
    pool: Pool, item: int, category: int, mean: float, variance: float, site: tuple[float, float]
) -> tuple[tuple[float, float], float, float] | None:
    """Return (site, mean, variance) of the competency with this response projected anew; None to leave it as it is.

    A site is (precision, precision × mean); taking it out can leave no proper Gaussian when guessing made it negative.
    """
    precision = 1.0 / variance - site[0]
    if precision <= 0.0:
        return None
    cavity_mean, cavity_deviation = (mean / variance - site[1]) / precision, 1.0 / sqrt(precision)
    shift, ratio = tilted_moments(pool, item, category, cavity_mean, 1.0 / precision)
    new_mean, new_variance = cavity_mean + shift * cavity_deviation, ratio / precision
    new_site = (1.0 / new_variance - precision, new_mean / new_variance - cavity_mean * precision)
    return new_site, new_mean, new_variance


def _moved(belief: tuple[Reals, Reals], k: int, mean: float, variance: float) -> tuple[Reals, Reals]:
    """Return the belief with this new marginal on competency k, the others following by regression."""
    means, covariance = belief
    column, old = covariance[k], covariance.item(k, k)
    moved = means + column * ((mean - means.item(k)) / old)
    return moved, covariance + (column[:, None] * column) * ((variance / old - 1.0) / old)
