"""The Gaussian over competencies: prior, storage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.adaptive import (
    STARTING_COMPONENTS,
    Ability,
    AbilityIsInvalid,
    single_ability,
    starting_ability,
)

small = st.floats(min_value=0.0, max_value=3.0, allow_subnormal=False)


def test_the_prior_adds_the_three_components(domain_of: list[int]) -> None:
    prior = starting_ability(domain_of, general=0.7, domain=0.2, competency=0.1, mean=0.5)

    assert prior.mean.tolist() == [0.5] * 6
    assert prior.covariance[0].tolist() == pytest.approx([1.0, 0.9, 0.7, 0.7, 0.7, 0.7])
    assert prior.covariance[5].tolist() == pytest.approx([0.7, 0.7, 0.7, 0.7, 0.7, 1.0])


def test_the_documented_starting_value_has_unit_variance_and_wider_intervals() -> None:
    parts = STARTING_COMPONENTS

    assert parts.general + parts.domain + parts.competency == pytest.approx(1.0)
    assert parts.widening == pytest.approx(1.96 / 1.476, abs=0.01)


@pytest.mark.parametrize("parts", [(-0.1, 0.5, 0.5), (0.0, 0.0, 0.0)])
def test_impossible_components_are_refused(parts: tuple[float, float, float]) -> None:
    with pytest.raises(AbilityIsInvalid):
        starting_ability([0, 0], general=parts[0], domain=parts[1], competency=parts[2])


@given(general=small, domain=small, competency=st.floats(min_value=0.01, max_value=3.0), mean=st.floats(-5.0, 5.0))
@settings(max_examples=50, deadline=None)
def test_storage_is_exact(general: float, domain: float, competency: float, mean: float) -> None:
    ability = starting_ability([0, 1, 1, 2], general=general, domain=domain, competency=competency, mean=mean)

    back = Ability.from_bytes(ability.to_bytes(), 4)

    assert back.mean.tobytes() == ability.mean.tobytes()
    assert back.covariance.tobytes() == ability.covariance.tobytes()


def test_sixteen_competencies_fit_in_1216_bytes() -> None:
    prior = starting_ability(range(16), general=0.7, domain=0.18, competency=0.12)

    assert len(prior.to_bytes()) == 8 * (16 + 16 * 17 // 2)


def test_bytes_of_another_size_are_refused() -> None:
    with pytest.raises(AbilityIsInvalid):
        Ability.from_bytes(single_ability().to_bytes(), 2)


def test_a_prior_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        single_ability().mean[0] = 1.0


def test_the_standard_error_is_the_root_of_the_diagonal(domain_of: list[int]) -> None:
    prior = starting_ability(domain_of, general=0.5, domain=0.3, competency=0.2)

    assert np.allclose(prior.standard_error, 1.0)
