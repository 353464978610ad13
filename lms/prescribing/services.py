"""Asking, changing, closing, giving more time. Each is one transaction, and an entry in the audit."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kernel import audit, jobs
from kernel.errors import Conflict, Invalid
from lms.assessments.api import Assignment, AssignmentExtension, Participation, first_moment, last_moment, written_day
from lms.cohorts.api import Access, Enrolment, is_too_early, is_too_late

from . import selectors
from .drafting import Checked, check
from .errors import AssignmentNotFound, DayTooFar
from .types import Draft

SETTLE = "prescribing.settle"


@transaction.atomic
def create_assignment(*, draft: Draft, access: Access, now: datetime) -> Assignment:
    """Ask what `draft` says, and return it. Raises DraftRefused."""
    found = check(draft, access=access, now=now)
    asked = Assignment(institution=found.institution, created_by_id=access.user_id, created_at=now)
    _fill(asked, draft, found)
    asked.assessment, asked.journey_key, asked.asks_detail = found.assessment, found.journey_key, draft.asks_detail
    asked.save(force_insert=True)
    _settle(asked, found, "assignment.created", access, now)
    return asked


@transaction.atomic
def change_assignment(*, asked: Assignment, draft: Draft, access: Access, now: datetime) -> None:
    """Change whom, when, why; what is asked changes only while nobody has begun. Raises DraftRefused."""
    selectors.ensure_may_change(asked, access)
    asked = Assignment.objects.select_for_update(of=("self",)).select_related("institution").get(pk=asked.pk)
    found = check(draft, access=access, now=now, is_new=False)
    if found.institution.pk != asked.institution_id:
        raise AssignmentNotFound
    _fill(asked, draft, found)
    if not Participation.objects.filter(assignment=asked, begun_at__isnull=False).exists():
        asked.assessment, asked.journey_key, asked.asks_detail = found.assessment, found.journey_key, draft.asks_detail
    asked.save()
    _settle(asked, found, "assignment.changed", access, now)


def _fill(asked: Assignment, draft: Draft, found: Checked) -> None:
    assert draft.opens_date is not None
    assert draft.closes_date is not None
    asked.is_open = draft.is_open
    asked.opens_at = first_moment(draft.opens_date, found.institution)
    asked.closes_at = last_moment(draft.closes_date, found.institution)
    asked.message, asked.target_levels = draft.message.strip(), dict(draft.target_levels)
    asked.attempts_allowed = draft.attempts_allowed or 0


def _settle(asked: Assignment, found: Checked, action: str, access: Access, now: datetime) -> None:
    """Keep the cohorts, tell the audit, and have what people did before noted by the worker."""
    asked.cohorts.set(found.cohorts)
    details = {"code": asked.code, "cohorts": [str(cohort.uuid) for cohort in found.cohorts]}
    audit.record(actor_id=access.user_id, action=action, target=asked, details=details, at=now)
    if asked.journey_key:
        jobs.enqueue(SETTLE, {"assignment": asked.pk}, owner=access.user_id)


@transaction.atomic
def close_assignment(*, asked: Assignment, access: Access, now: datetime) -> None:
    """End what is asked; whoever has begun may finish. Twice is once."""
    selectors.ensure_may_change(asked, access)
    if Assignment.objects.filter(pk=asked.pk, closed_at=None).update(closed_at=now):
        audit.record(actor_id=access.user_id, action="assignment.closed", target=asked, at=now)


@transaction.atomic
def reopen_assignment(*, asked: Assignment, access: Access, now: datetime) -> None:
    """Let people begin again, in its dates. Twice is once."""
    selectors.ensure_may_change(asked, access)
    if Assignment.objects.filter(pk=asked.pk, closed_at__isnull=False).update(closed_at=None):
        audit.record(actor_id=access.user_id, action="assignment.reopened", target=asked, at=now)


@transaction.atomic
def extend(*, asked: Assignment, to: str, day: date | None, access: Access, now: datetime) -> AssignmentExtension:
    """Give until the end of `day` to "student:<uuid>", "user:<uuid>" or "group:<cohort uuid>:<name>".

    Raises Invalid or Conflict.
    """
    selectors.ensure_may_change(asked, access)
    if asked.closes_at is None:
        raise Conflict(_("Cette demande n’a pas de fin : il n’y a rien à prolonger."))
    if day is not None and is_too_late(day, now):
        raise DayTooFar(field="day")
    if day is None or is_too_early(day, now) or last_moment(day, asked.institution) <= asked.closes_at:
        after = written_day(asked.closes_at, asked.institution)
        raise Invalid(_("Donnez une date après le %(after)s.") % {"after": after}, field="day")
    values = {
        "closes_at": last_moment(day, asked.institution), "granted_by_id": access.user_id, "granted_at": now,
    }  # fmt: skip
    row, _is_new = AssignmentExtension.objects.update_or_create(
        assignment=asked, **_whom(asked, to, access, now), defaults=values
    )
    audit.record(
        actor_id=access.user_id, action="assignment.extended", target=asked,
        details={"to": to, "until": day.isoformat()}, at=now,
    )  # fmt: skip
    return row


def _whom(asked: Assignment, to: str, access: Access, now: datetime) -> dict[str, Any]:
    kind, _colon, name = to.partition(":")
    rows = selectors.enrolments(asked, access, now)
    if kind == "group" and (found := _grouped(asked, name, access, now)):
        return {"cohort_id": found.cohort_id, "group": found.group, "student": None, "user": None}
    if kind == "student" and (place := _place(rows, name)):
        return {"student_id": place.student_id, "user": None, "cohort": None, "group": ""}
    if kind == "user" and (joined := _joined(asked, name)):
        return {"user_id": joined.user_id, "student": None, "cohort": None, "group": ""}
    raise Invalid(_("Choisissez une personne ou un groupe de cette demande."), field="to")


def _grouped(asked: Assignment, name: str, access: Access, now: datetime) -> Enrolment | None:
    """Return a place of the group that is named, with the cohort that has it."""
    cohort, _colon, group = name.partition(":")
    uuid, rows = _uuid(cohort), selectors.places(asked, access, now)
    return rows.filter(cohort__uuid=uuid, group=group).first() if uuid and group else None


def _place(rows: QuerySet[Enrolment], name: str) -> Enrolment | None:
    uuid = _uuid(name)
    return rows.filter(student__uuid=uuid).first() if uuid else None


def _joined(asked: Assignment, name: str) -> Participation | None:
    rows, uuid = Participation.objects.filter(assignment=asked, joined_at__isnull=False), _uuid(name)
    return rows.filter(user__uuid=uuid).first() if uuid else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
