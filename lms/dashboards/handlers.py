"""Figures follow what happens: the worker reads again the rows of whom it happened to. Anonymous answers wake nobody.

Reading rows again is what makes each handler idempotent, and indifferent to the order of events.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from kernel import clock, jobs
from kernel.events import Event, listen, listen_to_several
from kernel.models import Job
from lms.assessments.events import AttemptCompleted, AttemptErased, AttemptKept, AttemptStarted
from lms.cohorts.events import (
    AttachmentChanged,
    CohortChanged,
    CohortMoved,
    CohortRostered,
    Enrolled,
    EnrolmentClaimed,
    EnrolmentEnded,
    EnrolmentUnclaimed,
    InstitutionMerged,
    SharingGranted,
    SharingWithdrawn,
)
from lms.learning.events import JourneyCompleted, ModuleCompleted, ModuleStarted, StepSeen, TimeCounted

from .events import HoursTaught, PlaceRemoved, ValidationDeclared
from .models import LearnerSummary
from .rollups import failed, keeping, leaving, raw
from .rollups.failed import REFRESH
from .rollups.journeys import note_completed

CHUNK = 200
Kinds = tuple[type[Event], ...]
OF_ACCOUNTS: Kinds = (
    AttemptStarted, AttemptCompleted, AttemptKept, AttemptErased, ModuleStarted, StepSeen, TimeCounted, ModuleCompleted,
)  # fmt: skip
OF_STUDENTS: Kinds = (
    Enrolled, EnrolmentEnded, EnrolmentClaimed, EnrolmentUnclaimed, PlaceRemoved, ValidationDeclared,
)  # fmt: skip
OF_SHARING: Kinds = (SharingGranted, SharingWithdrawn)
OF_COHORTS: Kinds = (CohortChanged, CohortRostered, CohortMoved, HoursTaught)
OF_INSTITUTIONS: Kinds = (AttachmentChanged, InstitutionMerged)
HEARD = [
    f"{event.__module__.split('.')[1]}.{event.__name__}"
    for event in (*OF_ACCOUNTS, *OF_STUDENTS, *OF_SHARING, *OF_COHORTS, *OF_INSTITUTIONS, JourneyCompleted)
]


def follow_accounts(events: Sequence[Event]) -> None:
    """Count anew those who did something."""
    keeping.refresh(users={user for event in events for user in _users(event)})


def follow_student(event: Event) -> None:
    """Count anew a student whose places changed, and the account that has them, or had."""
    keeping.refresh(users=_users(event), students=raw.student_ids([event.aggregate]))


def follow_journey(event: JourneyCompleted) -> None:
    """Keep that a journey was completed, whatever it asks for later, and count its reader anew."""
    note_completed(user_id=event.owner, journey=event.journey, at=event.at)
    keeping.refresh(users=[event.owner])


def follow_cohort(event: Event) -> None:
    """Count anew the people of a cohort, as a job: a roster may have brought a thousand."""
    jobs.enqueue(REFRESH, {"cohorts": raw.cohort_ids(cohort=event.aggregate)})


def follow_institution(event: Event) -> None:
    """Count anew the people of all the cohorts of an institution whose university changed."""
    jobs.enqueue(REFRESH, {"cohorts": raw.cohort_ids(institution=event.aggregate)})


@jobs.job(REFRESH)
def refresh_cohorts(job: Job) -> None:
    """Count anew everybody who has, or had, a place in these cohorts, a few hundred at a time."""
    cohorts: list[int] = job.payload["cohorts"]
    before = failed.failed()
    for done, cohort_id in enumerate(cohorts, start=1):
        for students in _chunks(raw.student_ids_of_cohort(cohort_id)):
            keeping.refresh(students=students)
            jobs.report_progress(job, 100 * (done - 1) // len(cohorts))
    failed.make_good(before, cohorts=cohorts)


@receiver(pre_delete, sender=LearnerSummary, dispatch_uid="lms.dashboards.place_removed")
def note_place_removed(sender: type[LearnerSummary], instance: LearnerSummary, **kwargs: Any) -> None:
    """Take a place that is deleted out of the figures."""
    leaving.forget_place(instance, now=clock.now())


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    found = list(ids)
    return (found[start : start + CHUNK] for start in range(0, len(found), CHUNK))


def _users(event: Event) -> list[int]:
    found = getattr(event, "owner", None) or getattr(event, "user", None)
    return [found] if found else []


def _is_of_somebody(event: Event) -> bool:
    return bool(_users(event))


for told in (*OF_ACCOUNTS, *OF_SHARING):
    listen_to_several(told, only=_is_of_somebody)(follow_accounts)
for told in OF_STUDENTS:
    listen(told)(follow_student)
for told in OF_COHORTS:
    listen(told)(follow_cohort)
for told in OF_INSTITUTIONS:
    listen(told)(follow_institution)
listen(JourneyCompleted)(follow_journey)
