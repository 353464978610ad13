"""How likely somebody is to pass now: overall and every domain at or above the target. Pure, and provisional.

Passing asks every domain to be at the cut or above; the overall score, which is their mean, then is as well. The last
measure gives each domain a Gaussian (score, standard error) and one to their mean, whose variance says how the domains
go together: the approximation is that any two of them are correlated by the same ρ, so that

    variance of the mean = (Σ sᵢ² + ρ · Σ_{i≠j} sᵢ sⱼ) ÷ n²,
    P(all ≥ cut) = ∫ φ(z) · Π Φ((mᵢ − cut + sᵢ √ρ z) ÷ (sᵢ √(1 − ρ))) dz        (Dunnett and Sobel, 1955),

by Gauss–Hermite quadrature. Nothing but the rows of results is needed. Until somebody has really sat the certification
there is nothing to check it against: pages call it an estimate.
"""

from collections.abc import Sequence
from functools import cache
from math import erf, pi, sqrt

import numpy as np

NODES = 32
MOST = 0.98  # beyond, the quadrature would need more nodes than the approximation deserves


def pass_probability(domains: Sequence[tuple[float, float]], overall_error: float, *, cut: float) -> float:
    """Return P(every domain ≥ cut), from 0 to 1, of (score, standard error) by domain, all in points.

    `overall_error` is the standard error of their mean. An error of zero is a certainty.
    """
    errors = [max(error, 1e-9) for _, error in domains]
    shared = common_correlation(errors, overall_error)
    own = sqrt(1.0 - shared) * sqrt(2.0)  # erf’s scale
    above = [(score - cut) / error / own for (score, _), error in zip(domains, errors, strict=True)]
    slope, total = sqrt(shared) / own, 0.0
    for node, weight in _nodes():
        product, moved = weight, slope * node
        for one in above:
            product *= 0.5 * (1.0 + erf(one + moved))
        total += product
    return round(min(max(total, 0.0), 1.0), 4)


def common_correlation(errors: Sequence[float], mean_error: float) -> float:
    """Return the ρ ≥ 0 that makes the mean of variables with these standard deviations have `mean_error`."""
    squares, total = sum(error * error for error in errors), sum(errors)
    between = total * total - squares
    if between <= 0:
        return 0.0
    return float(min(max(((mean_error * len(errors)) ** 2 - squares) / between, 0.0), MOST))


@cache
def _nodes() -> list[tuple[float, float]]:
    """Return the points and weights that integrate against the standard normal density."""
    nodes, weights = np.polynomial.hermite.hermgauss(NODES)
    return [(float(node) * sqrt(2.0), float(weight) / sqrt(pi)) for node, weight in zip(nodes, weights, strict=True)]
