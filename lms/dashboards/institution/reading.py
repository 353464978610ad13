"""What an institution's page reads: its cohorts and those of the institutes attached to it, and their figures."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from kernel.errors import NotFound
from lms.cohorts.api import Access, Cohort, Institution, Programme, academic_year, find_institution

from .. import figures
from ..figures import Figures, Freshness, Scope
from .asked import Asked, Chosen, choose

# What no page says of an institution or a programme: read once for each of two hundred cohorts.
UNREAD = ("loaded", "note")


def _part(path: str, model: type[Model]) -> tuple[str, type[Model], list[str]]:
    return path, model, [one.attname for one in model._meta.concrete_fields if one.name not in UNREAD]


PARTS = (_part("", Cohort), _part("institution__", Institution), _part("programme__", Programme))


@dataclass(frozen=True)
class House:
    """An institution whose people the reader may see, with its cohorts and those attached to it on that day."""

    institution: Institution
    cohorts: list[Cohort]

    @property
    def attached(self) -> list[Institution]:
        """Return the attached institutes that have cohorts, by name."""
        found = {one.institution_id: one.institution for one in self.cohorts}
        return sorted((one for pk, one in found.items() if pk != self.institution.pk), key=lambda one: one.name)


@dataclass(frozen=True)
class Seen:
    """The figures of a page: of all that is shown together, of each cohort, programme and institution in it."""

    house: House
    chosen: Chosen
    whole: Figures
    cohorts: dict[int, Figures]
    programmes: dict[int, Figures]
    institutions: dict[int, Figures]
    fresh: Freshness

    @property
    def as_of(self) -> datetime:
        """Return the moment of the data."""
        return self.fresh.as_of


def find_house(access: Access, key: str) -> House:
    """Return an institution with its cohorts: one query when it has some. Raises NotFound outside what is visible."""
    institution, rows = find_seen_institution(access, key)
    if not access.may_see_names(institution):
        raise NotFound
    return House(institution, rows)


def find_seen_institution(access: Access, key: str) -> tuple[Institution, list[Cohort]]:
    """Return an institution and the cohorts of it, or attached to it, that `access` sees, maybe one alone.

    Raises NotFound outside what is visible.
    """
    rows = _cohorts(access, key)
    institution = next((one.institution for one in rows if one.institution.key == key), None)
    if institution is None:
        institution = find_institution(access, key)
        rows = _cohorts(access, institution.key)
    return institution, rows


def _cohorts(access: Access, key: str) -> list[Cohort]:
    today = timezone.localdate(access.at)
    tie = Q(attachments__parent__key=key, attachments__start_date__lte=today)
    ends = Q(attachments__end_date=None) | Q(attachments__end_date__gt=today)
    houses = Institution.objects.filter(Q(key=key) | tie & ends)  # asked apart: no row twice, so nothing to sort out
    rows = Cohort.objects.visible_to(access).filter(institution__in=houses.order_by())
    return _joined(rows.order_by("-academic_year", "programme__title", "name", "institution__name", "pk"))


def _joined(rows: QuerySet[Cohort]) -> list[Cohort]:
    """Return cohorts with their institution and programme, each made once: a university has hundreds, of a few."""
    made: dict[tuple[str, Any], Any] = {}
    found: list[Cohort] = []
    for row in rows.values_list(*(f"{path}{name}" for path, _model, names in PARTS for name in names)):
        values = iter(row)
        for path, model, names in PARTS:
            own = list(islice(values, len(names)))  # the key first
            if (path, own[0]) not in made:
                made[path, own[0]] = model.from_db(rows.db, names, own)
            if path:
                setattr(found[-1], path.rstrip("_"), made[path, own[0]])
            else:
                found.append(made[path, own[0]])
    return found


def see(house: House, asked: Asked, now: datetime) -> Seen:
    """Return the figures asked for: six queries, whatever the sizes."""
    chosen = choose(asked, house.cohorts, academic_year(timezone.localdate(now)))
    year, houses = chosen.year or None, {one.institution_id for one in chosen.cohorts} | {house.institution.pk}
    everything = _scope(house.institution)
    return Seen(
        house,
        chosen,
        figures.of(_scope_of(house.institution, chosen), year),
        figures.by_cohort(houses, year),
        figures.by_programme(everything, year),
        figures.by_institution(houses, year, programme=chosen.programme_id) if len(houses) > 1 else {},
        figures.freshness(now, [one.pk for one in chosen.shown]),
    )


def _scope_of(institution: Institution, chosen: Chosen) -> Scope:
    if chosen.cohort is not None:
        return Scope.cohort(chosen.cohort.pk)
    return _scope(institution, chosen.programme_id)


def _scope(institution: Institution, programme: int = 0) -> Scope:
    """Return what an institution counts: a university, the people of those attached to it too."""
    if institution.kind == Institution.Kind.UNIVERSITY:
        return Scope.university(institution.pk, programme=programme)
    return Scope.institution(institution.pk, programme=programme)
