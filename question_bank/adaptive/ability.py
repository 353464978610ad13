"""A person as a Gaussian over the competencies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Indices, Reals, frozen_indices, frozen_reals
from .errors import AbilityIsInvalid

STORED = np.dtype("<f8")


@dataclass(frozen=True, eq=False, slots=True)
class Ability:
    """What is believed of one person: mean float64[K] and covariance float64[K, K] of theta, in logits.

    K is the number of competencies, or 1 when a single theta stands for all of them.
    """

    mean: Reals
    covariance: Reals

    @property
    def dimensions(self) -> int:
        """Return K."""
        return int(self.mean.shape[0])

    @property
    def standard_error(self) -> Reals:
        """Return the posterior standard deviation of each competency, float64[K]."""
        deviation: Reals = np.sqrt(self.covariance.diagonal())
        return deviation

    def to_bytes(self) -> bytes:
        """Return the exact float64 values, little endian: the mean, then the lower triangle of the covariance."""
        triangle = self.covariance[_lower_triangle(self.dimensions)]
        return np.concatenate((self.mean, triangle)).astype(STORED).tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes, dimensions: int) -> Self:
        """Return the ability that ``to_bytes`` wrote; raises AbilityIsInvalid when the length is not that of K."""
        if len(stored) != (dimensions * (dimensions + 3) // 2) * STORED.itemsize:
            raise AbilityIsInvalid(f"{len(stored)} bytes are not an ability of {dimensions} dimensions.")
        values = np.frombuffer(stored, dtype=STORED).astype(np.float64)
        covariance = np.zeros((dimensions, dimensions))
        rows, columns = _lower_triangle(dimensions)
        covariance[rows, columns] = covariance[columns, rows] = values[dimensions:]
        return cls(frozen_reals(values[:dimensions]), frozen_reals(covariance))


@cache
def _lower_triangle(dimensions: int) -> tuple[Indices, Indices]:
    rows, columns = np.tril_indices(dimensions)
    return frozen_indices(rows), frozen_indices(columns)


@dataclass(frozen=True, slots=True)
class Components:
    """Variances of the general, domain and competency parts of theta, and how far to widen intervals built on them."""

    general: float
    domain: float
    competency: float
    widening: float = 1.0


# Used until calibration has estimated the components from responses. The sum is 1, the unit of the scale. With
# components set by hand, nominal 95 % intervals were seen to hold the truth 86 % of the time, that is ±1.476 standard
# errors: 1.96 / 1.476 = 1.33 widens them back.
STARTING_COMPONENTS = Components(general=0.65, domain=0.20, competency=0.15, widening=1.33)


def starting_ability(
    domain_of: ArrayLike, *, general: float, domain: float, competency: float, mean: float = 0.0
) -> Ability:
    """Return the prior of somebody who has not answered yet, K = len(domain_of), in logits.

    theta_k = mean + g + d(domain of k) + s_k, independent with the three variances given (a second-order factor model,
    Schmid & Leiman 1957).  Raises AbilityIsInvalid on negative variances or when all are zero.
    """
    if min(general, domain, competency) < 0.0 or general + domain + competency <= 0.0:
        raise AbilityIsInvalid("The variance components are non-negative and not all zero.")
    domains: Indices = frozen_indices(domain_of)
    same_domain = np.equal.outer(domains, domains)
    covariance = general + domain * same_domain + competency * np.eye(domains.size)
    return Ability(frozen_reals(np.full(domains.size, mean)), frozen_reals(covariance))


def single_ability(*, mean: float = 0.0, variance: float = 1.0) -> Ability:
    """Return the prior of one theta for all competencies (K = 1), in logits; raises AbilityIsInvalid on no variance."""
    return starting_ability([0], general=variance, domain=0.0, competency=0.0, mean=mean)
