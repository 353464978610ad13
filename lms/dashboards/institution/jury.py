"""Those a jury may take as validated: measured here and declared by the institution, always apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from lms.cohorts.api import Cohort, Institution, SharingGrant

from ..models import Declaration, LearnerSummary
from ..rollups.places import Kind as Place
from ..rollups.places import bit
from ..tables import Column, Kind, Mask, Table
from .asked import Asked, Chosen
from .reading import House

CHUNK = 500
BY_NAME = ("enrolment__student__last_name", "enrolment__student__first_name", "pk")
UNREAD = ("domains", "competencies", "errors")
MEANS = LearnerSummary.Means
Rows = QuerySet[LearnerSummary] | Sequence[LearnerSummary]


@dataclass(frozen=True)
class Session:
    """The days between which a jury looks, both included; None: no limit."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, query: QueryDict) -> "Session":
        """Read it of an address; what is no day asks for nothing."""
        return cls(_day(query.get("du", "")), _day(query.get("au", "")))

    def query(self, asked: Asked, **other: str) -> str:
        """Return the parameters of the same lists with something else asked."""
        days = {"du": self.first, "au": self.last}
        kept = {name: day.isoformat() for name, day in days.items() if day} | other
        before = asked.query()
        return f"{before}{'&' if len(before) > 1 else ''}{urlencode(kept)}" if kept else before


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:  # 31 February
        return None


def validated(house: House, chosen: Chosen, session: Session) -> QuerySet[LearnerSummary]:
    """Return the trained people of what is shown, each once, by name."""
    cohorts, houses = [one.pk for one in chosen.shown], {one.institution_id for one in chosen.shown}
    rows = LearnerSummary.objects.filter(cohort_id__in=cohorts, institution_id__in=houses, trained_date__isnull=False)
    if chosen.year:  # the cohorts say it already; so said, an index on the trained of a year is read
        rows = rows.filter(academic_year=chosen.year)
    rows = rows.annotate(counted=F("scopes").bitand(_bit(house.institution, chosen))).filter(counted__gt=0)
    if session.first:
        rows = rows.filter(trained_date__gte=session.first)
    if session.last:
        rows = rows.filter(trained_date__lte=session.last)
    return rows.order_by(*BY_NAME)


def told(rows: QuerySet[LearnerSummary]) -> QuerySet[LearnerSummary]:
    """Return the same people with all that a list says of them; `shares`: whether their level may be said."""
    agreed = SharingGrant.objects.standing().filter(
        user=OuterRef("user"), institution=OuterRef("institution"), scope=SharingGrant.Scope.COMPETENCY_DETAIL
    )
    rows = rows.select_related("enrolment__student", "enrolment__declaration")
    return rows.defer(*UNREAD).annotate(shares=Exists(agreed.order_by())).order_by(*BY_NAME)


def _bit(institution: Institution, chosen: Chosen) -> int:
    """Return the bit of the place in which each person is counted once."""
    if chosen.cohort is not None:
        return bit(Place.COHORT, is_all_years=False)
    is_university = institution.kind == Institution.Kind.UNIVERSITY
    if chosen.programme:
        place = Place.UNIVERSITY_PROGRAMME if is_university else Place.INSTITUTION_PROGRAMME
    else:
        place = Place.UNIVERSITY if is_university else Place.INSTITUTION
    return bit(place, is_all_years=not chosen.year)


@dataclass(frozen=True)
class Told:
    """What goes with the lists: the date of the data, the titles of levels, what was asked for, the cohorts by id.

    `year` is "" when several are listed: each cohort then says its own.
    """

    as_of: datetime
    levels: Mapping[str, str]
    filters: list[tuple[str, str]]
    cohorts: Mapping[int, Cohort]
    year: str = ""


def table_of(means: str, rows: Rows, told: Told) -> Table:
    """Return one of the two lists: those measured here, or those declared."""
    return _measured_table(rows, told) if means == MEANS.MEASURED else _declared_table(rows, told)


