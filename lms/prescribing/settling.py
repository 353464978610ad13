"""Noting where people are in the journey that is asked: as it happens, and what they had done before it was asked."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kernel.jobs import job, report_progress
from kernel.models import Job
from lms.assessments.api import Assignment, Participation
from lms.cohorts.api import Enrolment
from lms.learning import api as learning

from .asking import assignments_of
from .services import SETTLE

BATCH = 200


def settle(asked: Assignment, user_ids: Collection[int]) -> int:
    """Note where people are in the journey of `asked` by what they have done; return how many rows changed."""
    journey = learning.journey(asked.journey_key) if asked.journey_key else None
    if journey is None or not journey.is_published or not user_ids:
        return 0
    moments = learning.journey_moments(journey, user_ids)
    return sum(_note(asked, user_id, found) for user_id, found in sorted(moments.items()))


@transaction.atomic
def _note(asked: Assignment, user_id: int, found: learning.Moments) -> bool:
    Participation.objects.get_or_create(assignment=asked, user_id=user_id)
    rows = Participation.objects.select_for_update(of=("self",)).select_related("assignment")
    row = rows.get(assignment=asked, user_id=user_id)
    moments = {"begun_at": found.begun_at}
    if found.finished_at is not None:
        moments["journey_finished_at"] = found.finished_at
    changed = row.note(**moments)
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def settle_person(user_id: int, now: datetime, journeys: Collection[str] | None = None) -> None:
    """Note where somebody is in the journeys that are asked of them, or in some of these."""
    rows = assignments_of(user_id, now).filter(closed_at=None).exclude(journey_key="").order_by("pk")
    for asked in rows if journeys is None else rows.filter(journey_key__in=journeys):
        settle(asked, [user_id])


@job(SETTLE)
def settle_everybody(row: Job) -> None:
    """Note where all those who are asked were when it was asked. Running it again changes nothing."""
    asked = Assignment.objects.filter(pk=row.payload["assignment"]).first()
    if asked is None:
        return
    everybody = people_of(asked, row.created_at)
    lots = batches(everybody)
    for done, batch in enumerate(lots, 1):
        settle(asked, batch)
        report_progress(row, min(99, 100 * done // len(lots)))


def people_of(asked: Assignment, now: datetime) -> Sequence[int]:
    """Return the accounts of all those who are asked."""
    standing = Enrolment.objects.standing(timezone.localdate(now)).filter(cohort__assignments=asked)
    placed = set(standing.exclude(user=None).order_by().values_list("user_id", flat=True))
    joined = Participation.objects.filter(assignment=asked, joined_at__isnull=False).order_by()
    return sorted({pk for pk in (*placed, *joined.values_list("user_id", flat=True)) if pk is not None})


def batches(people: Sequence[int]) -> list[Sequence[int]]:
    """Return people in lots that a query can name."""
    return [people[start : start + BATCH] for start in range(0, len(people), BATCH)]
