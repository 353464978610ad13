"""The cohorts of an institution: opened, renamed, closed, taken over into a new academic year."""

from datetime import datetime
from typing import Any

from django.db import transaction

from kernel import audit
from kernel.events import publish

from ..errors import CohortNameTaken
from ..events import CohortChanged
from ..models import Cohort, Institution, Programme
from ..years import next_year


@transaction.atomic
def open_cohort(
    *,
    institution: Institution,
    programme: Programme,
    academic_year: str,
    name: str,
    year_of_study: int | None,
    actor_id: int | None,
    now: datetime,
) -> Cohort:
    """Create a cohort. Raises CohortNameTaken when the institution has one of that name that year."""
    _ensure_free(institution.pk, academic_year, name, exclude=0)
    cohort = Cohort.objects.create(
        institution=institution,
        programme=programme,
        academic_year=academic_year,
        name=name,
        year_of_study=year_of_study,
    )
    _tell(cohort, "opened", {"name": name, "academic_year": academic_year}, actor_id, now)
    return cohort


@transaction.atomic
def rename_cohort(*, cohort: Cohort, name: str, year_of_study: int | None, actor_id: int | None, now: datetime) -> None:
    """Change the name and the year of study. Raises CohortNameTaken."""
    if (cohort.name, cohort.year_of_study) == (name, year_of_study):
        return
    _ensure_free(cohort.institution_id, cohort.academic_year, name, exclude=cohort.pk)
    details = {"before": cohort.name, "after": name, "year_of_study": year_of_study}
    cohort.name, cohort.year_of_study = name, year_of_study
    cohort.save(update_fields=["name", "year_of_study"])
    _tell(cohort, "renamed", details, actor_id, now)


@transaction.atomic
def close_cohort(*, cohort: Cohort, actor_id: int | None, now: datetime) -> None:
    """Close a cohort: nobody joins it any more, its people and figures stay. Closing again changes nothing."""
    if cohort.closed_at is None:
        _set_closed(cohort, now, "closed", actor_id, now)


@transaction.atomic
def reopen_cohort(*, cohort: Cohort, actor_id: int | None, now: datetime) -> None:
    """Open a closed cohort again."""
    if cohort.closed_at is not None:
        _set_closed(cohort, None, "reopened", actor_id, now)


@transaction.atomic
def begin_year(*, institution: Institution, year: str, actor_id: int | None, now: datetime) -> list[Cohort]:
    """Copy the open cohorts of `year`, without their people, into the year that follows; return those made.

    Doing it again makes only what is missing. Raises ValueError when `year` is no academic year.
    """
    after = next_year(year)
    there = set(_names(institution, after))
    models = Cohort.objects.filter(institution=institution, academic_year=year, closed_at=None).order_by("name")
    return [
        open_cohort(
            institution=institution,
            programme=model.programme,
            academic_year=after,
            name=model.name,
            year_of_study=model.year_of_study,
            actor_id=actor_id,
            now=now,
        )
        for model in models.select_related("programme")
        if model.name not in there
    ]


def _names(institution: Institution, year: str) -> list[str]:
    rows = Cohort.objects.filter(institution=institution, academic_year=year)
    return list(rows.order_by("name").values_list("name", flat=True))


def _ensure_free(institution_id: int, year: str, name: str, *, exclude: int) -> None:
    same = Cohort.objects.filter(institution_id=institution_id, academic_year=year, name=name).exclude(pk=exclude)
    if same.exists():
        raise CohortNameTaken


def _set_closed(cohort: Cohort, closed_at: datetime | None, action: str, actor_id: int | None, now: datetime) -> None:
    cohort.closed_at = closed_at
    cohort.save(update_fields=["closed_at"])
    _tell(cohort, action, {"name": cohort.name}, actor_id, now)


def _tell(cohort: Cohort, action: str, details: dict[str, Any], actor_id: int | None, now: datetime) -> None:
    audit.record(actor_id=actor_id, action=f"cohort.{action}", target=cohort, details=details, at=now)
    publish(CohortChanged(aggregate=cohort.uuid, at=now, institution=cohort.institution.uuid))
