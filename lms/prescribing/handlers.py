"""What prescribing does, after the fact, about modules, places and mergers."""

from datetime import datetime

from kernel import jobs
from kernel.events import listen
from lms.accounts.api import User
from lms.assessments.api import Assignment
from lms.cohorts.api import Institution
from lms.cohorts.events import CohortRostered, Enrolled, EnrolmentClaimed, InstitutionMerged
from lms.learning import api as learning
from lms.learning.events import JourneyCompleted, ModuleCompleted, ModuleStarted

from .services import SETTLE
from .settling import settle_person


@listen(ModuleStarted)
def note_module_started(event: ModuleStarted) -> None:
    """Note that somebody has begun the journeys of a module, those that are asked of them."""
    _note_module(event.module, event.owner, event.at)


@listen(ModuleCompleted)
def note_module_completed(event: ModuleCompleted) -> None:
    """Note where somebody is in the journeys of a module, those that are asked of them."""
    _note_module(event.module, event.owner, event.at)


@listen(JourneyCompleted)
def note_journey(event: JourneyCompleted) -> None:
    """Note that somebody has completed a journey that is asked of them, unless they left since."""
    if _is_here(event.owner):
        settle_person(event.owner, event.at, [event.journey])


@listen(Enrolled, only=lambda event: event.user is not None)
def note_enrolled(event: Enrolled) -> None:
    """Note what somebody had done before they had a place among those who are asked."""
    _note_arrival(event.user, event.at)


@listen(EnrolmentClaimed)
def note_claimed(event: EnrolmentClaimed) -> None:
    """Note what somebody had done before they claimed their place."""
    _note_arrival(event.user, event.at)


@listen(CohortRostered)
def note_roster(event: CohortRostered) -> None:
    """Have the same noted for everybody of a cohort that many joined at once."""
    rows = Assignment.objects.filter(cohorts__uuid=event.aggregate, closed_at=None).exclude(journey_key="")
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        jobs.enqueue(SETTLE, {"assignment": pk})


@listen(InstitutionMerged)
def follow_merger(event: InstitutionMerged) -> None:
    """What an institution asked is asked by the one that took it over: the cohorts are there already."""
    into = Institution.objects.filter(uuid=event.into).first()
    if into is not None:
        Assignment.objects.filter(institution__uuid=event.aggregate).update(institution=into)


def _note_module(module: str, owner_id: int, at: datetime) -> None:
    keys = [journey.key for journey in learning.journeys() if module in journey.every_key]
    if keys and _is_here(owner_id):
        settle_person(owner_id, at, keys)


def _note_arrival(user_id: int | None, at: datetime) -> None:
    if user_id is not None and _is_here(user_id):
        settle_person(user_id, at)


def _is_here(user_id: int) -> bool:
    return User.objects.filter(pk=user_id).exists()
