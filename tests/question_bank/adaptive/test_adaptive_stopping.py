"""Stopping: each reason, its order, the Bayes rule."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from question_bank.adaptive import (
    Blueprint,
    Pool,
    Side,
    StopReason,
    decision_reached,
    overall_standard_error,
    replay,
    single_ability,
    starting_ability,
    stop_reason,
)

DOMAINS = [0, 0, 1, 1, 1, 2]
PRIOR = starting_ability(DOMAINS, general=0.7, domain=0.18, competency=0.12)
Build = Callable[..., Pool]


def test_the_stored_values_never_change() -> None:
    assert [str(reason) for reason in StopReason] == [
        "precision_reached",
        "precision_unreachable",
        "maximum_length",
        "pool_exhausted",
        "out_of_time",
    ]


def test_nothing_stops_a_fresh_attempt(pool: Pool) -> None:
    assert stop_reason(PRIOR, pool, Blueprint(5, 20, standard_error_target=0.3), []) is None


def test_time_comes_first(pool: Pool) -> None:
    given = list(range(20))

    assert stop_reason(PRIOR, pool, Blueprint(5, 20), given, out_of_time=True) is StopReason.OUT_OF_TIME
    assert stop_reason(PRIOR, pool, Blueprint(5, 20), given) is StopReason.MAXIMUM_LENGTH


def test_precision_waits_for_the_minimum_length_and_for_coverage(pool: Pool) -> None:
    precise = starting_ability(DOMAINS, general=0.01, domain=0.0, competency=0.001)
    blueprint = Blueprint(4, 20, standard_error_target=0.3, minimum_per_competency=1)

    assert stop_reason(precise, pool, blueprint, [0, 8, 16]) is None
    assert stop_reason(precise, pool, blueprint, [0, 8, 16, 24, 32]) is None
    assert stop_reason(precise, pool, blueprint, [0, 8, 16, 24, 32, 40]) is StopReason.PRECISION_REACHED


def test_precision_out_of_reach_is_said(pool: Pool) -> None:
    blueprint = Blueprint(4, 8, standard_error_target=0.10)

    assert stop_reason(PRIOR, pool, blueprint, [0, 8, 16, 24]) is StopReason.PRECISION_UNREACHABLE


def test_precision_within_reach_goes_on(pool: Pool) -> None:
    ability = replay(PRIOR, pool, [0, 8, 16, 24], [1, 0, 1, 0])

    assert overall_standard_error(ability, pool) > 0.45
    assert stop_reason(ability, pool, Blueprint(4, 30, standard_error_target=0.45), [0, 8, 16, 24]) is None


def test_an_exhausted_pool_is_said(build_pool: Build, pool: Pool) -> None:
    blueprint = Blueprint(4, 60)
    enemies = build_pool(enemies=[set(range(48))])

    assert stop_reason(PRIOR, pool, blueprint, list(range(48))) is StopReason.POOL_EXHAUSTED
    assert stop_reason(PRIOR, enemies, blueprint, [3]) is StopReason.POOL_EXHAUSTED
    eligible = np.arange(48) < 2
    assert stop_reason(PRIOR, pool, blueprint, [0], eligible=eligible) is None
    assert stop_reason(PRIOR, pool, blueprint, [0, 1], eligible=eligible) is StopReason.POOL_EXHAUSTED


def test_content_maxima_can_exhaust_a_pool(pool: Pool) -> None:
    blueprint = Blueprint(4, 20, maximum_per_competency=1)

    assert stop_reason(PRIOR, pool, blueprint, [0, 8, 16, 24, 32]) is None
    assert stop_reason(PRIOR, pool, blueprint, [0, 8, 16, 24, 32, 40]) is StopReason.POOL_EXHAUSTED


def test_pretest_items_do_not_lengthen_nor_shorten(build_pool: Build) -> None:
    pool = build_pool(is_pretest=np.arange(48) < 2)

    assert stop_reason(PRIOR, pool, Blueprint(1, 3), [0, 1, 10, 11]) is None
    assert stop_reason(PRIOR, pool, Blueprint(1, 3), [0, 1, 10, 11, 12]) is StopReason.MAXIMUM_LENGTH


@pytest.mark.parametrize(
    ("mean", "side"), [(1.0, Side.ABOVE), (-1.0, Side.BELOW), (0.81, None), (0.83, Side.ABOVE), (-0.83, Side.BELOW)]
)
def test_a_decision_needs_95_percent_on_one_side(mean: float, side: Side | None) -> None:
    """The normal quantile of .95 is 1.645: half a logit of error decides beyond .822."""
    assert decision_reached(single_ability(mean=mean, variance=0.25), 0.0) is side


def test_a_decision_can_be_about_one_domain(pool: Pool) -> None:
    ability = replay(PRIOR, pool, list(range(40, 48)), [1] * 8)
    weights = pool.domain_means[2]

    assert decision_reached(ability, 0.0, weights=weights) is Side.ABOVE
    assert decision_reached(ability, 0.0, weights=weights, probability=0.9999) is None
