"""Filtering and smoothing: known points, bounds, monotonicity, replay."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.adaptive import (
    Ability,
    Pool,
    ScoreOutOfRange,
    replay,
    single_ability,
    smooth,
    starting_ability,
    update,
)

DOMAINS = [0, 0, 1, 1, 1, 2]
PRIOR = starting_ability(DOMAINS, general=0.7, domain=0.18, competency=0.12)
responses = st.lists(st.tuples(st.integers(0, 47), st.booleans()), min_size=1, max_size=25)


def single_item(**parameters: float) -> Pool:
    a, b, c = parameters["a"], parameters["b"], parameters.get("c", 0.0)
    return Pool.build(discrimination=[a], difficulty=[b], guessing=[c], competency=[0], domain_of=[0])


def test_a_symmetric_item_moves_a_standard_prior_by_the_known_amount() -> None:
    """E[theta | right] = 2·E[theta·logistic(theta)] = 0.41324193 for theta ~ N(0, 1), by quadrature on a fine grid."""
    after = update(single_ability(), single_item(a=1.0, b=0.0), 0, 1)

    assert after.mean[0] == pytest.approx(0.41324193, abs=1e-7)
    assert after.covariance[0, 0] == pytest.approx(1.0 - after.mean[0] ** 2, abs=1e-7)  # E[theta²] stays 1 by symmetry


@pytest.mark.parametrize("score", [0, 1])
@pytest.mark.parametrize("c", [0.0, 0.25])
@pytest.mark.parametrize(("a", "b"), [(0.35, -3.0), (1.2, 0.4), (2.8, 1.0), (2.8, -2.0)])
@pytest.mark.parametrize(("mean", "variance"), [(0.0, 1.0), (1.3, 0.06), (-2.0, 1.7)])
def test_one_response_matches_the_exact_posterior(
    exact_moments: Callable[..., tuple[float, float]],
    a: float,
    b: float,
    c: float,
    score: int,
    mean: float,
    variance: float,
) -> None:
    pool = single_item(a=a, b=b, c=c)

    after = update(single_ability(mean=mean, variance=variance), pool, 0, score)

    expected = exact_moments(pool, [0], [score], mean, variance)
    assert (after.mean[0], after.covariance[0, 0]) == pytest.approx(expected, abs=1e-6)


def test_a_whole_attempt_stays_close_to_the_exact_posterior(
    build_pool: Callable[..., Pool], exact_moments: Callable[..., tuple[float, float]]
) -> None:
    pool = build_pool(guessing=np.tile([0.0, 0.25], 24))
    items, scores = list(range(0, 40, 2)), [1, 0, 1, 1, 0, 1, 0, 0, 1, 1] * 2

    filtered = replay(single_ability(), pool, items, scores)
    refined = smooth(single_ability(), pool, items, scores)

    mean, variance = exact_moments(pool, items, scores, 0.0, 1.0)
    assert filtered.mean[0] == pytest.approx(mean, abs=0.03)
    assert refined.mean[0] == pytest.approx(mean, abs=0.003)
    assert refined.covariance[0, 0] == pytest.approx(variance, rel=0.02)


def test_the_other_competencies_follow_by_regression(pool: Pool) -> None:
    after = update(PRIOR, pool, 0, 1)

    gain = after.mean[0]
    assert after.mean[1] == pytest.approx(gain * 0.88)  # same domain: .70 + .18
    assert after.mean[5] == pytest.approx(gain * 0.70)


@given(answers=responses)
@settings(max_examples=60, deadline=None)
def test_the_covariance_stays_symmetric_positive_definite_and_shrinks(
    pool: Pool, answers: list[tuple[int, bool]]
) -> None:
    ability = PRIOR
    for item, score in answers:
        before, ability = ability, update(ability, pool, item, score)
        assert np.array_equal(ability.covariance, ability.covariance.T)
        assert np.all(ability.covariance.diagonal() <= before.covariance.diagonal() + 1e-12)
    assert np.linalg.eigvalsh(ability.covariance).min() > 0.0


@given(answers=responses, item=st.integers(0, 47))
@settings(max_examples=60, deadline=None)
def test_a_right_answer_never_lowers_a_mean_nor_a_wrong_one_raises_it(
    pool: Pool, answers: list[tuple[int, bool]], item: int
) -> None:
    before = replay(PRIOR, pool, [i for i, _ in answers], [float(score) for _, score in answers])

    assert np.all(update(before, pool, item, 1).mean >= before.mean - 1e-12)
    assert np.all(update(before, pool, item, 0).mean <= before.mean + 1e-12)


@given(answers=responses)
@settings(max_examples=30, deadline=None)
def test_replay_is_the_updates_one_by_one_bit_for_bit(pool: Pool, answers: list[tuple[int, bool]]) -> None:
    items, scores = [item for item, _ in answers], [float(score) for _, score in answers]
    ability = PRIOR
    for item, score in zip(items, scores, strict=True):
        ability = Ability.from_bytes(update(ability, pool, item, score).to_bytes(), 6)

    assert ability.to_bytes() == replay(PRIOR, pool, items, scores).to_bytes()


@given(answers=responses)
@settings(max_examples=30, deadline=None)
def test_smoothing_repeats_itself_and_keeps_a_proper_gaussian(pool: Pool, answers: list[tuple[int, bool]]) -> None:
    items, scores = [item for item, _ in answers], [float(score) for _, score in answers]

    once, twice = smooth(PRIOR, pool, items, scores), smooth(PRIOR, pool, items, scores)

    assert once.to_bytes() == twice.to_bytes()
    assert np.linalg.eigvalsh(once.covariance).min() > 0.0


def test_smoothing_hardly_depends_on_the_order(pool: Pool) -> None:
    items, scores = list(range(0, 48, 3)), [1, 0, 0, 1] * 4
    backwards = (items[::-1], scores[::-1])

    forward, backward = smooth(PRIOR, pool, items, scores), smooth(PRIOR, pool, *backwards)

    assert np.allclose(forward.mean, backward.mean, atol=5e-4)
    gap = np.abs(replay(PRIOR, pool, items, scores).mean - replay(PRIOR, pool, *backwards).mean).max()
    assert np.abs(forward.mean - backward.mean).max() < gap / 5


def test_smoothing_survives_guessed_answers(build_pool: Callable[..., Pool]) -> None:
    """Right answers far above somebody's level make sites of negative precision."""
    pool = build_pool(guessing=np.full(48, 0.25), difficulty=np.tile([-2.0, 3.0], 24))
    items = list(range(30))

    ability = smooth(PRIOR, pool, items, [item % 2 for item in items])

    assert np.linalg.eigvalsh(ability.covariance).min() > 0.0
    assert np.all(np.abs(ability.mean) < 4.0)


