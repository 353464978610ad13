"""From theta to what people read: a score from 0 to 1000, its interval and a level."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from .ability import Ability
from .arrays import Reals
from .errors import AbilityIsInvalid

MIDDLE, POINTS_PER_LOGIT, LOWEST, HIGHEST = 500.0, 150.0, 0, 1000


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of a report: theta and standard_error in logits; score, low and high in points; level counts from 0."""

    theta: float
    standard_error: float
    score: int
    low: int
    high: int
    level: int


@dataclass(frozen=True, slots=True)
class Report:
    """Overall, by domain and by competency."""

    overall: Measure
    domains: tuple[Measure, ...]
    competencies: tuple[Measure, ...]


def score_of(theta: float) -> int:
    """Return 500 + 150 · theta, rounded and clipped to 0 … 1000: theta = ±3.33 logits is the end of the scale."""
    return round(min(max(MIDDLE + POINTS_PER_LOGIT * theta, LOWEST), HIGHEST))


def theta_of(score: float) -> float:
    """Return the theta, in logits, at which a score begins to be reported: the inverse of the map, without rounding."""
    return (score - MIDDLE) / POINTS_PER_LOGIT


def report(
    ability: Ability, domain_of: ArrayLike, cut_scores: Sequence[float], *, level: float = 0.95, widening: float = 1.0
) -> Report:
    """Return every measure with its ``level`` credible interval; the overall theta is the mean of the domains' means.

    cut_scores: ascending, in points; somebody is at level i when i cuts are at or below the score. widening
    multiplies the standard errors while the covariance is not estimated (``Components.widening``). Raises
    AbilityIsInvalid when domain_of is not that of the ability.
    """
    by_domain = _by_domain(ability.dimensions, domain_of)
    quantile = NormalDist().inv_cdf(0.5 + level / 2.0)

    def measure(weights: Reals) -> Measure:
        return _measure_of(ability, weights, quantile, cut_scores, widening)

    return Report(
        overall=measure(np.mean(by_domain, axis=0)),
        domains=tuple(measure(weights) for weights in by_domain),
        competencies=tuple(measure(weights) for weights in np.eye(ability.dimensions)),
    )


def overall_measure(
    ability: Ability, domain_of: ArrayLike, cut_scores: Sequence[float], *, level: float = 0.95, widening: float = 1.0
) -> Measure:
    """Return the overall measure of ``report`` alone, for a path of many points. Raises AbilityIsInvalid."""
    weights = _overall_weights(ability.dimensions, tuple(np.asarray(domain_of).tolist()))
    return _measure_of(ability, weights, NormalDist().inv_cdf(0.5 + level / 2.0), cut_scores, widening)


@lru_cache(maxsize=16)  # a path has twenty points, of the same framework
def _overall_weights(dimensions: int, domain_of: tuple[int, ...]) -> Reals:
    weights: Reals = np.mean(_by_domain(dimensions, domain_of), axis=0)
    weights.flags.writeable = False
    return weights


def _by_domain(dimensions: int, domain_of: ArrayLike) -> list[Reals]:
    """Return what each competency weighs in each domain. Raises AbilityIsInvalid."""
    domains = np.asarray(domain_of, dtype=np.intp)
    if domains.size != dimensions:
        raise AbilityIsInvalid(f"{domains.size} competencies do not describe {dimensions} dimensions.")
    return [(domains == d) / np.count_nonzero(domains == d) for d in range(int(domains.max()) + 1)]


def _measure_of(
    ability: Ability, weights: Reals, quantile: float, cut_scores: Sequence[float], widening: float
) -> Measure:
    deviation = widening * sqrt(float(weights @ ability.covariance @ weights))
    return _measure(float(weights @ ability.mean), deviation, quantile, cut_scores)


def _measure(theta: float, deviation: float, quantile: float, cut_scores: Sequence[float]) -> Measure:
    score = score_of(theta)
    return Measure(
        theta=theta,
        standard_error=deviation,
        score=score,
        low=score_of(theta - quantile * deviation),
        high=score_of(theta + quantile * deviation),
        level=bisect_right(cut_scores, score),
    )
