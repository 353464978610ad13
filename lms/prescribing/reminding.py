"""Reminding people of what is asked: on a gesture of staff, a week and a day before the end; never those who are done.

A reminder is a row, then letters: the job that writes them may die and run again, and writes to nobody twice.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from kernel import audit, jobs
from kernel.jobs import job, report_progress
from kernel.models import Job
from lms.assessments.api import Assignment, AssignmentExtension, Participation, day_of, zone_of
from lms.cohorts.api import Access, Enrolment

from . import selectors
from .errors import NobodyToRemind, ReminderTooSoon
from .letters import write_letter
from .models import Reminder, ReminderLetter
from .settling import batches, people_of

REMIND: Final = "prescribing.remind"
AHEAD: Final = {Reminder.Kind.WEEK: 7, Reminder.Kind.DAY: 1}  # days
MORNING: Final = time(9)  # in the institution's time zone
EVENING: Final = time(19)  # a worker that was away does not write in the night
BETWEEN: Final = timedelta(days=1)


@transaction.atomic
def remind(*, asked: Assignment, to: str, access: Access, now: datetime) -> Reminder:
    """Have a letter written to those who have not begun, or not finished. Raises ReminderTooSoon or NobodyToRemind."""
    selectors.ensure_may_change(asked, access)
    Assignment.objects.select_for_update().get(pk=asked.pk)
    if Reminder.objects.filter(assignment=asked, kind=Reminder.Kind.MANUAL, asked_at__gt=now - BETWEEN).exists():
        raise ReminderTooSoon
    reminder = Reminder(assignment=asked, kind=Reminder.Kind.MANUAL, to=to, asked_by_id=access.user_id, asked_at=now)
    if not recipients(reminder, now):
        raise NobodyToRemind
    reminder.save(force_insert=True)
    audit.record(actor_id=access.user_id, action="assignment.reminded", target=asked, details={"to": to}, at=now)
    jobs.enqueue(REMIND, {"reminder": reminder.pk}, owner=access.user_id)
    return reminder


def remind_due(*, now: datetime) -> int:
    """Ask for the reminders whose morning has come, once for each end; return how many that makes."""
    return sum(_ask(asked, kind, closes_at, now) for asked, kind, closes_at in _due(now))


def _due(now: datetime) -> Iterator[tuple[Assignment, str, datetime]]:
    soon = Q(closes_at__gt=now, closes_at__lte=now + timedelta(days=8))
    extended = AssignmentExtension.objects.filter(soon).order_by().values("assignment_id")
    rows = Assignment.objects.filter(soon | Q(pk__in=extended), closed_at=None, opens_at__lte=now)
    for asked in rows.select_related("institution").order_by("pk"):
        ends = set(asked.extensions.filter(soon).order_by().values_list("closes_at", flat=True))
        if asked.closes_at is not None:
            ends.add(asked.closes_at)
        for closes_at in sorted(ends):
            yield from ((asked, kind, closes_at) for kind in AHEAD if _is_time(asked, kind, closes_at, now))


def _is_time(asked: Assignment, kind: str, closes_at: datetime, now: datetime) -> bool:
    """Say whether it is the day, in the daytime there; nobody is reminded of what opened the same day or later."""
    here = now.astimezone(zone_of(asked.institution))
    day = day_of(closes_at, asked.institution) - timedelta(days=AHEAD[Reminder.Kind(kind)])
    is_day = here.date() == day and MORNING <= here.time() < EVENING
    return is_day and day_of(asked.opens_at, asked.institution) < day


def _ask(asked: Assignment, kind: str, closes_at: datetime, now: datetime) -> bool:
    """Write the row and its job together; who finds it written leaves it."""
    try:
        with transaction.atomic():
            reminder = Reminder.objects.create(assignment=asked, kind=kind, closes_at=closes_at, asked_at=now)
            jobs.enqueue(REMIND, {"reminder": reminder.pk})
    except IntegrityError:
        return False
    return True


@job(REMIND)
def write_letters(row: Job) -> None:
    """Write the letters of a reminder, a batch at a time. Running it again writes those that are missing."""
    reminder = Reminder.objects.filter(pk=row.payload["reminder"]).select_related("assignment__institution").first()
    if reminder is None or reminder.assignment.closed_at is not None:
        return
    people = recipients(reminder, reminder.asked_at)
    lots, ends = batches(people), closings(reminder.assignment, people)
    for done, batch in enumerate(lots, 1):
        for user_id in batch:
            _write(reminder, user_id, ends[user_id])
        report_progress(row, min(99, 100 * done // len(lots)))
    written = ReminderLetter.objects.filter(reminder=reminder).count()
    Reminder.objects.filter(pk=reminder.pk).update(letters=written, written_at=row.heartbeat_at)


@transaction.atomic
def _write(reminder: Reminder, user_id: int, closes_at: datetime | None) -> None:
    """Write to one person, unless they were, or have finished or left since: read again under the letter's own row."""
    _row, is_new = ReminderLetter.objects.get_or_create(
        assignment_id=reminder.assignment_id,
        user_id=user_id,
        **({"reminder": reminder} if reminder.kind == Reminder.Kind.MANUAL else {"kind": reminder.kind}),
        defaults={"reminder": reminder, "kind": reminder.kind, "written_at": reminder.asked_at},
    )
    if is_new:
        write_letter(reminder.assignment, user_id, closes_at)


def recipients(reminder: Reminder, now: datetime) -> list[int]:
    """Return whom it is for: asked, with an account, not done, not silent; for an end, those whose end it is."""
    asked = reminder.assignment
    left = _done_or_silent(asked, only_begun=reminder.to == Reminder.To.NOT_BEGUN)
    people = [pk for pk in people_of(asked, now) if pk not in left]
    if reminder.closes_at is None:
        return people
    ends = closings(asked, people)
    return [pk for pk in people if ends[pk] == reminder.closes_at]


def _done_or_silent(asked: Assignment, *, only_begun: bool) -> set[int]:
    done = Q(finished_at__isnull=False) | Q(silent_at__isnull=False)
    rows = Participation.objects.filter(done | Q(begun_at__isnull=False) if only_begun else done, assignment=asked)
    return set(rows.order_by().values_list("user_id", flat=True))


def closings(asked: Assignment, people: Sequence[int]) -> dict[int, datetime | None]:
    """Return the last moment of each of these people, extensions included: two queries."""
    extensions = list(AssignmentExtension.objects.filter(assignment=asked).order_by("pk"))
    ends: dict[int, datetime | None] = dict.fromkeys(people, asked.closes_at)
    if not extensions or asked.closes_at is None:
        return ends
    places = Enrolment.objects.filter(cohort__assignments=asked, user_id__isnull=False).order_by("pk")
    of_student: dict[int, set[int]] = {}
    of_group: dict[tuple[int, str], set[int]] = {}
    for user_id, student_id, cohort_id, group in places.values_list("user_id", "student_id", "cohort_id", "group"):
        of_student.setdefault(student_id, set()).add(user_id or 0)
        of_group.setdefault((cohort_id, group), set()).add(user_id or 0)
    for one in extensions:
        theirs = {one.user_id or 0} | of_student.get(one.student_id or 0, set())
        for pk in theirs | (of_group.get((one.cohort_id or 0, one.group), set()) if one.group else set()):
            if (end := ends.get(pk)) is not None:
                ends[pk] = max(end, one.closes_at)
    return ends
