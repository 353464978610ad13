"""What an attempt must contain, and the content rules that follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .arrays import Indices, Reals, frozen_reals
from .errors import BlueprintIsImpossible
from .pool import Pool

PerDomain = int | tuple[int, ...]


@dataclass(frozen=True)
class Blueprint:
    """Length, precision and content of an attempt.

    standard_error_target is on the overall theta, in logits; None always goes to the maximum length. Minima and
    maxima count items per domain (one number for all, or one each) and per competency; competencies are covered
    before anything else. composite_weight and domain_weights say what matters: the fall of the overall variance and
    of each domain's.
    """

    length_min: int
    length_max: int
    standard_error_target: float | None = None
    minimum_per_domain: PerDomain = 0
    maximum_per_domain: PerDomain | None = None
    minimum_per_competency: int = 0
    maximum_per_competency: int | None = None
    one_per_cluster: bool = True
    composite_weight: float = 1.0
    domain_weights: float | tuple[float, ...] = 1.0

    def __post_init__(self) -> None:
        if not 1 <= self.length_min <= self.length_max:
            raise BlueprintIsImpossible("A length goes from at least 1 to no less than its minimum.")
        if self.standard_error_target is not None and self.standard_error_target <= 0.0:
            raise BlueprintIsImpossible("A standard error target is positive.")
        if self.maximum_per_competency is not None and self.maximum_per_competency < self.minimum_per_competency:
            raise BlueprintIsImpossible("The maximum per competency is below the minimum.")

        weights = (self.domain_weights,) if isinstance(self.domain_weights, int | float) else self.domain_weights
        if min(self.composite_weight, *weights) < 0.0 or max(self.composite_weight, *weights) <= 0.0:
            raise BlueprintIsImpossible("Weights are non-negative and not all zero.")

    def domain_minimum(self, domain: int) -> int:
        """Return the least number of items of a domain."""
        return self.minimum_per_domain if isinstance(self.minimum_per_domain, int) else self.minimum_per_domain[domain]

    def domain_maximum(self, domain: int) -> int:
        """Return the greatest number of items of a domain, the maximum length when there is no bound."""
        bound = self.maximum_per_domain
        return self.length_max if bound is None else bound if isinstance(bound, int) else bound[domain]

    @property
    def competency_maximum(self) -> int:
        """Return the greatest number of items of a competency."""
        return self.length_max if self.maximum_per_competency is None else self.maximum_per_competency

    @cached_property
    def has_content_rules(self) -> bool:
        """Return whether any minimum or maximum applies."""
        return (self.minimum_per_domain, self.minimum_per_competency) != (0, 0) or (
            (self.maximum_per_domain, self.maximum_per_competency) != (None, None)
        )

    @cached_property
    def only_covers_competencies(self) -> bool:
        """Return whether the minimum per competency is the only content rule: the usual case, and the cheap one."""
        return self.minimum_per_domain == 0 and self.maximum_per_domain is self.maximum_per_competency is None

    @cached_property
    def domain_importance(self) -> Reals | float:
        """Return the domain weights in the form that multiplies float64[D]."""
        weights = self.domain_weights
        return frozen_reals(weights) if isinstance(weights, tuple) else weights


def operational(pool: Pool, administered: Sequence[int]) -> Sequence[int]:
    """Return the administered items that count: pretest items fill no rule and no length."""
    return [item for item in administered if not pool.is_pretest[item]] if pool.has_pretest else administered


def wanted_competencies(pool: Pool, blueprint: Blueprint, given: Sequence[int]) -> list[Indices]:
    """Return, strictest first, the competencies the next item may come from, ascending.

    First those still owed an item, then any below its maxima; a group with nothing in it is left out.
    ``given``: the operational items so far.
    """
    if not blueprint.has_content_rules:
        return [pool.every_competency]
    owed, open_ = _owed_and_open(pool, blueprint, given)
    return [np.array(group) for group in (owed, open_) if group]


def below_maxima(pool: Pool, blueprint: Blueprint, given: Sequence[int]) -> list[int]:
    """Return the competencies that no maximum closes."""
    return _owed_and_open(pool, blueprint, given)[1]


def minima_met(pool: Pool, blueprint: Blueprint, given: Sequence[int]) -> bool:
    """Return whether every domain and competency has its least number of items."""
    return not blueprint.has_content_rules or not any(_owed_and_open(pool, blueprint, given)[0])


def _owed_and_open(pool: Pool, blueprint: Blueprint, given: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the competencies below a minimum, and all those below their maxima."""
    owner, counts = pool.competency_of_item, [0] * pool.domain_of.size
    for item in given:
        counts[owner[item]] += 1
    least = blueprint.minimum_per_competency
    if blueprint.only_covers_competencies:
        return [k for k, count in enumerate(counts) if count < least], list(range(len(counts)))
    open_, owed = [], []
    for domain, members in enumerate(pool.competencies_of_domain):
        total = sum([counts[k] for k in members])
        below = [k for k in members if counts[k] < blueprint.competency_maximum]
        below = below if total < blueprint.domain_maximum(domain) else []
        open_ += below
        owed += below if total < blueprint.domain_minimum(domain) else [k for k in below if counts[k] < least]
    return owed, open_
