"""What is said of simulated attempts, in logits: how wide the intervals are, how wrong, how used the items."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..delivery import WIDENING
from .house import House
from .sitting import Crowd, Reals, Sittings

QUANTILE_95 = 1.959964


def weighted(here: House, domain: int | None = None) -> Reals:
    """Return what each competency weighs in a domain, or overall: float64[K]."""
    return here.pool.overall_mean if domain is None else here.pool.domain_means[domain]


def standard_errors(found: Sittings, weights: Reals) -> Reals:
    """Return everybody's posterior standard deviation of a weighted theta, float64[N], before any widening."""
    return np.array([np.sqrt(weights @ covariance @ weights) for covariance in found.covariances])


def precision(found: Sittings, people: Crowd, weights: Reals) -> dict[str, float]:
    """Return mean_se, rmse, bias; and coverage of 95 % intervals, as computed and as shown (widened)."""
    deviation = standard_errors(found, weights)
    error = np.array([mean @ weights for mean in found.means]) - people.theta[: len(found.means)] @ weights
    return {
        "mean_se": _rounded(deviation.mean()),
        "rmse": _rounded(np.sqrt(np.mean(error**2))),
        "bias": _rounded(error.mean()),
        "coverage": _rounded(np.mean(np.abs(error) <= QUANTILE_95 * deviation)),
        "coverage_shown": _rounded(np.mean(np.abs(error) <= QUANTILE_95 * WIDENING * deviation)),
    }


def exposure(here: House, found: Sittings) -> dict[str, Any]:
    """Return the largest share of attempts that met one item, the limit, and how many items nobody met."""
    usable = here.eligible & ~here.pool.is_pretest
    shares = used(here, found) / len(found.items)
    return {
        "max": _rounded(shares.max()),
        "limit": _rounded(here.limit),
        "usable": int(usable.sum()),
        "never_served": int((shares[usable] == 0.0).sum()),
    }


def used(here: House, found: Sittings) -> NDArray[np.intp]:
    """Return how many attempts met each item."""
    return np.bincount([item for items in found.items for item in items], minlength=here.pool.size)


def overlap(here: House, found: Sittings) -> float:
    """Return the mean share of items that two attempts have in common (Chen, Ankenmann & Spray 2003)."""
    count, length = len(found.items), np.mean([len(items) for items in found.items])
    times = used(here, found).astype(np.float64)
    return _rounded((times * (times - 1.0)).sum() / (count * (count - 1) * length)) if count > 1 else 0.0


def length(found: Sittings) -> dict[str, float]:
    """Return the mean, least and greatest number of items that counted."""
    lengths = [len(items) for items in found.items]
    return {"mean": round(float(np.mean(lengths)), 1), "min": min(lengths), "max": max(lengths)}


def reasons(found: Sittings) -> dict[str, int]:
    """Return how many attempts ended for each reason."""
    return dict(sorted(Counter(found.reasons).items()))


def _rounded(value: Any) -> float:
    return round(float(value), 4)
