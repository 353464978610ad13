"""Response curves: the two- and three-parameter logistic models and the graded response model.

One family covers them (Birnbaum 1968; Samejima 1969). An item has a discrimination ``a``, ascending thresholds ``b_1
… b_m`` and a guessing floor ``c`` (dichotomous items only). The chance of reaching category ``k`` is ``c + (1 - c) ·
logistic(a · (theta - b_k))``; a dichotomous item has one threshold, its difficulty.
"""

from __future__ import annotations

from math import pi

import numpy as np

from .arrays import Reals

SMALLEST_CHANCE = 1e-12  # a category nobody can reach carries no information instead of dividing by zero
LARGEST_LOGIT = 600.0  # exp() of more overflows a float64; the likelihood beyond is flat to every printed digit


def logistic(logit: Reals) -> Reals:
    """Return 1 / (1 + exp(-logit)), any shape, in (0, 1); logits are expected within ±``LARGEST_LOGIT``."""
    result: Reals = 1.0 / (1.0 + np.exp(-logit))
    return result


def reach(discrimination: float, threshold: float, guessing: float, theta: Reals) -> Reals:
    """Return the chance of reaching one threshold at each theta, shape of ``theta`` (Birnbaum 1968)."""
    logit = np.clip(discrimination * (theta - threshold), -LARGEST_LOGIT, LARGEST_LOGIT)
    return guessing + (1.0 - guessing) * logistic(logit)


def category_chance(discrimination: float, thresholds: Reals, category: int, theta: Reals) -> Reals:
    """Return the chance of exactly ``category`` (0 … m) of a graded item at each theta (Samejima 1969)."""
    last = int(np.isfinite(thresholds).sum())
    at_least = reach(discrimination, float(thresholds[category - 1]), 0.0, theta) if category else np.ones_like(theta)
    above = reach(discrimination, float(thresholds[category]), 0.0, theta) if category < last else np.zeros_like(theta)
    return np.maximum(at_least - above, np.finfo(np.float64).tiny)


def expected_information(
    discrimination: Reals, thresholds: Reals, guessing: Reals, mean: Reals | float, deviation: Reals | float
) -> Reals:
    """Return what one response is worth to a belief N(mean, deviation²) on theta, in information units (theta⁻²).

    The expected fall of the variance of theta is ``deviation⁴ ×`` this number: by the law of total variance the fall
    is ``Var(E[theta | response]) = Σ_k Cov(theta, 1_k)² / p_k`` and, for a Gaussian, ``Cov(theta, 1_k) = deviation² ·
    dp_k/dmean`` (Stein 1981). The averaged logistic is the one of MacKay (1992): ``logistic(κ a (mean - b))``, ``κ =
    (1 + π a² s² / 8)^-½``. Shapes: discrimination, guessing [n]; thresholds [n, m] padded with +inf; mean, deviation
    broadcast against [n].
    """
    slope = discrimination / np.sqrt(1.0 + pi / 8.0 * (discrimination * deviation) ** 2)
    above, above_slope = np.ones_like(slope * mean), np.zeros_like(slope * mean)
    worth = np.zeros_like(above)
    for step in range(thresholds.shape[-1] + 1):
        below, below_slope = above, above_slope
        above, above_slope = _smoothed_step(slope, thresholds, guessing, mean, step)
        worth += (below_slope - above_slope) ** 2 / np.maximum(below - above, SMALLEST_CHANCE)
    return worth


def _smoothed_step(
    slope: Reals, thresholds: Reals, guessing: Reals, mean: Reals | float, step: int
) -> tuple[Reals, Reals]:
    """Return the averaged chance of reaching threshold ``step`` and its derivative by the mean."""
    if step == thresholds.shape[-1]:
        return np.zeros_like(slope * mean), np.zeros_like(slope * mean)
    threshold = thresholds[..., step]
    reachable = np.isfinite(threshold)
    chance = logistic(np.clip(slope * (mean - np.where(reachable, threshold, 0.0)), -LARGEST_LOGIT, LARGEST_LOGIT))
    rise = np.where(reachable, (1.0 - guessing) * slope * chance * (1.0 - chance), 0.0)
    return np.where(reachable, guessing + (1.0 - guessing) * chance, 0.0), rise
