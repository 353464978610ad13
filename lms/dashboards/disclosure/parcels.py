"""A table cut in parcels: groups of its cells, each safe to tell. Whatever is said is a sum of them.

A group of fewer than k people is inside a parcel, and its parcel, with k people on each side, would read the same
whatever these few had done: nothing that is made of parcels can tell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .counts import Count, is_safe
from .suppressing import protect

Key = tuple[int, int]  # row, column: university, programme
Cells = Mapping[Key, Count]


@dataclass(frozen=True)
class Parcel:
    """Some cells, told together. `small`: those, or those rows when it has several, that are themselves too small."""

    members: frozenset[Key]
    count: Count
    small: frozenset[int] = frozenset()

    @property
    def rows(self) -> frozenset[int]:
        """Return the rows it has cells of."""
        return frozenset(row for row, _column in self.members)


def parcels(cells: Cells, *, k: int, is_strict: bool = False) -> list[Parcel]:
    """Return the parcels of a table, in order: rows that are safe, cut in cells where cells are; the other rows in one.

    Nothing at all when even the whole is too small.
    """
    filled = {key: count for key, count in cells.items() if count != Count()}
    rows = {row: Count.total(_row(filled, row).values()) for row in {row for row, _column in filled}}
    if not is_safe(Count.total(rows.values()), k=k, is_strict=is_strict):
        return []
    split = protect(rows, k=k, is_strict=is_strict)
    found = [parcel for row in split.shown for parcel in _cut(_row(filled, row), k=k, is_strict=is_strict)]
    if split.rest:
        found.append(_joined({key: one for key, one in filled.items() if key[0] in split.rest}, split.small))
    return sorted(found, key=lambda parcel: sorted(parcel.members))


def _cut(row: Cells, *, k: int, is_strict: bool) -> list[Parcel]:
    split = protect(row, k=k, is_strict=is_strict)
    found = [Parcel(frozenset({key}), row[key]) for key in split.shown]
    if split.rest:
        small = {column for _row, column in split.small}
        found.append(_joined({key: row[key] for key in split.rest}, small))
    return found


def _joined(cells: Cells, small: Iterable[int]) -> Parcel:
    return Parcel(frozenset(cells), Count.total(cells.values()), frozenset(small))


def _row(cells: Cells, row: int) -> dict[Key, Count]:
    return {key: count for key, count in cells.items() if key[0] == row}
