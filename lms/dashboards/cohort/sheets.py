"""The tables of a cohort's pages, as plain columns and rows: what exports write is what the screen says, whole.

A cell that is not shown is a Mask, which says why; dates, numbers and words stay what they are.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from competencies.types import FrameworkTree

from ..models import LearnerSummary
from ..tables import Column, Mask, Table

CHUNK = 500


def overview_sheets(context: dict[str, Any]) -> list[Table]:
    """Return the tables of a cohort’s page, from what it says."""
    as_of = context["as_of"]
    return [
        levels_sheet(context["levels"], as_of),
        domains_sheet(context["domains"], as_of),
        trend_sheet(context["trend"], as_of),
    ]


def levels_sheet(levels: dict[str, Any], as_of: datetime) -> Table:
    """Return how many students are at each level of each competency, from what the page drew."""
    names = [Column(f"level_{place}", name, "count", "people_at_level") for place, name in enumerate(levels["names"])]
    columns = (
        Column("domain", _("Domaine"), definition="domain"),
        Column("competency", _("Compétence"), definition="competency"),
        *names,
    )
    rows = [(row["group"], row["label"], *row["counts"]) for row in levels["rows"]]
    return Table("levels", _("Niveaux par compétence"), columns, rows, as_of)


def domains_sheet(domains: dict[str, Any], as_of: datetime) -> Table:
    """Return the mean of each domain with its interval, and the national one."""
    columns = (
        Column("domain", _("Domaine"), definition="domain"),
        Column("count", _("Étudiants qui partagent"), "count", "shared_measured"),
        Column("mean", _("Score moyen"), "decimal", "mean_by_domain"),
        Column("low", _("Au moins"), "decimal", "interval"),
        Column("high", _("Au plus"), "decimal", "interval"),
        Column("national", _("National"), "decimal", "national_mean"),
    )
    rows = [
        (row["label"], row["count"], row["estimate"], row["low"], row["high"], row["national"])
        for row in domains["rows"]
    ]
    return Table("domains", _("Niveaux par domaine"), columns, rows, as_of)


def trend_sheet(trend: dict[str, Any], as_of: datetime) -> Table:
    """Return the mean score week by week, of those who share, and the country's."""
    columns = (
        Column("week", _("Semaine du"), "date", "week"),
        Column("mean", _("Score moyen"), "decimal", "mean_score"),
        Column("national", _("National"), "decimal", "national_mean"),
    )
    rows = [(row["monday"], row["ours"], row["national"]) for row in trend["rows"]]
    return Table("trend", _("Score moyen par semaine"), columns, rows, as_of)


def people_sheet(rows: QuerySet[LearnerSummary], framework: FrameworkTree, language: str, as_of: datetime) -> Table:
    """Return the whole list of students asked for, read as it is written."""
    columns = (
        *_who(),
        Column("begun", _("A commencé"), "date", "begun_day"),
        Column("last_step", _("Dernière activité"), "date", "last_step"),
        Column("measured", _("Test"), "date", "measured_day"),
        Column("score", _("Score"), "score", "score"),
        Column("low", _("Au moins"), "score", "interval"),
        Column("high", _("Au plus"), "score", "interval"),
        Column("level", _("Niveau"), "level", "level"),
        Column("modules", _("Modules"), "count", "modules_completed"),
        Column("minutes", _("Temps en ligne, en minutes"), "count", "online_hours"),
    )
    titles = {level.code: level.title(language) for level in framework.levels}
    return Table(
        "people",
        _("Étudiants"),
        columns,
        lambda: (_person(row, titles) for row in rows.iterator(chunk_size=CHUNK)),
        as_of,
    )


def map_sheet(rows: QuerySet[LearnerSummary], framework: FrameworkTree, language: str, as_of: datetime) -> Table:
    """Return the level of each student in each competency."""
    parts = [Column(part.code, part.title(language), "level", "level") for part in framework.competencies]
    titles = {level.code: level.title(language) for level in framework.levels}
    return Table(
        "map",
        _("Carte des compétences"),
        (*_who(), *parts),
        lambda: (_cells(row, framework, titles) for row in rows.iterator(chunk_size=CHUNK)),
        as_of,
    )


def _who() -> tuple[Column, ...]:
    return (
        Column("number", _("Numéro"), definition="student_number"),
        Column("last_name", _("Nom"), definition="last_name"),
        Column("first_name", _("Prénom"), definition="first_name"),
        Column("group", _("Groupe"), definition="group"),
    )


def _identity(row: LearnerSummary) -> tuple[str, str, str, str]:
    student = row.enrolment.student
    return (
        student.student_number,
        student.usage_name or student.last_name,
        student.first_name,
        row.enrolment.group,
    )


def _person(row: LearnerSummary, titles: dict[str, str]) -> tuple[Any, ...]:
    why = why_withheld(row)
    detail = (why,) * 4 if why else (row.score, row.low, row.high, titles.get(row.level, row.level))
    dates = (_day(row.begun_at), _day(row.last_step_at), _day(row.measured_at))
    return (*_identity(row), *dates, *detail, row.modules_completed, row.minutes)


def _cells(row: LearnerSummary, framework: FrameworkTree, titles: dict[str, str]) -> tuple[Any, ...]:
    why = why_withheld(row)
    if why:
        return (*_identity(row), *(why,) * len(framework.competencies))
    found = (row.competencies.get(part.code) for part in framework.competencies)
    return (*_identity(row), *(titles.get(str(result[3])) if result else None for result in found))


def why_withheld(row: LearnerSummary) -> Mask | None:
    """Return why the detail of somebody is not shown; None when it is. Not sharing is never told as not begun."""
    if row.measured_at is None:
        return Mask.UNMEASURED
    return None if row.shares else Mask.UNSHARED  # type: ignore[attr-defined]


def _day(at: datetime | None) -> date | None:
    """Return the day of a moment, as the page writes it."""
    return timezone.localtime(at).date() if at else None
