"""Choosing: the worth of an item, the rules, the draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest

from question_bank.adaptive import (
    Ability,
    Blueprint,
    BlueprintIsImpossible,
    Pool,
    replay,
    select,
    select_pretest,
    selection,
    single_ability,
    starting_ability,
    update,
)
from question_bank.adaptive.curves import expected_information
from question_bank.adaptive.selection import competency_slopes

DOMAINS = [0, 0, 1, 1, 1, 2]
PRIOR = starting_ability(DOMAINS, general=0.7, domain=0.18, competency=0.12)
FREE = Blueprint(1, 48, one_per_cluster=False)
Build = Callable[..., Pool]


def attempt(pool: Pool, blueprint: Blueprint, length: int, prior: Ability = PRIOR, **options: object) -> list[int]:
    """Give ``length`` items, right and wrong in turn."""
    given: list[int] = []
    ability = prior
    for position in range(length):
        item = select(ability, pool, blueprint, administered=given, **options)  # type: ignore[arg-type]
        assert item is not None
        ability = update(ability, pool, item, position % 2)
        given.append(item)
    return given


def true_fall(pool: Pool, ability: Ability, item: int, weights: np.ndarray) -> float:
    """Return the expected fall of a weighted variance by making both updates."""
    k, before = pool.competency[item], weights @ ability.covariance @ weights
    nodes = np.linspace(-7, 7, 4001) * ability.standard_error[k] + ability.mean[k]
    density = np.exp(-0.5 * ((nodes - ability.mean[k]) / ability.standard_error[k]) ** 2)
    chance = 1.0 / (1.0 + np.exp(-pool.discrimination[item] * (nodes - pool.difficulty[item])))
    right = float(density @ chance / density.sum())
    after = [weights @ update(ability, pool, item, score).covariance @ weights for score in (0, 1)]
    return float(before - (1 - right) * after[0] - right * after[1])


def test_the_worth_of_an_item_is_the_fall_of_variance_it_brings(pool: Pool) -> None:
    """deviation⁴ × worth, against both updates weighed by their chances."""
    ability = replay(PRIOR, pool, [0, 9, 30], [1, 0, 1])
    for item in range(48):
        k = int(pool.competency[item])
        worth = expected_information(
            pool.discrimination[[item]],
            pool.thresholds[[item]],
            pool.guessing[[item]],
            float(ability.mean[k]),
            float(ability.standard_error[k]),
        )[0]
        fall = ability.covariance[k, k] ** 2 * worth
        assert fall == pytest.approx(true_fall(pool, ability, item, np.eye(6)[k]), rel=1e-4)


def test_information_at_a_point_is_fishers() -> None:
    a, b, c, theta = 1.7, 0.3, 0.2, 0.8
    chance = c + (1 - c) / (1 + np.exp(-a * (theta - b)))
    fisher = a**2 * ((chance - c) / (1 - c)) ** 2 * (1 - chance) / chance  # Birnbaum 1968

    worth = expected_information(np.array([a]), np.array([[b]]), np.array([c]), theta, 0.0)

    assert worth[0] == pytest.approx(fisher)


def test_a_graded_item_is_worth_more_than_each_of_its_thresholds() -> None:
    steps = np.array([[-0.8, 0.7, np.inf]])
    graded = expected_information(np.array([1.5]), steps, np.zeros(1), 0.0, 0.5)[0]

    single = [expected_information(np.array([1.5]), np.array([[b]]), np.zeros(1), 0.0, 0.5)[0] for b in (-0.8, 0.7)]

    assert max(single) < graded < sum(single)


def test_the_choice_is_the_largest_fall_of_the_weighted_variance(pool: Pool) -> None:
    ability = replay(PRIOR, pool, [0, 9, 30], [1, 0, 1])
    weights = [pool.overall_mean, *pool.domain_means]
    falls = [sum(true_fall(pool, ability, item, w) for w in weights) for item in range(48)]

    chosen = select(ability, pool, FREE, administered=[0, 9, 30])

    assert chosen is not None
    best = max(fall for item, fall in enumerate(falls) if item not in {0, 9, 30})
    assert falls[chosen] >= 0.97 * best


def test_weights_move_the_choice_to_the_domain_that_matters(pool: Pool) -> None:
    only = Blueprint(1, 20, composite_weight=0.0, domain_weights=(0.0, 0.0, 1.0))
    apart = starting_ability(DOMAINS, general=0.1, domain=0.5, competency=0.4)

    assert select(apart, pool, only, administered=[]) in range(40, 48)
    independent = starting_ability(DOMAINS, general=0.0, domain=0.5, competency=0.5)
    slopes = competency_slopes(independent, pool, only)
    assert slopes is not None
    assert slopes.argmax() == 5
    assert slopes.min() > 0.0


@pytest.mark.parametrize("prior", [PRIOR, single_ability()], ids=["six", "one"])
def test_competencies_are_covered_first_then_never_twice_the_same_item(pool: Pool, prior: Ability) -> None:
    given = attempt(pool, Blueprint(6, 30, minimum_per_competency=2, one_per_cluster=False), 30, prior)

    assert len(set(given)) == 30
    assert set(Counter(pool.competency[given[:12]].tolist()).values()) == {2}


def test_domain_minima_and_maxima_hold(pool: Pool) -> None:
    blueprint = Blueprint(8, 12, minimum_per_domain=(2, 2, 5), maximum_per_domain=(3, 4, 6), one_per_cluster=False)

    counts = Counter(pool.domain_of[pool.competency[attempt(pool, blueprint, 12)]].tolist())

    assert counts[0] in (2, 3)
    assert counts[1] in (2, 3, 4)
    assert counts[2] in (5, 6)


def test_the_maximum_per_competency_ends_the_choice(pool: Pool) -> None:
    blueprint = Blueprint(6, 30, minimum_per_competency=1, maximum_per_competency=2)
    given = attempt(pool, blueprint, 12)

    assert select(PRIOR, pool, blueprint, administered=given) is None


def test_one_per_cluster_holds_while_clusters_last_then_bends(pool: Pool) -> None:
    given = attempt(pool, Blueprint(1, 48), 48)

    assert len(set(pool.cluster[given[:24]].tolist())) == 24
    assert sorted(given) == list(range(48))


def test_enemies_never_meet(build_pool: Build) -> None:
    pool = build_pool(enemies=[{0, 8, 16}, {24, 32}])

    given: list[int] = []
    while (item := select(PRIOR, pool, FREE, administered=given)) is not None:
        given.append(item)

    assert len(given) == 45
    assert len({0, 8, 16} & set(given)) == len({24, 32} & set(given)) == 1


def test_only_eligible_items_are_chosen(pool: Pool) -> None:
    eligible = np.zeros(48, dtype=bool)
    eligible[[3, 17, 40]] = True

    assert sorted(attempt(pool, FREE, 3, eligible=eligible)) == [3, 17, 40]
    assert select(PRIOR, pool, FREE, administered=[3, 17, 40], eligible=eligible) is None


def test_items_seen_lately_wait_until_nothing_else_is_left(pool: Pool) -> None:
    seen = np.ones(48, dtype=bool)
    seen[[5, 20]] = False

    given = attempt(pool, FREE, 4, seen_lately=seen)

    assert sorted(given[:2]) == [5, 20]


def test_covering_comes_before_not_seeing_again(pool: Pool) -> None:
    seen = pool.competency == 5

    given = attempt(pool, Blueprint(6, 6, minimum_per_competency=1), 6, seen_lately=seen)

    assert set(pool.competency[given].tolist()) == set(range(6))


def test_a_preferred_item_wins_among_near_equals_only(build_pool: Build) -> None:
    pool = build_pool(discrimination=np.full(48, 1.5), difficulty=np.r_[np.zeros(47), 3.0])
    for number, wins in ((30, True), (47, False)):
        preferred = np.arange(48) == number
        assert (select(single_ability(), pool, FREE, administered=[], preferred=preferred) == number) is wins


def test_a_price_sends_the_choice_elsewhere(pool: Pool) -> None:
    first = select(PRIOR, pool, FREE, administered=[])
    assert first is not None
    prices = np.zeros(48)
    prices[first] = 2.0

    assert select(PRIOR, pool, FREE, administered=[], prices=prices) != first


def test_the_shortlist_used_up_every_item_is_looked_at(build_pool: Build, pool: Pool) -> None:
    short = build_pool(shortlist_length=2)

    assert sorted(attempt(short, FREE, 48)) == list(range(48))
    assert sorted(attempt(short, FREE, 48, single_ability())) == list(range(48))
    assert attempt(short, FREE, 1) == attempt(pool, FREE, 1)


def test_complete_shortlists_leave_nothing_else_to_look_at(build_pool: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    bends = Blueprint(1, 48)
    pool = build_pool(cluster=np.arange(48) % 4)  # four clusters are soon used up: the rule on them bends
    assert pool.shortlists.are_complete
    monkeypatch.setattr(selection, "every_candidate", None)

    for ability in (PRIOR, single_ability()):
        given = attempt(pool, bends, 48, ability)
        assert sorted(given) == list(range(48))
        assert {pool.cluster.item(item) for item in given[:4]} == {0, 1, 2, 3}


def test_an_empty_competency_does_not_stop_the_rest(build_pool: Build) -> None:
    pool = build_pool(competency=np.arange(48) // 8 % 5)
    preferred = np.zeros(48, dtype=bool)

    given = attempt(pool, Blueprint(6, 12, minimum_per_competency=1), 12, preferred=preferred)

    assert len(set(given)) == 12


def test_without_a_seed_the_choice_repeats_and_with_one_it_is_replayable(build_pool: Build) -> None:
    pool = build_pool(discrimination=np.full(48, 1.2), difficulty=np.tile([-1.0, 0.0, 0.05, 1.0], 12))

    assert attempt(pool, FREE, 10) == attempt(pool, FREE, 10)
    assert attempt(pool, FREE, 10, seed=11) == attempt(pool, FREE, 10, seed=11)
    assert len({attempt(pool, FREE, 1, seed=seed)[0] for seed in range(100)}) >= 4


def test_a_seed_draws_only_among_items_about_as_good(build_pool: Build) -> None:
    pool = build_pool(discrimination=np.linspace(1.0, 1.6, 48), difficulty=np.zeros(48))
    falls = expected_information(pool.discrimination, pool.thresholds, pool.guessing, 0.0, 1.2)

    firsts = {attempt(pool, FREE, 1, single_ability(), seed=seed)[0] for seed in range(90)}

    assert len(firsts) > 4
    assert min(falls[sorted(firsts)]) >= 0.9 * falls.max()


def test_pretest_items_are_never_selected_but_drawn_apart(build_pool: Build) -> None:
    pool = build_pool(is_pretest=np.arange(48) % 4 == 0, enemies=[{4, 5}])

    given = attempt(pool, FREE, 36)
    drawn = {select_pretest(pool, administered=[0, 5], seed=seed) for seed in range(200)}

    assert not pool.is_pretest[given].any()
    assert drawn == {item for item in range(8, 48) if item % 4 == 0}
    assert select_pretest(pool, administered=list(range(0, 48, 4)), seed=1) is None


def test_pretest_draws_respect_eligibility_and_memory(build_pool: Build) -> None:
    pool = build_pool(is_pretest=np.arange(48) < 3)
    eligible, seen = np.arange(48) != 0, np.arange(48) == 1

    assert {select_pretest(pool, administered=[], seed=s, eligible=eligible, seen_lately=seen) for s in range(9)} == {2}


@pytest.mark.parametrize(
    "bounds",
    [
        {"length_min": 0, "length_max": 5},
        {"length_min": 6, "length_max": 5},
        {"length_min": 1, "length_max": 5, "standard_error_target": 0.0},
        {"length_min": 1, "length_max": 5, "minimum_per_competency": 3, "maximum_per_competency": 2},
        {"length_min": 1, "length_max": 5, "composite_weight": 0.0, "domain_weights": 0.0},
        {"length_min": 1, "length_max": 5, "domain_weights": (1.0, -1.0)},
    ],
)
def test_contradictory_bounds_are_refused(bounds: dict[str, float]) -> None:
    with pytest.raises(BlueprintIsImpossible):
        Blueprint(**bounds)  # type: ignore[arg-type]
