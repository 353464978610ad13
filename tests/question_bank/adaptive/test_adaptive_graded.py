"""Graded items among the others: what they are worth, when they are chosen, what their categories teach."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.adaptive import (
    Ability,
    Blueprint,
    Pool,
    replay,
    replay_without_each,
    select,
    smooth,
    starting_ability,
    update,
)
from question_bank.adaptive.curves import category_chance, expected_information

DOMAINS = [0, 0, 1, 1, 1, 2]
PRIOR = starting_ability(DOMAINS, general=0.7, domain=0.18, competency=0.12)
FREE = Blueprint(1, 48, one_per_cluster=False)
GRADED = {2: (-1.3, -0.5, 0.3), 11: (0.1, 0.9), 40: (-0.8, 0.0, 0.8)}
Build = Callable[..., Pool]
steps = st.lists(st.integers(-250, 250), min_size=1, max_size=4, unique=True).map(
    lambda found: [step / 100 for step in sorted(found)]
)


@pytest.fixture
def mixed(build_pool: Build) -> Pool:
    """The small bank with three graded items."""
    return build_pool(graded=GRADED)


def worth(discrimination: float, thresholds: list[float], mean: float, deviation: float) -> float:
    """What one item is worth to a belief."""
    row = np.array([thresholds])
    return float(expected_information(np.array([discrimination]), row, np.zeros(1), mean, deviation)[0])


def true_fall(pool: Pool, ability: Ability, item: int) -> float:
    """The expected fall of the variance of the item's own competency, by making the update of every category."""
    k = int(pool.competency[item])
    mean, deviation = float(ability.mean[k]), float(ability.standard_error[k])
    nodes = np.linspace(-7, 7, 4001) * deviation + mean
    density = np.exp(-0.5 * ((nodes - mean) / deviation) ** 2)
    density = density / density.sum()
    a, thresholds = float(pool.discrimination[item]), pool.thresholds[item]
    left = 0.0
    for category in range(int(pool.top_score[item]) + 1):
        chance = float(density @ category_chance(a, thresholds, category, nodes))
        left += chance * float(update(ability, pool, item, category).covariance[k, k])
    return deviation**2 - left


@pytest.mark.parametrize("item", GRADED)
def test_the_worth_of_a_graded_item_is_the_fall_of_variance_it_brings(mixed: Pool, item: int) -> None:
    ability = replay(PRIOR, mixed, [0, 9, 30], [1, 0, 1])
    k = int(mixed.competency[item])
    mean, deviation = float(ability.mean[k]), float(ability.standard_error[k])
    thresholds = [step for step in mixed.thresholds[item].tolist() if np.isfinite(step)]
    told = deviation**4 * worth(float(mixed.discrimination[item]), thresholds, mean, deviation)
    assert told == pytest.approx(true_fall(mixed, ability, item), rel=1e-4)


@settings(deadline=None, max_examples=60)
@given(steps, st.floats(0.5, 2.5), st.floats(-2.0, 2.0), st.floats(0.2, 1.2))
def test_a_threshold_more_never_tells_less(found: list[float], a: float, mean: float, deviation: float) -> None:
    whole = worth(a, found, mean, deviation)
    for left_out in range(len(found)):
        fewer = found[:left_out] + found[left_out + 1 :]
        assert whole >= (worth(a, fewer, mean, deviation) if fewer else 0.0) - 1e-9


def test_graded_items_change_nothing_for_the_others(pool: Pool, mixed: Pool) -> None:
    """The same candidates in the same order, the same worth to the last digit."""
    every = pool.every_competency
    for mean, variance in ((0.0, 1.0), (-1.2, 0.2), (2.0, 0.5)):
        marginal = np.array([mean]), np.array([variance])
        known, mingled = (one.shortlists.candidates(*marginal, every) for one in (pool, mixed))
        for k in range(len(DOMAINS)):
            alone, among = (
                [(i, w) for i, w in zip(items[k].tolist(), values[k].tolist(), strict=True) if i not in GRADED]
                for items, values in (known, mingled)
            )
            assert alone == among
    for item in (0, 9, 30):
        assert update(PRIOR, mixed, item, 1).to_bytes() == update(PRIOR, pool, item, 1).to_bytes()


def test_a_graded_item_is_chosen_when_it_tells_the_most(build_pool: Build) -> None:
    """All alike but one whose second threshold is worth something too."""
    alike = {"discrimination": np.full(48, 1.2), "difficulty": np.zeros(48)}
    pool = build_pool(**alike, graded={17: (-0.6, 0.6)})
    one_competency = np.arange(48) // 8 == 2
    assert select(PRIOR, pool, FREE, administered=[], eligible=one_competency) == 17


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from([*GRADED, 0, 9, 30]), st.integers(0, 3)), max_size=6, unique_by=lambda p: p[0])
)
def test_whatever_the_categories_a_belief_stays_one(build_pool: Build, given_: list[tuple[int, int]]) -> None:
    pool = build_pool(graded=GRADED)
    items = [item for item, _score in given_]
    scores = [min(score, int(pool.top_score[item])) for item, score in given_]
    step_by_step = PRIOR
    for item, score in zip(items, scores, strict=True):
        step_by_step = update(step_by_step, pool, item, score)
    assert replay(PRIOR, pool, items, scores).to_bytes() == step_by_step.to_bytes()
    for place, rest in enumerate(replay_without_each(PRIOR, pool, items, scores)):
        others = [items[:place] + items[place + 1 :], scores[:place] + scores[place + 1 :]]
        assert rest.to_bytes() == replay(PRIOR, pool, *others).to_bytes()
    for ability in (step_by_step, smooth(PRIOR, pool, items, scores)):
        assert np.linalg.eigvalsh(ability.covariance).min() > 0.0
        assert np.all(ability.standard_error <= PRIOR.standard_error + 1e-9)


def test_the_smoothed_belief_hardly_depends_on_the_order(mixed: Pool) -> None:
    items, scores = [2, 11, 40, 0, 30], [1, 2, 0, 1, 0]
    forth, back = smooth(PRIOR, mixed, items, scores), smooth(PRIOR, mixed, items[::-1], scores[::-1])
    assert forth.mean == pytest.approx(back.mean, abs=1e-3)
