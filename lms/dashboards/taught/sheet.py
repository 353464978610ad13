"""The table of hours of class, as the screen and files say it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ..models import TaughtHours
from ..tables import Column, Kind, Table

CHUNK = 500


def hours_table(rows: QuerySet[TaughtHours], as_of: datetime, titles: Mapping[str, str]) -> Table:
    """Return what was recorded, the latest day first."""
    columns = [
        Column("date", _("Jour"), Kind.DATE, "session_day"),
        Column("cohort", _("Cohorte"), definition="cohort"),
        Column("hours", _("Heures"), Kind.DECIMAL, "class_hours", decimals=2),
        Column("competencies", _("Compétences travaillées"), definition="competency"),
        Column("note", _("Remarque"), definition="note"),
        Column("by", _("Noté par"), definition="recorded_by"),
    ]

    def lines() -> Iterator[tuple[Any, ...]]:
        return (line_of(row, titles) for row in rows.iterator(chunk_size=CHUNK))

    return Table("taught", _("Heures de cours"), columns, lines, as_of)


def line_of(row: TaughtHours, titles: Mapping[str, str]) -> tuple[Any, ...]:
    """Return one entry as its row."""
    by = row.recorded_by.get_full_name() if row.recorded_by else None
    return row.taught_date, str(row.cohort), row.minutes / 60, _about(row, titles), row.note, by


def tell(rows: Iterable[TaughtHours], titles: Mapping[str, str]) -> None:
    """Give each entry its hours and what it was about, in words."""
    for row in rows:
        row.hours, row.about = row.minutes / 60, _about(row, titles)  # type: ignore[attr-defined]


def _about(row: TaughtHours, titles: Mapping[str, str]) -> str:
    return ", ".join(titles.get(one.code, one.code) for one in row.competencies.all())
