"""Reading what was published: one query, whatever the place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..figures import Scope
from ..models import AggregateSnapshot
from ..rollups.places import Kind
from ..tables import Mask
from .march import MARCH

KINDS = {Kind.NATIONAL: AggregateSnapshot.Kind.NATIONAL, Kind.UNIVERSITY: AggregateSnapshot.Kind.UNIVERSITY}


@dataclass(frozen=True)
class Protected:
    """What is said of one group. Counts are whole numbers, results shares from 0 to 1, in whole percents."""

    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def cell(self, measure: str) -> int | float | Mask:
        """Return the number to show, or why there is none: a cell of a table."""
        found = self.said.get(measure, {})
        if "percent" in found:
            return float(found["percent"]) / 100
        return int(found["value"]) if "value" in found else Mask(found.get("mask", Mask.SMALL.value))

    def value(self, measure: str) -> int | float | None:
        """Return the number, or None when it is not said."""
        found = self.cell(measure)
        return None if isinstance(found, Mask) else found

    def interval(self, measure: str) -> tuple[float, float] | None:
        """Return the 95 % interval of a result, 0 to 1."""
        found = self.said.get(measure, {})
        return (found["low"] / 100, found["high"] / 100) if "low" in found else None

    def day(self, measure: str) -> date | None:
        """Return the day of the figure: it may be older than the snapshot, when too few people changed since."""
        found = self.said.get(measure, {}).get("day")
        return date.fromisoformat(found) if found else None


@dataclass(frozen=True)
class Snapshot:
    """What is said of a place, of its programmes and, for the country, of its universities, by id.

    Who is in no line has nobody, or too few: `programme()` and `university()` then say so. `grouped`: of the country,
    what is told of small groups together; the programmes and it make the whole.
    """

    day: date
    taken_at: datetime
    whole: Protected
    programmes: Mapping[int, Protected]
    universities: Mapping[int, Protected]
    grouped: Protected
    march: Mapping[str, Any] = field(default_factory=dict)  # snapshots.march.page

    def programme(self, programme_id: int) -> Protected:
        """Return what is said of a programme."""
        return self.programmes.get(programme_id, Protected())

    def university(self, institution_id: int) -> Protected:
        """Return what is said of a university."""
        return self.universities.get(institution_id, Protected())


def latest(scope: Scope) -> Snapshot | None:
    """Return the last snapshot of the country or of a university; None when there is none.

    Raises ValueError for another kind of place: nothing is published of it.
    """
    if scope.kind not in KINDS:
        raise ValueError(f"Nothing is published of {scope.kind.name}.")
    rows = AggregateSnapshot.objects.filter(kind=KINDS[scope.kind], scope_id=scope.place_id)
    return _of(rows.order_by("snapshot_date").last())


def history(scope: Scope, *, since: date) -> list[Snapshot]:
    """Return the snapshots of a place since a day, the oldest first: what a trend is drawn from."""
    rows = AggregateSnapshot.objects.filter(kind=KINDS[scope.kind], scope_id=scope.place_id, snapshot_date__gte=since)
    return [one for row in rows.order_by("snapshot_date") if (one := _of(row))]


def _of(row: AggregateSnapshot | None) -> Snapshot | None:
    if row is None:
        return None
    said = row.figures
    return Snapshot(
        row.snapshot_date,
        row.taken_at,
        Protected(said["whole"]),
        _by_id(said["programmes"]),
        _by_id(said.get("universities", {})),
        Protected(said.get("grouped", {})),
        {name: said[name] for name in MARCH if name in said},
    )


def _by_id(said: Mapping[str, Mapping[str, Any]]) -> dict[int, Protected]:
    return {int(pk): Protected(found) for pk, found in said.items()}
