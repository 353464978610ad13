"""Which cells of one line are left unsaid: those that are too small, and others so that what remains hides them."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from .counts import Count, is_safe

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Split(Generic[Name]):
    """`shown` are said one by one; `small` may not be; `deduced` could, but would give the small ones away."""

    shown: frozenset[Name]
    small: frozenset[Name]
    deduced: frozenset[Name]

    @property
    def rest(self) -> frozenset[Name]:
        """Return what is told together only."""
        return self.small | self.deduced


def protect(cells: Mapping[Name, Count], *, k: int, is_strict: bool) -> Split[Name]:
    """Return what to say of a line whose total is said. Always the same for the same counts.

    The total less what is said leaves the rest: it must be safe, and remain so for somebody who knows one cell of it,
    their own. Else the smallest cell joins the rest, and so on until the whole line has.
    """
    small = {name for name, count in cells.items() if not is_safe(count, k=k, is_strict=is_strict)}
    rest = set(small)
    while rest and len(rest) < len(cells) and not hides(cells, rest, k=k, is_strict=is_strict):
        rest.add(min(cells.keys() - rest, key=lambda name: (cells[name].whole, cells[name].part, str(name))))
    return Split(frozenset(cells.keys() - rest), frozenset(small), frozenset(rest - small))


def hides(cells: Mapping[Name, Count], rest: set[Name], *, k: int, is_strict: bool) -> bool:
    """Say whether the sum of `rest` may be told, even to those who know one of its cells."""
    total = Count.total(cells[name] for name in rest)
    others = [total, *(total - cells[name] for name in rest if cells[name].whole > 0)]
    return all(is_safe(count, k=k, is_strict=is_strict) for count in others)
