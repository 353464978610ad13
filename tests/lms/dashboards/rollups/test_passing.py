"""The probability of passing, against draws of the very Gaussian it stands for."""

import numpy as np
import pytest

from lms.dashboards.rollups.passing import common_correlation, pass_probability


def drawn(scores: list[float], errors: list[float], correlation: float, cut: float) -> float:
    luck = np.random.default_rng(4)
    shared = luck.standard_normal((400_000, 1)) * correlation**0.5
    own = luck.standard_normal((400_000, len(scores))) * (1 - correlation) ** 0.5
    return float(((np.array(scores) + (shared + own) * errors) >= cut).all(axis=1).mean())


@pytest.mark.parametrize("correlation", [0.0, 0.4, 0.8])
def test_it_is_what_draws_say(correlation: float) -> None:
    scores, errors = [430.0, 480.0, 520.0, 450.0, 600.0], [90.0, 80.0, 100.0, 70.0, 85.0]
    covariance = np.outer(errors, errors) * correlation
    np.fill_diagonal(covariance, np.square(errors))
    mean_error = float(np.sqrt(covariance.sum()) / 5)
    assert common_correlation(errors, mean_error) == pytest.approx(correlation, abs=1e-9)
    found = pass_probability(list(zip(scores, errors, strict=True)), mean_error, cut=400)
    assert found == pytest.approx(drawn(scores, errors, correlation, 400), abs=0.004)


def test_certainties() -> None:
    assert pass_probability([(500.0, 0.0)] * 5, 0.0, cut=400) == 1
    assert pass_probability([(500.0, 0.0)] * 4 + [(399.0, 0.0)], 0.0, cut=400) == 0
    assert pass_probability([(400.0, 50.0)], 50.0, cut=400) == pytest.approx(0.5)


def test_better_scores_never_lower_it() -> None:
    line = [pass_probability([(score, 80.0)] * 5, 60.0, cut=400) for score in range(200, 800, 20)]
    assert line == sorted(line)
