"""Attempts under our own engine, prices moving after each one, as in service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from question_bank.adaptive import (
    Ability,
    Blueprint,
    Pool,
    select,
    smooth,
    stop_reason,
    update,
    update_prices,
)

from .bank import Indices, Reals


@dataclass(frozen=True, eq=False)
class Outcome:
    """N attempts: mean float64[N, K], covariance float64[N, K, K]; items intp[N, length], padded with -1."""

    mean: Reals
    covariance: Reals
    items: Indices


def simulate(
    pool: Pool,
    blueprint: Blueprint,
    prior: Ability,
    responses: NDArray[np.bool_],
    *,
    r_max: float | None = None,
    draws: bool = True,
    stop: Callable[[Ability], bool] | None = None,
) -> Outcome:
    """Return everybody's attempt, one after the other; ``r_max`` turns the exposure prices on, ``draws`` the seed."""
    prices = np.zeros(pool.size)
    abilities, items = [], np.full((len(responses), blueprint.length_max), -1)
    for person, row in enumerate(responses):
        given, ability = sit(pool, blueprint, prior, row, prices=prices, seed=person if draws else None, stop=stop)
        items[person, : len(given)] = given
        abilities.append(ability)
        if r_max is not None:
            prices = update_prices(prices, used=given, r_max=r_max)
    return Outcome(np.array([one.mean for one in abilities]), np.array([one.covariance for one in abilities]), items)


def sit(
    pool: Pool,
    blueprint: Blueprint,
    prior: Ability,
    row: NDArray[np.bool_],
    *,
    prices: Reals,
    seed: int | None,
    stop: Callable[[Ability], bool] | None = None,
) -> tuple[list[int], Ability]:
    """Return one attempt: the items in order and the smoothed ability."""
    given: list[int] = []
    ability = prior
    while stop_reason(ability, pool, blueprint, given) is None and not (stop and stop(ability)):
        item = select(ability, pool, blueprint, administered=given, prices=prices, seed=seed)
        if item is None:
            break
        given.append(item)
        ability = update(ability, pool, item, row.item(item))
    return given, smooth(prior, pool, given, row[given].astype(np.float64).tolist())
