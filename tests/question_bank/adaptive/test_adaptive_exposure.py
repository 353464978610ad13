"""Exposure prices."""

from __future__ import annotations

import numpy as np
import pytest

from question_bank.adaptive import exposure_limit, update_prices


def test_use_raises_a_price_and_rest_lowers_it_to_no_less_than_zero() -> None:
    prices = update_prices(np.array([0.0, 0.2, 0.0]), used=[0], r_max=0.25, eta=0.1)

    assert prices == pytest.approx([0.075, 0.175, 0.0])


def test_a_price_is_capped() -> None:
    assert update_prices(np.array([0.99]), used=[0], r_max=0.25, eta=0.1, cap=1.0).tolist() == [1.0]


def test_items_that_were_not_eligible_keep_their_price() -> None:
    prices = update_prices(np.array([0.5, 0.5]), used=[], eligible=np.array([True, False]), r_max=0.25, eta=0.1)

    assert prices == pytest.approx([0.475, 0.5])


def test_the_given_prices_are_left_alone() -> None:
    prices = np.zeros(2)
    update_prices(prices, used=[1], r_max=0.25)

    assert prices.tolist() == [0.0, 0.0]


def test_prices_settle_where_use_meets_the_limit() -> None:
    """An item worth .6 more than the next is used at the limit, not more, once its price has found .6."""
    prices, used = np.zeros(2), 0
    for _ in range(2000):
        chosen = 0 if 0.6 - prices[0] >= 0.0 - prices[1] else 1
        used += chosen == 0
        prices = update_prices(prices, used=[chosen], r_max=0.5, eta=0.02)

    assert used / 2000 == pytest.approx(0.5, abs=0.6 / (0.02 * 2000) + 0.01)


@pytest.mark.parametrize(
    ("length", "size", "limit"), [(20, 400, 0.25), (20, 80, 0.325), (20, 104, 0.25), (20, 20, 1.0)]
)
def test_a_small_pool_raises_the_limit(length: int, size: int, limit: float) -> None:
    assert exposure_limit(length, size) == pytest.approx(limit)


def test_an_empty_pool_has_no_limit() -> None:
    with pytest.raises(ValueError, match="empty pool"):
        exposure_limit(20, 0)
