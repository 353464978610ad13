"""What is said of a simulation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .bank import Indices, Reals

QUANTILE_95 = 1.959964


def rmse(error: Reals) -> float:
    """Return the root mean square error, in logits."""
    return float(np.sqrt(np.mean(error**2)))


def coverage(error: Reals, deviation: Reals) -> float:
    """Return the share of nominal 95 % intervals that hold the truth."""
    return float(np.mean(np.abs(error) <= QUANTILE_95 * deviation))


def exposure(items: Indices, size: int) -> Reals:
    """Return the share of attempts that used each item, float64[size]; items: intp[N, length], padded with -1."""
    return np.bincount(items[items >= 0], minlength=size) / len(items)


def overlap(items: Indices, size: int) -> float:
    """Return the mean share of items that two attempts have in common (Chen, Ankenmann & Spray 2003)."""
    count, length = len(items), float((items >= 0).sum(axis=1).mean())
    used = exposure(items, size) * count
    return float((used * (used - 1.0)).sum() / (count * (count - 1) * length))


def profile_correlation(estimate: Reals, truth: Reals) -> float:
    """Return the correlation of estimated and true profiles, each person's own mean taken out; both float64[N, D]."""
    seen, true = estimate - estimate.mean(axis=1, keepdims=True), truth - truth.mean(axis=1, keepdims=True)
    spread = np.sqrt((seen**2).sum() * (true**2).sum())
    return float((seen * true).sum() / spread) if spread else 0.0


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over seeds and its standard error."""

    value: float
    error: float


def over_seeds(values: list[float]) -> Mean:
    """Return the mean over seeds with its standard error, 0 with a single seed."""
    array = np.array(values)
    spread = float(array.std(ddof=1) / np.sqrt(array.size)) if array.size > 1 else 0.0
    return Mean(float(array.mean()), spread)
