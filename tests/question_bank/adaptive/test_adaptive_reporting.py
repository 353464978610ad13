"""What people read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.adaptive import (
    AbilityIsInvalid,
    Pool,
    replay,
    report,
    score_of,
    single_ability,
    starting_ability,
    theta_of,
)

DOMAINS = [0, 0, 1, 1, 1, 2]
PRIOR = starting_ability(DOMAINS, general=0.7, domain=0.18, competency=0.12)
CUTS = (350.0, 500.0, 650.0)


@pytest.mark.parametrize(("theta", "score"), [(0.0, 500), (1.0, 650), (-2.0, 200), (9.0, 1000), (-9.0, 0)])
def test_known_points_of_the_scale(theta: float, score: int) -> None:
    assert score_of(theta) == score


@given(st.integers(0, 1000))
def test_the_map_and_its_inverse_agree(score: int) -> None:
    assert score_of(theta_of(score)) == score


@pytest.mark.parametrize(("theta", "level"), [(-1.5, 0), (-1.0, 1), (-0.01, 1), (0.0, 2), (0.99, 2), (1.0, 3)])
def test_a_level_begins_at_its_cut(theta: float, level: int) -> None:
    assert report(single_ability(mean=theta, variance=0.04), [0], CUTS).overall.level == level


def test_the_overall_theta_is_the_mean_of_the_domains(pool: Pool) -> None:
    ability = replay(PRIOR, pool, list(range(0, 48, 4)), [1, 0, 1] * 4)
    lines = report(ability, DOMAINS, CUTS)

    assert lines.overall.theta == pytest.approx(np.mean([line.theta for line in lines.domains]))
    assert [line.theta for line in lines.competencies] == pytest.approx(ability.mean.tolist())
    assert [line.standard_error for line in lines.competencies] == pytest.approx(ability.standard_error.tolist())
    assert (len(lines.domains), len(lines.competencies)) == (3, 6)


def test_the_interval_is_1_96_standard_errors_and_clipped() -> None:
    line = report(single_ability(mean=0.0, variance=0.25), [0], CUTS).overall
    assert (line.low, line.score, line.high) == (353, 500, 647)

    edge = report(single_ability(mean=3.2, variance=0.25), [0], CUTS).overall
    assert (edge.score, edge.high) == (980, 1000)


def test_intervals_widen_while_the_covariance_is_not_estimated() -> None:
    ability = single_ability(variance=0.25)

    assert report(ability, [0], CUTS, widening=1.33).overall.standard_error == pytest.approx(0.665)
    assert report(ability, [0], CUTS, widening=1.33).overall.score == report(ability, [0], CUTS).overall.score
    assert report(ability, [0], CUTS, level=0.5).overall.high < report(ability, [0], CUTS).overall.high


def test_a_framework_of_another_size_is_refused() -> None:
    with pytest.raises(AbilityIsInvalid):
        report(PRIOR, [0, 0, 1], CUTS)
