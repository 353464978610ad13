"""Whole attempts: one pinned to the digit, and a seeded simulation with honest bounds."""

from __future__ import annotations

import numpy as np
import pytest

from question_bank.adaptive import (
    Blueprint,
    Pool,
    replay,
    select,
    single_ability,
    smooth,
    starting_ability,
    stop_reason,
    update,
    update_prices,
)

DOMAINS = [0, 0, 1, 1, 1, 2]
PRIOR = starting_ability(DOMAINS, general=0.7, domain=0.18, competency=0.12)


def test_a_pinned_trajectory(pool: Pool) -> None:
    """Change these numbers only with a reason: they are what a past attempt replays to."""
    blueprint, scores = Blueprint(12, 12, minimum_per_competency=1), [1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1]
    given: list[int] = []
    path: list[float] = []
    ability = PRIOR
    while stop_reason(ability, pool, blueprint, given) is None:
        item = select(ability, pool, blueprint, administered=given, prices=np.zeros(48), seed=2024)
        assert item is not None
        ability = update(ability, pool, item, scores[len(given)])
        given.append(item)
        path.append(round(float(pool.overall_mean @ ability.mean), 6))

    assert given == PINNED_ITEMS
    assert path == pytest.approx(PINNED_PATH, abs=1e-6)
    assert smooth(PRIOR, pool, given, scores).mean == pytest.approx(PINNED_SMOOTHED, abs=1e-6)
    assert replay(PRIOR, pool, given, scores).to_bytes() == ability.to_bytes()


PINNED_ITEMS: list[int] = [16, 45, 8, 38, 27, 5, 43, 2, 47, 34, 0, 22]
PINNED_PATH: list[float] = [
    0.414619,
    0.73967,
    0.546436,
    0.746017,
    0.613263,
    0.259796,
    0.598254,
    0.681507,
    0.55661,
    0.631162,
    0.521968,
    0.611177,
]
PINNED_SMOOTHED: list[float] = [-0.003167, 0.1534, 0.888884, 0.714855, 0.894018, 0.887237]


@pytest.fixture(scope="module")
def simulated() -> dict[str, np.ndarray]:
    """Run 400 people through 20 items of 240 under a limit of .25."""
    draw = np.random.default_rng(5)
    pool = Pool.build(
        discrimination=np.clip(draw.lognormal(np.log(1.15), 0.35, 240), 0.35, 2.8),
        difficulty=draw.normal(0.0, 1.3, 240),
        competency=np.arange(240) % 6,
        domain_of=DOMAINS,
    )
    people = draw.normal(size=400)
    prices, items, errors = np.zeros(240), [], []
    for theta in people:
        ability, given, scores = single_ability(), list[int](), list[int]()
        for uniform in draw.random(20):
            item = select(ability, pool, Blueprint(20, 20, minimum_per_competency=2), administered=given, prices=prices)
            assert item is not None
            scores.append(int(uniform < 1 / (1 + np.exp(-pool.discrimination[item] * (theta - pool.difficulty[item])))))
            ability = update(ability, pool, item, scores[-1])
            given.append(item)
        prices = update_prices(prices, used=given, r_max=0.25)
        final = smooth(single_ability(), pool, given, scores)
        items.append(given)
        errors.append((final.mean[0] - theta, final.standard_error[0]))
    return {"items": np.array(items), "errors": np.array(errors)}


def test_the_error_is_small_and_its_interval_tells_the_truth(simulated: dict[str, np.ndarray]) -> None:
    error, deviation = simulated["errors"].T

    assert np.sqrt(np.mean(error**2)) < 0.33
    assert abs(error.mean()) < 0.05
    assert np.sqrt(np.mean(error**2)) == pytest.approx(np.sqrt(np.mean(deviation**2)), rel=0.10)
    assert 0.92 <= np.mean(np.abs(error) < 1.96 * deviation) <= 0.98  # 400 people: .95 ± three standard errors


def test_no_item_is_used_much_more_than_the_limit(simulated: dict[str, np.ndarray]) -> None:
    use = np.bincount(simulated["items"].ravel(), minlength=240) / 400

    assert use.max() <= 0.25 + 1.5 / (0.05 * 400)  # the bound of the price: price / (eta × attempts)
    assert np.mean(simulated["items"].shape[1]) == 20
