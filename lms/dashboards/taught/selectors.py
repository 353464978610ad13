"""Hours of class: of some cohorts, of one entry, and what figures count of them."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Max, QuerySet, Sum

from kernel.errors import NotFound
from lms.cohorts.api import Access, Cohort

from ..models import TaughtCompetency, TaughtHours


def minutes_by_cohort(cohort_ids: Collection[int]) -> dict[int, int]:
    """Return {cohort id: minutes of class} of those that had some: one query."""
    rows = TaughtHours.objects.filter(cohort_id__in=cohort_ids).order_by().values_list("cohort_id")
    return dict(rows.annotate(Sum("minutes")))


def hours_of(cohorts: QuerySet[Cohort] | Collection[Cohort]) -> QuerySet[TaughtHours]:
    """Return what was recorded for these cohorts, the latest day first, with what it was about."""
    rows = TaughtHours.objects.filter(cohort__in=cohorts).select_related("cohort", "recorded_by")
    return rows.prefetch_related("competencies").order_by("-taught_date", "-pk")


def find_hours(access: Access, uuid: UUID) -> TaughtHours:
    """Return one entry with its cohort; raises NotFound outside the cohorts that `access` sees."""
    rows = TaughtHours.objects.filter(uuid=uuid, cohort__in=Cohort.objects.visible_to(access))
    found = rows.select_related("cohort__institution").prefetch_related("competencies").first()
    if found is None:
        raise NotFound
    return found


def taught_by_programme() -> dict[int, set[str]]:
    """Return {programme id: codes of the competencies some class was about}, in the whole country: one query."""
    rows = TaughtCompetency.objects.order_by().values_list("taught__cohort__programme_id", "code")
    found: dict[int, set[str]] = {}
    for programme_id, code, _last in rows.annotate(Max("pk")):
        found.setdefault(programme_id, set()).add(code)
    return found
