"""Somebody who puts together all that is told: linear programming over what each group may have been, each day.

They know how many people each cell of the table has, and want how many of them have the attribute.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from lms.dashboards.disclosure import Key, Told

Fact = tuple[list[tuple[date, Key]], float, float]  # the sum of these cells is between two numbers


class Attacker:
    """`people`: {day: {cell: how many}}; `facts`: what was told; `moves`: how many people change in a day, if known."""

    def __init__(self, people: Mapping[date, Mapping[Key, int]], facts: Iterable[Fact], moves: int | None = None):
        self.days = sorted(people)
        self.cells = sorted({key for counts in people.values() for key in counts})
        self.place = {
            (day, key): place for place, (day, key) in enumerate((d, c) for d in self.days for c in self.cells)
        }
        self.bounds = [(0, people[day].get(key, 0)) for day, key in self.place]
        self.lines: list[tuple[dict[int, float], float]] = []
        for members, low, high in facts:
            row = {self.place[one]: 1.0 for one in members}
            self.lines += [(row, high), (dict.fromkeys(row, -1.0), -low)]
        if moves is not None:
            self._know_moves(moves)

    def _know_moves(self, moves: int) -> None:
        """No more than `moves` people differ from one day to the next: |change| of each cell, and their sum."""
        for before, after in pairwise(self.days):
            first = len(self.bounds)
            for number, key in enumerate(self.cells):
                self.bounds.append((0, moves))
                a, b, size = self.place[before, key], self.place[after, key], first + number
                self.lines += [({b: 1.0, a: -1.0, size: -1.0}, 0.0), ({a: 1.0, b: -1.0, size: -1.0}, 0.0)]
            self.lines.append(({first + number: 1.0 for number in range(len(self.cells))}, float(moves)))

    def range_of(self, wanted: Mapping[tuple[date, Key], float]) -> tuple[float, float]:
        """Return the least and the most that a sum of cells may be, all that was told being true."""
        objective = np.zeros(len(self.bounds))
        for one, weight in wanted.items():
            objective[self.place[one]] += weight
        return self._solve(objective), -self._solve(-objective)

    @cached_property
    def _matrix(self) -> csr_array:
        entries = [(r, place, weight) for r, (row, _) in enumerate(self.lines) for place, weight in row.items()]
        rows, columns, weights = zip(*entries, strict=True)
        return csr_array((weights, (rows, columns)), shape=(len(self.lines), len(self.bounds)))

    def _solve(self, objective: np.ndarray) -> float:
        limits = [limit for _row, limit in self.lines]
        found = linprog(objective, A_ub=self._matrix, b_ub=limits, bounds=self.bounds)
        assert found.status == 0, found.message
        return float(found.fun)


def facts_of(told: Iterable[Told]) -> list[Fact]:
    """Return what parcels say: every line of every page is a sum of them, and they are differences of lines."""
    return [
        ([(one.day, key) for key in one.parcel.members], one.parcel.count.part, one.parcel.count.part) for one in told
    ]
