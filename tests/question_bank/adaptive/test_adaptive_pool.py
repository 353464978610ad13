"""The pool: what it refuses, what it precomputes, whether it can carry a blueprint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from question_bank.adaptive import Blueprint, Pool, PoolIsInconsistent, ShortfallKind, shortfalls
from question_bank.adaptive.curves import expected_information

Build = Callable[..., Pool]


@pytest.mark.parametrize(
    ("overrides", "sentence"),
    [
        ({"difficulty": np.zeros(47)}, "same length"),
        ({"discrimination": np.zeros(48)}, "Discriminations lie"),
        ({"discrimination": np.full(48, np.nan)}, "Discriminations lie"),
        ({"difficulty": np.full(48, 25.0)}, "Difficulties lie"),
        ({"guessing": np.full(48, 0.95)}, "Guessing lies"),
        ({"competency": np.full(48, 6)}, "known competency"),
        ({"cluster": np.full(48, -1)}, "known competency"),
        ({"domain_of": [0, 0, 2, 2, 2, 3]}, "without a gap"),
        ({"graded": {0: [1.0, 0.5]}}, "ascend"),
        ({"graded": {99: [1.0]}}, "exists"),
        ({"graded": {0: [0.0, 40.0]}}, "lie within"),
        ({"graded": {0: [0.0, 1.0]}, "guessing": np.full(48, 0.2)}, "no guessing"),
        ({"enemies": [{1, 48}]}, "Enemies"),
    ],
)
def test_inconsistent_parameters_are_refused(build_pool: Build, overrides: dict[str, Any], sentence: str) -> None:
    with pytest.raises(PoolIsInconsistent, match=sentence):
        build_pool(**overrides)


def test_an_empty_pool_is_refused() -> None:
    with pytest.raises(PoolIsInconsistent, match="at least one item"):
        Pool.build(discrimination=[], difficulty=[], competency=[], domain_of=[0])


def test_a_pool_cannot_be_written_to_nor_changed_from_outside() -> None:
    difficulty = np.zeros(2)
    pool = Pool.build(discrimination=[1.0, 1.0], difficulty=difficulty, competency=[0, 0], domain_of=[0])
    difficulty[0] = 3.0

    assert pool.difficulty[0] == 0.0
    with pytest.raises(ValueError, match="read-only"):
        pool.difficulty[0] = 1.0


def test_shortlists_hold_the_most_informative_items_of_each_competency(build_pool: Build) -> None:
    pool = build_pool(shortlist_length=3)
    items, worth = pool.shortlists.candidates(np.array([0.5]), np.array([0.09]), pool.every_competency)
    every = expected_information(pool.discrimination, pool.thresholds, pool.guessing, 0.5, 0.3)

    for k in range(6):
        members = np.flatnonzero(pool.competency == k)
        assert items[k].tolist() == members[np.argsort(-every[members])][:3].tolist()
        assert worth[k] == pytest.approx(every[items[k]])


def test_shortlists_are_the_same_for_one_belief_and_for_many(pool: Pool) -> None:
    means, variances = np.linspace(-5.0, 5.0, 6), np.geomspace(0.01, 3.0, 6)
    items, worth = pool.shortlists.candidates(means, variances, pool.every_competency)

    for k in range(6):
        one = pool.shortlists.candidates(means[[k]], variances[[k]], np.array([k]))
        assert np.array_equal(one[0][0], items[k])
        assert np.array_equal(one[1][0], worth[k])


def test_the_overall_theta_weighs_domains_alike(pool: Pool) -> None:
    assert pool.overall_mean == pytest.approx([1 / 6, 1 / 6, 1 / 9, 1 / 9, 1 / 9, 1 / 3])


def test_a_bank_too_small_is_reported(pool: Pool) -> None:
    blueprint = Blueprint(20, 30, minimum_per_competency=9, minimum_per_domain=(1, 1, 10))

    found = {(one.kind, one.number): (one.available, one.needed) for one in shortfalls(pool, blueprint)}

    assert found[ShortfallKind.EXPOSURE, None] == (48, 156)
    assert found[ShortfallKind.CLUSTERS, None] == (24, 30)
    assert found[ShortfallKind.DOMAIN, 2] == (8, 10)
    assert found[ShortfallKind.COMPETENCY, 0] == (8, 9)
    assert (ShortfallKind.LENGTH, None) not in found


def test_a_bank_large_enough_lacks_nothing(pool: Pool) -> None:
    assert shortfalls(pool, Blueprint(5, 9, minimum_per_competency=1)) == ()


def test_only_eligible_operational_items_count(build_pool: Build) -> None:
    pool = build_pool(is_pretest=np.arange(48) >= 40)

    kinds = {one.kind for one in shortfalls(pool, Blueprint(5, 9), eligible=np.arange(48) >= 35)}

    assert ShortfallKind.LENGTH in kinds
