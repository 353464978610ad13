"""The items an attempt can draw from, with what is worth computing once per bank release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from .arrays import Flags, Indices, Reals, frozen_flags, frozen_indices, frozen_reals
from .errors import PoolIsInconsistent
from .shortlist import Shortlists, build_shortlists

MOST_DISCRIMINATING = 10.0
FARTHEST_DIFFICULTY = 20.0
LARGEST_GUESSING = 0.9


@dataclass(frozen=True, eq=False)
class Pool:
    """n calibrated items over K competencies; immutable, shared by every attempt of the process.

    discrimination, difficulty, guessing: float64[n]; competency, cluster: intp[n]; domain_of: intp[K], domains
    numbered from 0; thresholds: float64[n, m], the difficulty alone for a dichotomous item, ascending for a graded
    one, padded with +inf; top_score: intp[n], the highest category; is_pretest: bool[n]; enemies: sets of items that
    never meet in one attempt.
    """

    discrimination: Reals
    difficulty: Reals
    guessing: Reals
    competency: Indices
    cluster: Indices
    domain_of: Indices
    thresholds: Reals
    top_score: Indices
    is_pretest: Flags
    enemies: tuple[frozenset[int], ...]
    domain_means: Reals  # [D, K]: row d averages the competencies of domain d
    overall_mean: Reals  # [K]: every domain weighs the same, whatever its number of competencies
    shortlists: Shortlists
    competency_of_item: tuple[int, ...]  # plain integers: reading one is ten times faster than from an array
    competencies_of_domain: tuple[tuple[int, ...], ...]
    every_competency: Indices  # arange(K)
    has_pretest: bool
    enemies_of_item: Mapping[int, tuple[int, ...]]
    cluster_count: int

    @classmethod
    def build(
        cls,
        *,
        discrimination: ArrayLike,
        difficulty: ArrayLike,
        guessing: ArrayLike | None = None,
        competency: ArrayLike,
        domain_of: ArrayLike,
        cluster: ArrayLike | None = None,
        is_pretest: ArrayLike | None = None,
        enemies: Iterable[Iterable[int]] = (),
        graded: Mapping[int, Sequence[float]] | None = None,
        shortlist_length: int = 32,
    ) -> Self:
        """Return the pool with its shortlists; ``graded`` maps an item to its ascending thresholds.

        Without ``cluster`` every item is its own.  Raises PoolIsInconsistent with the reason.
        """
        a, b = frozen_reals(discrimination), frozen_reals(difficulty)
        c = frozen_reals(np.zeros(a.size) if guessing is None else guessing)
        owner, domains = frozen_indices(competency), frozen_indices(domain_of)
        clusters = frozen_indices(np.arange(a.size) if cluster is None else cluster)
        pretest = frozen_flags(np.zeros(a.size) if is_pretest is None else is_pretest)
        _check_lengths(a, b, c, owner, clusters, pretest)
        _check_ranges(a, b, c, owner, clusters, domains)
        thresholds = _thresholds(b, c, graded or {})
        foes = tuple(frozenset(group) for group in enemies)
        means = _domain_means(domains)
        return cls(
            discrimination=a,
            difficulty=b,
            guessing=c,
            competency=owner,
            cluster=clusters,
            domain_of=domains,
            thresholds=thresholds,
            top_score=frozen_indices(np.isfinite(thresholds).sum(axis=1)),
            is_pretest=pretest,
            enemies=foes,
            domain_means=means,
            overall_mean=frozen_reals(means.mean(axis=0)),
            shortlists=build_shortlists(a, thresholds, c, owner, pretest, domains.size, shortlist_length),
            competency_of_item=tuple(owner.tolist()),
            competencies_of_domain=tuple(tuple(np.flatnonzero(row).tolist()) for row in means),
            every_competency=frozen_indices(np.arange(domains.size)),
            has_pretest=bool(pretest.any()),
            enemies_of_item=_enemies_of_item(foes, a.size),
            cluster_count=int(clusters.max()) + 1,
        )

    @property
    def size(self) -> int:
        """Return n, pretest items included."""
        return int(self.discrimination.size)

    @property
    def domain_count(self) -> int:
        """Return the number of domains."""
        return int(self.domain_means.shape[0])


def _check_lengths(first: Reals, *others: Reals | Indices | Flags) -> None:
    if first.ndim != 1 or first.size == 0:
        raise PoolIsInconsistent("A pool needs at least one item, given as flat arrays.")
    if any(other.shape != first.shape for other in others):
        raise PoolIsInconsistent("All item arrays have the same length.")


def _check_ranges(a: Reals, b: Reals, c: Reals, competency: Indices, cluster: Indices, domain_of: Indices) -> None:
    if not (np.all(a > 0.0) and np.all(a <= MOST_DISCRIMINATING)):
        raise PoolIsInconsistent(f"Discriminations lie in (0, {MOST_DISCRIMINATING:g}].")
    if not np.all(np.abs(b) <= FARTHEST_DIFFICULTY):
        raise PoolIsInconsistent(f"Difficulties lie within ±{FARTHEST_DIFFICULTY:g} logits.")
    if not (np.all(c >= 0.0) and np.all(c <= LARGEST_GUESSING)):
        raise PoolIsInconsistent(f"Guessing lies in [0, {LARGEST_GUESSING:g}].")
    if domain_of.ndim != 1 or not np.array_equal(np.unique(domain_of), np.arange(domain_of.max(initial=-1) + 1)):
        raise PoolIsInconsistent("Domains are numbered from 0 without a gap.")
    if competency.min() < 0 or competency.max() >= domain_of.size or cluster.min() < 0:
        raise PoolIsInconsistent("Every item points at a known competency and at a cluster numbered from 0.")


def _thresholds(difficulty: Reals, guessing: Reals, graded: Mapping[int, Sequence[float]]) -> Reals:
    table = np.full((difficulty.size, max((len(steps) for steps in graded.values()), default=1)), np.inf)
    table[:, 0] = difficulty
    for item, steps in graded.items():
        _check_graded(item, steps, difficulty, guessing)
        table[item, : len(steps)] = steps
    return frozen_reals(table)


def _check_graded(item: int, steps: Sequence[float], difficulty: Reals, guessing: Reals) -> None:
    if not 0 <= item < difficulty.size or not steps or guessing[item] > 0.0:
        raise PoolIsInconsistent(f"Graded item {item} exists, has thresholds and no guessing.")
    if any(low >= high for low, high in pairwise(steps)):
        raise PoolIsInconsistent(f"The thresholds of graded item {item} ascend.")
    if any(not abs(step) <= FARTHEST_DIFFICULTY for step in steps):
        raise PoolIsInconsistent(f"The thresholds of graded item {item} lie within ±{FARTHEST_DIFFICULTY:g} logits.")


def _domain_means(domain_of: Indices) -> Reals:
    member = np.arange(int(domain_of.max()) + 1)[:, None] == domain_of
    return frozen_reals(member / member.sum(axis=1, keepdims=True))


def _enemies_of_item(groups: tuple[frozenset[int], ...], size: int) -> Mapping[int, tuple[int, ...]]:
    foes: dict[int, set[int]] = {}
    for group in groups:
        for item in group:
            foes.setdefault(item, set()).update(group - {item})
    if any(not 0 <= item < size for item in foes):
        raise PoolIsInconsistent("Enemies are items of the pool.")
    return {item: tuple(sorted(others)) for item, others in foes.items()}
