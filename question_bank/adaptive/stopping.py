"""When to stop, and why."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from math import erfc, sqrt

import numpy as np

from .ability import Ability
from .arrays import Flags, Reals
from .blueprint import Blueprint, below_maxima, minima_met, operational
from .pool import Pool
from .selection import barred, competency_weights, shortlisted


class StopReason(StrEnum):
    """Why an attempt ended; the values are stored and shown, they never change."""

    PRECISION_REACHED = "precision_reached"
    PRECISION_UNREACHABLE = "precision_unreachable"
    MAXIMUM_LENGTH = "maximum_length"
    POOL_EXHAUSTED = "pool_exhausted"
    OUT_OF_TIME = "out_of_time"


class Side(StrEnum):
    """On which side of a cut somebody is."""

    ABOVE = "above"
    BELOW = "below"


def stop_reason(
    ability: Ability,
    pool: Pool,
    blueprint: Blueprint,
    administered: Sequence[int],
    *,
    eligible: Flags | None = None,
    out_of_time: bool = False,
) -> StopReason | None:
    """Return why the attempt ends now, or None to go on; eligible: bool[n]. Pretest items do not count in length."""
    given = operational(pool, administered)
    if out_of_time:
        return StopReason.OUT_OF_TIME
    if len(given) >= blueprint.length_max:
        return StopReason.MAXIMUM_LENGTH
    if _is_exhausted(pool, blueprint, administered, given, eligible):
        return StopReason.POOL_EXHAUSTED
    if blueprint.standard_error_target is None or len(given) < blueprint.length_min:
        return None
    return _precision(ability, pool, blueprint, administered, given, eligible)


def overall_standard_error(ability: Ability, pool: Pool) -> float:
    """Return the standard error of the overall theta, in logits."""
    weights = competency_weights(ability, pool)
    return sqrt(float(weights @ ability.covariance @ weights))


def decision_reached(
    ability: Ability, cut: float, *, weights: Reals | None = None, probability: float = 0.95
) -> Side | None:
    """Return the side of ``cut`` (logits) on which the weighted theta is with at least ``probability``, or None.

    The Bayes rule of mastery testing (Owen 1975; Spray & Reckase 1996).  weights: float64[K], one each by default.
    """
    mix = np.full(ability.dimensions, 1.0 / ability.dimensions) if weights is None else weights
    deviation = sqrt(float(mix @ ability.covariance @ mix))
    above = 0.5 * erfc((cut - float(mix @ ability.mean)) / (deviation * sqrt(2.0)))
    return Side.ABOVE if above >= probability else Side.BELOW if 1.0 - above >= probability else None


def _precision(
    ability: Ability,
    pool: Pool,
    blueprint: Blueprint,
    administered: Sequence[int],
    given: Sequence[int],
    eligible: Flags | None,
) -> StopReason | None:
    target = blueprint.standard_error_target or 0.0
    if not minima_met(pool, blueprint, given):
        return None
    if overall_standard_error(ability, pool) <= target:
        return StopReason.PRECISION_REACHED
    out = barred(pool, administered, eligible)
    best = best_reachable_error(ability, pool, out, items=blueprint.length_max - len(given))
    return StopReason.PRECISION_UNREACHABLE if best > target else None


def best_reachable_error(ability: Ability, pool: Pool, out: Flags, *, items: int) -> float:
    """Return an optimistic overall standard error after ``items`` more, in logits: the most informative ones, rules
    aside.

    Each item's gain of precision is taken as it is now, though it shrinks as the belief narrows; out: bool[n], barred
    items.
    """
    weights = competency_weights(ability, pool)
    reach = ability.covariance @ weights
    variance = float(weights @ reach)
    candidates, worth = shortlisted(ability, pool, pool.every_competency)
    fall = np.where(out.take(candidates), 0.0, np.maximum(worth, 0.0)) * (reach * reach)[:, None]
    gains = np.sort((fall / (variance * np.maximum(variance - fall, 1e-3 * variance))).ravel())
    return 1.0 / sqrt(1.0 / variance + float(gains[-items:].sum()))


def _is_exhausted(
    pool: Pool, blueprint: Blueprint, administered: Sequence[int], given: Sequence[int], eligible: Flags | None
) -> bool:
    open_ = ~barred(pool, administered, eligible) & ~pool.is_pretest
    if blueprint.maximum_per_domain is None and blueprint.maximum_per_competency is None:
        return not open_.any()
    below = np.zeros(pool.domain_of.size, dtype=np.bool_)
    below[below_maxima(pool, blueprint, given)] = True
    return not bool((open_ & below.take(pool.competency)).any())
