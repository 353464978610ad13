"""Taking the snapshot of a day, after the one before. Once a day: a second one changes nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..disclosure import ACROSS, Count, Line, Parcel, Told, advance, lines, parcels
from ..disclosure.totals import Lines
from ..models import AggregateSnapshot
from . import march
from .counting import LEFT, MEASURES, RESULTS, tables
from .marks import marks
from .wording import NOTHING, of_line

Kind = AggregateSnapshot.Kind


@transaction.atomic
def take(*, now: datetime) -> int:
    """Write the snapshot of today, unless it is there; return how many rows that was."""
    day = timezone.localdate(now)
    row, is_new = AggregateSnapshot.objects.get_or_create(
        snapshot_date=day, kind=Kind.PARCELS, scope_id=0, defaults={"figures": {}, "taken_at": now}
    )
    if not is_new:
        return 0
    before = _last(day)
    counted = tables()
    told = {name: advance(before.get(name, []), _parcels(name, counted[name]), k=ACROSS, day=day) for name in MEASURES}
    months = march.by_month(before, day)
    row.figures = {name: [_kept(one) for one in found] for name, found in (told | months).items()}
    row.save(update_fields=["figures"])
    pages = _pages({name: lines(found) for name, found in told.items()})
    pages[Kind.NATIONAL, 0] |= march.page(months, now)
    pages[Kind.MARKS, 0] = marks(_last_marks(day), day)
    AggregateSnapshot.objects.bulk_create(
        AggregateSnapshot(snapshot_date=day, kind=kind, scope_id=place, figures=figures, taken_at=now)
        for (kind, place), figures in pages.items()
    )
    return 1 + len(pages)


def _parcels(name: str, cells: Mapping[tuple[int, int], Count]) -> list[Parcel]:
    return parcels(cells, k=ACROSS, is_strict=name in RESULTS)


def _last(day: date) -> dict[str, list[Told]]:
    """Return the parcels of the last snapshot before `day`, by measure."""
    row = AggregateSnapshot.objects.filter(kind=Kind.PARCELS, snapshot_date__lt=day).order_by("snapshot_date").last()
    return {name: [_read(one) for one in found] for name, found in (row.figures if row else {}).items()}


def _last_marks(day: date) -> dict[str, Any]:
    row = AggregateSnapshot.objects.filter(kind=Kind.MARKS, snapshot_date__lt=day).order_by("snapshot_date").last()
    return row.figures if row else {}


def _kept(told: Told) -> dict[str, Any]:
    parcel = told.parcel
    return {
        "members": sorted(parcel.members),
        "count": [parcel.count.part, parcel.count.whole],
        "small": sorted(parcel.small),
        "day": told.day.isoformat(),
    }


def _read(kept: Mapping[str, Any]) -> Told:
    members = frozenset((row, column) for row, column in kept["members"])
    return Told(Parcel(members, Count(*kept["count"]), frozenset(kept["small"])), date.fromisoformat(kept["day"]))


def _pages(found: Mapping[str, Lines]) -> dict[tuple[str, int], dict[str, Any]]:
    """Return what is written for the country and each university, from what may be said of each measure."""
    universities = {row for said in found.values() for row in said.rows} - {LEFT}
    programmes = {column for said in found.values() for column in said.columns} - {LEFT}
    pages: dict[tuple[str, int], dict[str, Any]] = {
        (Kind.NATIONAL, 0): {
            "whole": _page({name: said.whole for name, said in found.items()}),
            "grouped": _page({name: said.grouped for name, said in found.items()}),
            "programmes": {
                pk: _page({name: said.columns.get(pk, NOTHING) for name, said in found.items()}) for pk in programmes
            },
            "universities": {row: _row(found, row) for row in universities},
        }
    }
    for row in universities:
        pages[Kind.UNIVERSITY, row] = {"whole": _row(found, row), "programmes": _inside(found, row)}
    return pages


def _row(found: Mapping[str, Lines], row: int) -> dict[str, Any]:
    return _page({name: said.rows.get(row, NOTHING) for name, said in found.items()})


def _inside(found: Mapping[str, Lines], row: int) -> dict[int, Any]:
    columns = {column for said in found.values() for place, column in said.cells if place == row} - {LEFT}
    return {
        column: _page({name: said.cells.get((row, column), NOTHING) for name, said in found.items()})
        for column in columns
    }


def _page(found: Mapping[str, Line]) -> dict[str, Any]:
    return {name: of_line(line, is_result=name in RESULTS) for name, line in found.items()}