def test_far_beliefs_do_not_overflow() -> None:
    pool = single_item(a=10.0, b=20.0)
    for score in (0, 1):
        after = update(single_ability(mean=-80.0, variance=4.0), pool, 0, score)
        assert np.isfinite(after.mean[0])
        assert 0.0 < after.covariance[0, 0] <= 4.0 + 1e-6


@pytest.mark.parametrize("score", [-1, 2, 0.5, float("nan"), float("inf")])
def test_a_score_the_item_cannot_give_is_refused(pool: Pool, score: float) -> None:
    with pytest.raises(ScoreOutOfRange, match="Item 3 gives whole scores from 0 to 1"):
        update(PRIOR, pool, 3, score)


@pytest.mark.parametrize("item", [-1, 48])
def test_a_foreign_item_is_refused(pool: Pool, item: int) -> None:
    with pytest.raises(IndexError):
        update(PRIOR, pool, item, 1)


def test_a_pretest_response_counts_for_nothing(build_pool: Callable[..., Pool]) -> None:
    pool = build_pool(is_pretest=np.arange(48) == 5)

    assert update(PRIOR, pool, 5, 1) is PRIOR
    assert smooth(PRIOR, pool, [4, 5], [1, 1]).to_bytes() == smooth(PRIOR, pool, [4], [1]).to_bytes()


def test_graded_categories_order_the_means_and_average_to_the_prior(build_pool: Callable[..., Pool]) -> None:
    pool = build_pool(graded={2: [-1.0, 0.0, 1.5]})

    means = [update(PRIOR, pool, 2, category).mean[0] for category in range(4)]

    assert means == sorted(means)
    assert means[0] < 0.0 < means[3]
    with pytest.raises(ScoreOutOfRange):
        update(PRIOR, pool, 2, 4)


def test_a_graded_item_of_one_threshold_is_the_dichotomous_item(build_pool: Callable[..., Pool], pool: Pool) -> None:
    same = build_pool(graded={2: [float(pool.difficulty[2])], 3: [-1.0, 1.0]})

    assert update(PRIOR, same, 2, 1).to_bytes() == update(PRIOR, pool, 2, 1).to_bytes()
