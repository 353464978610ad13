"""What an institution's page reads: its cohorts and those of the institutes attached to it, and their figures."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from kernel.errors import NotFound
from lms.cohorts.api import Access, Cohort, Institution, academic_year, find_institution

from .. import figures
from ..figures import Figures, Scope
from .asked import Asked, Chosen, choose


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
    as_of: datetime


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
    tie = Q(institution__attachments__parent__key=key, institution__attachments__start_date__lte=today)
    ends = Q(institution__attachments__end_date=None) | Q(institution__attachments__end_date__gt=today)
    rows = Cohort.objects.visible_to(access).filter(Q(institution__key=key) | tie & ends).distinct()
    rows = rows.select_related("institution", "programme")
    return list(rows.order_by("-academic_year", "programme__title", "name", "institution__name", "pk"))


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
        figures.as_of(now),
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
