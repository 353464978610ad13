"""Letting somebody begin what is asked of them: who, when, how many times. Decided under the lock of their own row."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel import actors
from lms.cohorts.api import Adjustment, Enrolment, adjustment_of

from .. import windows
from ..errors import (
    AssignmentClosed,
    AssignmentHasNoTest,
    AssignmentNotJoined,
    AssignmentNotOpen,
    AssignmentUnknown,
    AttemptsExhausted,
    AttemptUnderWay,
    CohortIsClosed,
    SignInToStart,
)
from ..models import Assignment, AssignmentExtension, Attempt, Participation
from ..models.asking import read_code


class Admission(NamedTuple):
    """What was asked, and in which conditions the person sits it."""

    assignment: Assignment
    adjustment: Adjustment


def admit(*, code: str, owner_id: int | None, now: datetime) -> Admission:
    """Count one more attempt of `owner_id` at what `code` asks, and return it.

    Raises AssignmentUnknown, SignInToStart, AssignmentHasNoTest, AssignmentNotJoined, CohortIsClosed,
    AssignmentNotOpen, AssignmentClosed, AttemptUnderWay or AttemptsExhausted.
    """
    asked = find_assignment(code)
    if owner_id is None:
        raise SignInToStart
    if asked.assessment is None:
        raise AssignmentHasNoTest
    row = lock_participation(asked, owner_id)
    ensure_may_begin(asked, row, now)
    _ensure_one_more(asked, row, now)
    row.attempts += 1
    row.note(begun_at=now)
    row.save(update_fields=["attempts", "begun_at", "finished_at"])
    return Admission(asked, adjustment_of(user_id=owner_id, institution_id=asked.institution_id))


@actors.as_worker()
def find_assignment(code: str) -> Assignment:
    """Return what `code` asks, with its test and its institution. Raises AssignmentUnknown."""
    rows = Assignment.objects.select_related("assessment__blueprint", "institution")
    found = rows.filter(code=read_code(code)).first()
    if found is None:
        raise AssignmentUnknown
    return found


def lock_participation(asked: Assignment, user_id: int) -> Participation:
    """Return where the person is in it, written the first time, locked until the transaction ends."""
    Participation.objects.get_or_create(assignment=asked, user_id=user_id)
    row = Participation.objects.select_for_update().get(assignment=asked, user_id=user_id)
    row.assignment = asked
    return row


def ensure_may_begin(asked: Assignment, row: Participation, now: datetime) -> None:
    """Raise what keeps the person from beginning: not asked, not joined, too early, too late."""
    places = _places(asked, row, now)
    extensions = AssignmentExtension.objects.filter(assignment=asked).order_by("pk")
    closes_at = windows.closing(
        asked,
        extensions,
        user_id=row.user_id,
        student_ids={place.student_id for place in places},
        groups={(place.cohort_id, place.group) for place in places},
    )
    _ensure_in_window(asked, closes_at, now)


def _places(asked: Assignment, row: Participation, now: datetime) -> list[Enrolment]:
    """Return the places of the person in the cohorts it is asked of. Raises when they are not asked."""
    standing = Enrolment.objects.standing(windows.day_of(now, asked.institution))
    rows = standing.filter(user_id=row.user_id, cohort__assignments=asked).select_related("cohort")
    places = list(rows.order_by("pk"))
    if row.joined_at is None:
        _ensure_asked(asked, places)
    return places


def _ensure_asked(asked: Assignment, places: list[Enrolment]) -> None:
    if not places:
        raise AssignmentNotJoined if asked.is_open else AssignmentUnknown
    if all(place.cohort.closed_at is not None for place in places):
        raise CohortIsClosed


def _ensure_in_window(asked: Assignment, closes_at: datetime | None, now: datetime) -> None:
    where = windows.window(asked, closes_at, now)
    if where is windows.Window.AHEAD:
        day = windows.written_day(asked.opens_at, asked.institution)
        raise AssignmentNotOpen(_("Cette demande s’ouvre le %(day)s.") % {"day": day})
    if where is windows.Window.OVER and closes_at is not None:
        day = windows.written_day(closes_at, asked.institution)
        raise AssignmentClosed(
            _("Cette demande était à commencer jusqu’au %(day)s. Votre établissement peut prolonger ce délai.")
            % {"day": day}
        )
    if where is windows.Window.CLOSED:
        raise AssignmentClosed


def _ensure_one_more(asked: Assignment, row: Participation, now: datetime) -> None:
    begun = Attempt.objects.filter(assignment=asked, owner_id=row.user_id, state=Attempt.State.OPEN)
    if begun.filter(Q(deadline_at=None) | Q(deadline_at__gte=now)).exists():
        raise AttemptUnderWay
    allowed = asked.attempts_allowed
    if allowed and row.attempts >= allowed:
        sentence = ngettext(
            "Cette demande se passe une fois, et vous l’avez déjà fait.",
            "Cette demande se passe %(allowed)d fois au plus, et vous les avez utilisées.",
            allowed,
        )
        raise AttemptsExhausted(sentence % {"allowed": allowed})