def _measured_table(rows: Rows, told: Told) -> Table:
    """Return those who completed the journey and its final check here."""
    columns = [
        *_who(),
        Column("date", _("Formé le"), Kind.DATE, "trained_measured"),
        Column("result", _("Résultat"), definition="result"),
        Column("level", _("Niveau"), Kind.LEVEL, "level"),
    ]
    note = _(
        "Le niveau n’est dit que de ceux qui le partagent. "
        "Qui a été formé avant cette année y est aussi : les dates de session bornent la liste."
    )
    title = _("Formés, mesurés ici")
    return Table(
        MEANS.MEASURED,
        title,
        columns,
        lambda: (_measured(row, told) for row in _each(rows)),
        told.as_of,
        note=note,
        filters=told.filters,
    )


def _declared_table(rows: Rows, told: Told) -> Table:
    """Return those whom their institution declares validated, with the means."""
    columns = [
        *_who(),
        Column("date", _("Validé le"), Kind.DATE, "trained_declared"),
        Column("means", _("Résultat"), definition="means"),
    ]
    title = _("Validés, déclarés par l’établissement")
    return Table(
        MEANS.DECLARED,
        title,
        columns,
        lambda: (_declared(row, told) for row in _each(rows)),
        told.as_of,
        filters=told.filters,
    )


def _each(rows: Rows) -> Iterable[LearnerSummary]:
    """Read a queryset as it is written; a page of it is in memory already."""
    return rows.iterator(chunk_size=CHUNK) if isinstance(rows, QuerySet) else rows


def _who() -> list[Column]:
    return [
        Column("number", _("Numéro"), definition="student_number"),
        Column("last_name", _("Nom"), definition="last_name"),
        Column("first_name", _("Prénom"), definition="first_name"),
        Column("programme", _("Filière"), definition="programme"),
        Column("cohort", _("Cohorte"), definition="cohort"),
        Column("online", _("Heures en ligne"), Kind.DECIMAL, "online_hours"),
        Column("class", _("Heures de cours"), Kind.DECIMAL, "class_hours"),
    ]


def _identity(row: LearnerSummary, told: Told) -> tuple[Any, ...]:
    student, cohort = row.enrolment.student, told.cohorts[row.cohort_id]
    names = (student.student_number, student.usage_name or student.last_name, student.first_name)
    where = (cohort.programme.title, cohort.name if told.year else str(cohort))
    return (*names, *where, row.minutes / 60, row.taught_minutes / 60, row.trained_date)


def _measured(row: LearnerSummary, told: Told) -> tuple[Any, ...]:
    if row.measured_at is None:
        level: Any = Mask.UNMEASURED
    elif row.shares:  # type: ignore[attr-defined]
        level = told.levels.get(row.level, row.level)
    else:
        level = Mask.UNSHARED
    return (*_identity(row, told), _("Parcours et bilan achevés"), level)


def _declared(row: LearnerSummary, told: Told) -> tuple[Any, ...]:
    found = declared_here(row)
    means = _("Déclaré : %(means)s") % {"means": found.means} if found else _("Déclaré pour une autre année")
    return (*_identity(row, told), means)


def declared_here(row: LearnerSummary) -> Declaration | None:
    """Return what was declared of this very place; None when it was of another year's."""
    return getattr(row.enrolment, "declaration", None)


def titles_of(chosen: Chosen, session: Session) -> list[tuple[str, str]]:
    """Return what was asked for, as a file says it."""
    programme = next((one.programme.title for one in chosen.shown if chosen.programme), "")
    asked = [
        (_("Année"), chosen.year or _("Toutes les années")),
        (_("Filière"), programme),
        (_("Cohorte"), _name(chosen.cohort)),
        (_("Du"), session.first.isoformat() if session.first else ""),
        (_("Au"), session.last.isoformat() if session.last else ""),
    ]
    return [(name, value) for name, value in asked if value]


def _name(cohort: Cohort | None) -> str:
    return str(cohort) if cohort else ""
