"""Response curves: the two- and three-parameter logistic models and the graded response model.

One family covers them (Birnbaum 1968; Samejima 1969). An item has a discrimination ``a``, ascending thresholds ``b_1
… b_m`` and a guessing floor ``c`` (dichotomous items only). The chance of reaching category ``k`` is ``c + (1 - c) ·
logistic(a · (theta - b_k))``; a dichotomous item has one threshold, its difficulty.
"""

from __future__ import annotations

from math import exp, pi, sqrt

import numpy as np

from .arrays import Reals, frozen_reals

# Trapezoid rule on ±6.3 standard deviations: for a Gaussian times a logistic it converges exponentially with the step
# (Trefethen & Weideman 2014); 43 nodes err by less than 1e-6 logit up to discrimination × deviation = 4.
NODES = frozen_reals(np.linspace(-6.3, 6.3, 43))
WEIGHTS = frozen_reals([exp(-0.5 * node * node) * (NODES[1] - NODES[0]) / sqrt(2.0 * pi) for node in NODES])

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
    E[dP_k/dtheta]`` (Stein 1981). At deviation 0 it is Fisher's information (Birnbaum 1968; Samejima 1969).
    Shapes: discrimination, guessing [...]; thresholds [..., m] padded with +inf; mean, deviation broadcast.
    """
    theta = np.asarray(mean)[..., None] + np.asarray(deviation)[..., None] * NODES
    return averaged_information(discrimination, thresholds, guessing, theta, WEIGHTS)


def averaged_information(
    discrimination: Reals, thresholds: Reals, guessing: Reals, theta: Reals, weights: Reals
) -> Reals:
    """Return the same for beliefs given as nodes and weights: theta [..., G] and weights [G] or [G, B], summing to 1.

    One column of weights is one belief on the same nodes; the result is [...] or [..., B].
    """
    worth: Reals = np.zeros(())
    below: Reals | float = 1.0
    below_slope: Reals | float = 0.0
    for step in range(thresholds.shape[-1]):
        above, above_slope = _averaged_step(discrimination, thresholds[..., step], guessing, theta, weights)
        worth = worth + (below_slope - above_slope) ** 2 / np.maximum(below - above, SMALLEST_CHANCE)
        below, below_slope = above, above_slope
    return worth + below_slope**2 / np.maximum(below, SMALLEST_CHANCE)


def _averaged_step(
    discrimination: Reals, threshold: Reals, guessing: Reals, theta: Reals, weights: Reals
) -> tuple[Reals, Reals]:
    """Return the averaged chance of reaching a threshold and its averaged slope; 0 beyond an item's last threshold."""
    reachable = np.isfinite(threshold)[..., None]
    logit = discrimination[..., None] * (theta - np.where(reachable, threshold[..., None], 0.0))
    chance = np.where(reachable, logistic(np.clip(logit, -LARGEST_LOGIT, LARGEST_LOGIT)), 0.0)
    floor = np.where(reachable, guessing[..., None], 0.0)
    slope = (1.0 - floor) * discrimination[..., None] * chance * (1.0 - chance)
    return (floor + (1.0 - floor) * chance) @ weights, slope @ weights
