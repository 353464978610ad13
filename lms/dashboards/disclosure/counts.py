"""How many people a figure must be about: `k` is ACROSS, for all that is told to those who may not see names.

Five would do inside one university (docs/disclosure.md), but the country’s figures are sums of its cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ACROSS = 11


@dataclass(frozen=True, slots=True)
class Count:
    """`part` people of `whole` have something; `part` is `whole` for a plain count of people."""

    part: int = 0
    whole: int = 0

    @property
    def others(self) -> int:
        """Return how many have it not."""
        return self.whole - self.part

    def __add__(self, other: Count) -> Count:
        return Count(self.part + other.part, self.whole + other.whole)

    def __sub__(self, other: Count) -> Count:
        return Count(self.part - other.part, self.whole - other.whole)

    @classmethod
    def total(cls, counts: Iterable[Count]) -> Count:
        """Return their sum."""
        return sum(counts, cls())


def is_safe(count: Count, *, k: int, is_strict: bool) -> bool:
    """Say whether a count may be told: k people, and k of them with and without what is counted.

    Nobody and everybody may be told of k people or more, unless `is_strict`: of a result, they would tell on each.
    """
    if count.whole < k:
        return False
    return all(people >= k or (people == 0 and not is_strict) for people in (count.part, count.others))


def is_change_safe(change: Count, *, k: int) -> bool:
    """Say whether a change may be told: something moved, and whatever moved moved by k people at least."""
    moves = {abs(change.part), abs(change.others)} - {0}
    return bool(moves) and min(moves) >= k
