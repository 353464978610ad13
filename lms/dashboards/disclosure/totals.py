"""What parcels say of each row, each column and the whole: sums of parcels, never cut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from .counts import Count
from .parcels import Key, Parcel
from .steps import Told


@dataclass(frozen=True)
class Line:
    """What is said of a group: a count and the oldest date in it; None when nothing is, `is_small` or by deduction."""

    count: Count | None
    day: date | None = None
    is_small: bool = True


@dataclass(frozen=True)
class Lines:
    """`columns` hold the cells that are parcels of their own; `grouped` is what they leave of the whole."""

    whole: Line
    rows: dict[int, Line]
    columns: dict[int, Line]
    cells: dict[Key, Line]
    grouped: Line


def lines(told: Sequence[Told]) -> Lines:
    """Return all that may be said. A row that is not in `rows` is not said: it has nobody, or too few."""
    alone = [one for one in told if _is_alone(one.parcel)]
    together = [one for one in told if not _is_alone(one.parcel)]
    rows = {row: _row(told, row) for row in sorted({row for one in told for row in one.parcel.rows})}
    columns: dict[int, list[Told]] = {}
    for one in alone:
        ((_row_id, column),) = one.parcel.members
        columns.setdefault(column, []).append(one)
    cells = {key: _line([one]) for one in alone for key in one.parcel.members}
    for one in together:
        cells |= {key: _unsaid(one.parcel, key) for key in one.parcel.members}
    return Lines(_line(told), rows, {column: _line(known) for column, known in columns.items()}, cells, _line(together))


def _is_alone(parcel: Parcel) -> bool:
    return len(parcel.members) == 1 and not parcel.small


def _row(told: Iterable[Told], row: int) -> Line:
    own = [one for one in told if row in one.parcel.rows]
    crossing = [one.parcel for one in own if len(one.parcel.rows) > 1]
    return Line(None, is_small=row in crossing[0].small) if crossing else _line(own)


def _line(told: Iterable[Told]) -> Line:
    known = list(told)
    if not known:
        return Line(None)
    return Line(Count.total(one.parcel.count for one in known), min(one.day for one in known), is_small=False)


def _unsaid(parcel: Parcel, key: Key) -> Line:
    name = key[1] if len(parcel.rows) == 1 else key[0]
    return Line(None, is_small=name in parcel.small)
