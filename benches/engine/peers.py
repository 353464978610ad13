"""The peers: the certification rule of Pix, from its published formulas, and catsim from PyPI, as it comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import copysign, inf

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from .bank import Bank, Indices, Reals

Answer = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One examinee's attempt: the items in order, and where the estimate ended."""

    items: list[int]
    theta: float
    standard_error: float


class Pix:
    """Pix certification: 80 nodes, bounded moves, one item per tube, competencies first, fifth-best randomisation.

    Its model is the 2PL: an item's guessing is unknown to it.  A tube is a cluster.
    """

    NODES = -9.0 + 18.0 / 80.0 * np.arange(80)
    VARIANCE, BOUND, START, CHANCE, CHOICES = 1.5, 0.5, -3.0, 0.51, 5

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        chance = 1.0 / (1.0 + np.exp(-bank.discrimination[:, None] * (self.NODES - bank.difficulty[:, None])))
        self.right, self.wrong = chance, 1.0 - chance
        odds = self.CHANCE * (1.0 - self.CHANCE) ** np.arange(self.CHOICES)
        self.odds = np.cumsum(odds)

    def sit(self, answer: Answer, length: int, draw: Generator) -> Sitting:
        """Return one attempt of ``length`` items."""
        theta, items, error = self.START, list[int](), inf
        likelihood = np.ones(self.NODES.size)
        for _ in range(length):
            item = self.next_item(theta, items, draw)
            items.append(item)
            likelihood = likelihood * (self.right if answer(item) else self.wrong)[item]
            theta, error = self.estimate(theta, likelihood)
        return Sitting(items, theta, error)

    def estimate(self, last: float, likelihood: Reals) -> tuple[float, float]:
        """Return the posterior mean, its move from ``last`` bounded, and the posterior deviation."""
        weight = likelihood * np.exp(-((self.NODES - last) ** 2) / (2.0 * self.VARIANCE))
        weight /= weight.sum()
        mean = float(weight @ self.NODES)
        deviation = float(np.sqrt(weight @ (self.NODES - mean) ** 2))
        bound = self.BOUND * abs(last) if abs(last) >= self.BOUND else self.BOUND
        move = mean - last
        return last + copysign(min(abs(move), bound), move), deviation

    def next_item(self, theta: float, items: list[int], draw: Generator) -> int:
        """Return the next item: rules that leave nothing are passed over."""
        candidates = self._candidates(items)
        a, b = self.bank.discrimination[candidates], self.bank.difficulty[candidates]
        chance = 1.0 / (1.0 + np.exp(-a * (theta - b)))
        order = np.argsort(-(a * a * chance * (1.0 - chance)), kind="stable")[: self.CHOICES]
        rank = int(np.searchsorted(self.odds, draw.random() * self.odds[len(order) - 1]))
        return int(candidates[order[min(rank, len(order) - 1)]])

    def _candidates(self, items: list[int]) -> Indices:
        bank, asked = self.bank, np.array(items, dtype=np.intp)
        left = ~np.isin(bank.cluster, bank.cluster[asked])
        seen = bank.competency[asked]
        for rule in (~np.isin(bank.competency, seen), ~np.isin(bank.competency, seen[-2:])):
            if (left & rule).any():
                left = left & rule
        return np.flatnonzero(left if left.any() else ~np.isin(np.arange(bank.size), asked))


class Catsim:
    """catsim: MaxInfoSelector and its own numerical maximum-likelihood estimator, from theta = 0."""

    def __init__(self, bank: Bank) -> None:
        from catsim.estimation import NumericalSearchEstimator
        from catsim.item_bank import ItemBank
        from catsim.selection import MaxInfoSelector

        upper = np.ones(bank.size)  # not validated: the validation prints an empty line for a sound bank
        self.items = ItemBank(
            np.column_stack((bank.discrimination, bank.difficulty, bank.guessing, upper)), validate=False
        )
        self.selector, self.estimator = MaxInfoSelector(), NumericalSearchEstimator()

    def sit(self, answer: Answer, length: int) -> Sitting:
        """Return one attempt of ``length`` items; the standard error is that of the maximum likelihood."""
        theta, items, scores = 0.0, list[int](), list[bool]()
        for _ in range(length):
            items.append(self.next_item(theta, items))
            scores.append(answer(items[-1]))
            theta = self.estimate(theta, items, scores)
        return Sitting(items, theta, self.standard_error(theta, items))

    def next_item(self, theta: float, items: list[int]) -> int:
        """Return catsim's choice."""
        chosen = self.selector.select(item_bank=self.items, administered_items=items, est_theta=theta)
        if chosen is None:
            raise LookupError("catsim found no item.")
        return int(chosen)

    def estimate(self, theta: float, items: list[int], scores: list[bool]) -> float:
        """Return catsim's estimate."""
        return float(
            self.estimator.estimate(
                item_bank=self.items, administered_items=items, response_vector=scores, est_theta=theta
            )
        )

    def standard_error(self, theta: float, items: list[int]) -> float:
        """Return catsim's standard error of estimation."""
        from catsim import irt

        return float(irt.see(theta, self.items.get_items(items)))


def answers_of(row: NDArray[np.bool_]) -> Answer:
    """Return the function that answers as one row of the response matrix."""
    known = row.tolist()
    return lambda item: bool(known[item])
