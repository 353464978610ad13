"""Microseconds per step: choosing an item and taking its response in, in attempts as they run in service."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from question_bank.adaptive import Ability, Blueprint, select, single_ability, starting_ability, update, update_prices

from .bank import COMPETENCY, DOMAIN, DOMAIN_OF, GENERAL, Bank, Reals, generate_bank
from .peers import Catsim

LENGTH = 20
BLUEPRINT = Blueprint(LENGTH, LENGTH, minimum_per_competency=1)


def priors() -> dict[str, Ability]:
    """Return the two beliefs that are timed: one theta for all, and sixteen."""
    full = starting_ability(DOMAIN_OF, general=GENERAL, domain=DOMAIN, competency=COMPETENCY)
    return {"1d": single_ability(), "16d": full}


def step_times(bank: Bank, prior: Ability, *, attempts: int) -> tuple[Reals, float]:
    """Return the microseconds of every step, all rules and prices on, and the seconds to build the pool."""
    started = perf_counter()
    pool = bank.pool()
    built = perf_counter() - started
    draw, prices, times = np.random.default_rng(1), np.zeros(bank.size), []
    for attempt in range(attempts):
        theta, ability, given = draw.normal(), prior, list[int]()
        for uniform in draw.random(LENGTH).tolist():
            start = perf_counter()
            item = select(ability, pool, BLUEPRINT, administered=given, prices=prices, seed=attempt)
            chosen = perf_counter()
            assert item is not None
            score = float(uniform < chance(bank, item, theta))
            answered = perf_counter()
            ability = update(ability, pool, item, score)
            times.append(perf_counter() - answered + chosen - start)
            given.append(item)
        prices = update_prices(prices, used=given, r_max=0.25)
    return np.array(times) * 1e6, built


def catsim_times(bank: Bank, *, attempts: int) -> Reals:
    """Return the microseconds of every step of catsim on the same bank."""
    peer, draw, times = Catsim(bank), np.random.default_rng(1), []
    for _ in range(attempts):
        truth, theta, items, scores = draw.normal(), 0.0, list[int](), list[bool]()
        for uniform in draw.random(LENGTH).tolist():
            start = perf_counter()
            item = peer.next_item(theta, items)
            chosen = perf_counter()
            items.append(item)
            scores.append(bool(uniform < chance(bank, item, truth)))
            answered = perf_counter()
            theta = peer.estimate(theta, items, scores)
            times.append(perf_counter() - answered + chosen - start)
    return np.array(times) * 1e6


def chance(bank: Bank, item: int, theta: float) -> float:
    """Return the chance of a right response to an item without guessing."""
    return float(1.0 / (1.0 + np.exp(-bank.discrimination[item] * (theta - bank.difficulty[item]))))


def timed_bank(size: int) -> Bank:
    """Return the bank of a size on which everybody is timed."""
    return generate_bank(1, size=size)
