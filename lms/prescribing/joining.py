"""What somebody who is asked decides: to go on, to join by the code, to show their detail or not."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from lms.accounts.api import User
from lms.assessments.api import Assignment, Participation, day_of, ensure_may_begin, find_assignment, lock_participation
from lms.assessments.errors import AssignmentUnknown
from lms.cohorts.api import Enrolment, Institution, grant_sharing, withdraw_sharing

from .asking import assignments_of
from .settling import settle


def is_asked(asked: Assignment, user_id: int, now: datetime) -> bool:
    """Say whether it is asked of somebody: by a place they have, or because they joined."""
    joined = Participation.objects.filter(assignment=asked, user_id=user_id, joined_at__isnull=False)
    return is_placed(asked, user_id, now) or joined.exists()


def is_placed(asked: Assignment, user_id: int, now: datetime) -> bool:
    """Say whether it is asked of somebody by a place they have in a cohort."""
    standing = Enrolment.objects.standing(day_of(now, asked.institution)).filter(user_id=user_id)
    return standing.filter(cohort__assignments=asked).exists()


def find_for(code: str, user_id: int, now: datetime) -> tuple[Assignment, bool]:
    """Return what `code` asks, and whether it is asked of this person already; else they may join it.

    Raises AssignmentUnknown when it is neither, unless they had begun: what is theirs stays within reach.
    """
    asked = find_assignment(code)
    if is_asked(asked, user_id, now):
        return asked, True
    begun = Participation.objects.filter(assignment=asked, user_id=user_id, begun_at__isnull=False)
    if not asked.is_open and not begun.exists():
        raise AssignmentUnknown
    return asked, not asked.is_open


def address_of(code: str, user: User, now: datetime) -> str:
    """Return where what `code` asks is read by this person; nothing when it asks nothing of them."""
    try:
        asked, _is_theirs = find_for(code, user.pk, now)
    except AssignmentUnknown:
        return ""
    return reverse("prescribing:asked", args=[asked.written_code])


@transaction.atomic
def go_on(*, asked: Assignment, user: User, shares: bool | None, joins: bool, now: datetime) -> Participation:
    """Note that somebody read who sees what, and what they chose; `shares` None: they were not asked, or said nothing.

    `joins`: they agree to be known of an institution where they have no place. Raises what keeps them from beginning.
    """
    row = _join(lock_participation(asked, user.pk), now, joins=joins)
    ensure_may_begin(asked, row, now)
    return _note(row, user=user, shares=shares, now=now)


@transaction.atomic
def come_back(*, asked: Assignment, user: User, shares: bool | None, joins: bool, now: datetime) -> Participation:
    """The same, for somebody whose test is under way: it may be finished, whatever the dates have become."""
    row = _join(lock_participation(asked, user.pk), now, joins=joins)
    return _note(row, user=user, shares=shares, now=now)


def _join(row: Participation, now: datetime, *, joins: bool) -> Participation:
    if joins and row.joined_at is None and row.assignment.is_open:
        row.joined_at = now
    return row


def _note(row: Participation, *, user: User, shares: bool | None, now: datetime) -> Participation:
    row.read_at = row.read_at or now
    row.save(update_fields=["joined_at", "read_at"])
    if shares is not None:
        share(user=user, asked=row.assignment, shares=shares, now=now)
    settle(row.assignment, [user.pk])
    return row


def share(*, user: User, asked: Assignment, shares: bool, now: datetime) -> None:
    """Give or withdraw the agreement to show one's detail by competency to the institution that asks."""
    act = grant_sharing if shares else withdraw_sharing
    act(user=user, institution=asked.institution, now=now)


@transaction.atomic
def leave(*, asked: Assignment, user: User, now: datetime) -> bool:
    """Leave what was joined by the code; what was done stays one's own, the institution sees it no more.

    Leaving the last link with an institution ends the agreement to share with it; returns whether it did.
    """
    rows = Participation.objects.filter(joined_at__isnull=False, assignment=asked, user=user)
    if not rows.update(joined_at=None) or _is_known(user, asked.institution, now):
        return False
    return withdraw_sharing(user=user, institution=asked.institution, now=now)


def _is_known(user: User, institution: Institution, now: datetime) -> bool:
    """Say whether something still links somebody to an institution: a place in it, or something it asks of them."""
    standing = Enrolment.objects.standing(day_of(now, institution)).filter(user=user, cohort__institution=institution)
    return standing.exists() or assignments_of(user.pk, now).filter(institution=institution).exists()


@transaction.atomic
def silence(*, assignment_id: int, user_id: int, now: datetime) -> bool:
    """Stop the reminders of one demand for one person. Twice is once; nothing for somebody who has left."""
    if not User.objects.filter(pk=user_id).exists():
        return False
    row, _is_new = Participation.objects.get_or_create(assignment_id=assignment_id, user_id=user_id)
    Participation.objects.filter(pk=row.pk, silent_at=None).update(silent_at=now)
    return True
