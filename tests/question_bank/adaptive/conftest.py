"""A small bank that every test can hold in its head, and the exact posterior to compare with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from question_bank.adaptive import Pool

DOMAIN_OF = [0, 0, 1, 1, 1, 2]
PER_COMPETENCY, PER_CLUSTER = 8, 2
GRID = np.linspace(-15.0, 15.0, 6001)
Build = Callable[..., Pool]
Exact = Callable[..., tuple[float, float]]


@pytest.fixture(scope="session")
def domain_of() -> list[int]:
    """Six competencies in three domains."""
    return list(DOMAIN_OF)


@pytest.fixture(scope="session")
def build_pool() -> Build:
    """Build 48 items, 8 a competency, 2 a cluster; keyword arguments override."""

    def build(**overrides: Any) -> Pool:
        draw, count = np.random.default_rng(7), PER_COMPETENCY * len(DOMAIN_OF)
        parameters: dict[str, Any] = {
            "discrimination": draw.uniform(0.6, 2.2, count),
            "difficulty": draw.uniform(-2.0, 2.0, count),
            "guessing": np.zeros(count),
            "competency": np.arange(count) // PER_COMPETENCY,
            "cluster": np.arange(count) // PER_CLUSTER,
            "domain_of": DOMAIN_OF,
        }
        return Pool.build(**(parameters | overrides))

    return build


@pytest.fixture(scope="session")
def pool(build_pool: Build) -> Pool:
    """The small bank as it is."""
    return build_pool()


@pytest.fixture(scope="session")
def exact_moments() -> Exact:
    """Mean and variance of the exact posterior of one theta on a grid of 6,001 points."""

    def moments(
        pool: Pool, items: Sequence[int], scores: Sequence[int], mean: float, variance: float
    ) -> tuple[float, float]:
        weight: NDArray[np.float64] = np.exp(-0.5 * (GRID - mean) ** 2 / variance)
        for item, score in zip(items, scores, strict=True):
            a, b, c = pool.discrimination[item], pool.difficulty[item], pool.guessing[item]
            right = c + (1.0 - c) / (1.0 + np.exp(-a * (GRID - b)))
            weight = weight * (right if score else 1.0 - right)
        weight = weight / weight.sum()
        centre = float(weight @ GRID)
        return centre, float(weight @ (GRID - centre) ** 2)

    return moments
