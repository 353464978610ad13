"""Writing a roster: in one transaction, whole or not at all, by a job that may run again.

Under the lock of the cohort the plan is made anew: if it is not the one that was confirmed, nothing is written and the
coordinator is shown the new one.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernel import audit, jobs
from kernel.events import publish
from kernel.models import Job

from ..events import CohortRostered
from ..models import Cohort, Enrolment, Student
from . import files, previewing, services
from .checking import Checked
from .limits import MAX_ROWS
from .models import RosterImport
from .planning import CHANGED, NEW, PLACED, Line, Plan
from .reading import read

BATCH = 500
READ_BY, WRITTEN_BY = 50, 95  # percent of the job


@jobs.job(services.JOB)
def run(job: Job) -> None:
    """Apply the import of a job; one already applied stays as it is."""
    roster = RosterImport.objects.select_related("cohort__institution").get(pk=job.payload["roster"])
    if roster.state != RosterImport.State.APPLYING:
        return
    total = max(1, roster.counts["lines"])

    def tell(lines: int) -> None:
        jobs.report_progress(job, min(READ_BY, READ_BY * lines // min(total, MAX_ROWS)))

    now = job.heartbeat_at or job.created_at
    with files.opened(roster) as file:
        checked = previewing.checked_of(roster, read(file), now=roster.confirmed_at or now, tell=tell)
    apply(roster, checked, job=job, now=now)


@transaction.atomic
def apply(roster: RosterImport, checked: Checked, *, job: Job | None, now: datetime) -> bool:
    """Write what the entries change; return False, with a new plan shown, when it is not what was confirmed."""
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("institution").get(pk=roster.cohort_id)
    roster = RosterImport.objects.select_for_update().get(pk=roster.pk)
    roster.cohort = cohort
    if roster.state != RosterImport.State.APPLYING:
        return True
    found = previewing.planned(roster, checked)
    if found.digest != roster.digest or cohort.closed_at is not None:
        roster.is_recomputed = True
        previewing.show(roster, checked, found)
        roster.save()
        return False
    _write(found, cohort, now)
    _finish(roster, previewing.left_out(checked, found), now)
    if job is not None:
        jobs.report_progress(job, WRITTEN_BY)  # raises when another worker has the job: nothing is then written
    return True


def _write(found: Plan, cohort: Cohort, now: datetime) -> None:
    day = timezone.localdate(now)
    students = _write_students(found.lines, cohort, now)
    _write_places(found.lines, students, cohort, day)
    for batch in _batches([place.pk for place in found.leaving]):
        reason = Enrolment.EndReason.ROSTER
        Enrolment.objects.filter(pk__in=batch, end_date=None).update(end_date=day, end_reason=reason)


def _write_students(lines: list[Line], cohort: Cohort, now: datetime) -> dict[int, Student]:
    """Return, by line, the students written: new ones, and those whose facts change."""
    new = {line.entry.line: _new(line, cohort, now) for line in lines if line.kind == NEW}
    Student.objects.bulk_create(new.values(), batch_size=BATCH)
    corrected = [line for line in lines if line.known and line.facts]
    for batch in _batches(corrected):
        _correct(batch)
    return new


def _new(line: Line, cohort: Cohort, now: datetime) -> Student:
    return Student(institution_id=cohort.institution_id, created_at=now, **line.facts)


def _correct(lines: list[Line]) -> None:
    facts = {line.known.pk: line.facts for line in lines if line.known}
    names = sorted({name for said in facts.values() for name in said})
    rows = list(Student.objects.filter(pk__in=facts).order_by("pk"))
    for row in rows:
        for name, value in facts[row.pk].items():
            setattr(row, name, value)
    # One statement per batch, on both databases: every row is there, so each becomes an update.
    Student.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=names)
    if "student_number" in names:
        _copy_numbers([row for row in rows if "student_number" in facts[row.pk]])


def _copy_numbers(students: Iterable[Student]) -> None:
    for student in students:
        Enrolment.objects.filter(student=student).update(student_number=student.student_number)


def _write_places(lines: list[Line], new: dict[int, Student], cohort: Cohort, day: date) -> None:
    held: set[int | None] = set(
        Enrolment.objects.filter(cohort=cohort, end_date=None).order_by().values_list("user_id", flat=True)
    )
    places = [_place(line, new, cohort, day, held) for line in lines if line.kind in (NEW, PLACED)]
    Enrolment.objects.bulk_create(places, batch_size=BATCH)
    moved: dict[str, list[int]] = {}
    for line in lines:
        if line.kind == CHANGED and line.group is not None and line.place:
            moved.setdefault(line.group, []).append(line.place.pk)
    for group, ids in moved.items():
        for batch in _batches(ids):
            Enrolment.objects.filter(pk__in=batch).update(group=group)


def _place(line: Line, new: dict[int, Student], cohort: Cohort, day: date, held: set[int | None]) -> Enrolment:
    facts: dict[str, Any] = {"cohort": cohort, "group": line.group or "", "start_date": day}
    if line.known is None:
        student = new[line.entry.line]
        return Enrolment(student=student, student_number=student.student_number, **facts)
    # One account has one standing place in a cohort, whatever the number of rows a merger has made of its person.
    user_id = line.known.user_id if line.known.user_id not in held else None
    held.add(user_id)
    number = line.facts.get("student_number", line.known.student_number)
    return Enrolment(student_id=line.known.pk, user_id=user_id, student_number=number, **facts)


def _finish(roster: RosterImport, left_out: dict[str, Any], now: datetime) -> None:
    """Remove the file and what it said of people, but for the lines left out: they are told for a day."""
    files.wipe(roster)
    roster.said = left_out if left_out["errors"] or left_out["skipped"] else {}
    roster.state, roster.ended_at, roster.is_recomputed = RosterImport.State.APPLIED, now, False
    roster.save()
    details = {"cohort": str(roster.cohort.uuid), "mode": roster.mode, **roster.counts}
    audit.record(actor_id=roster.confirmed_by_id, action="roster.applied", target=roster, details=details, at=now)
    publish(CohortRostered(aggregate=roster.cohort.uuid, at=now, institution=roster.cohort.institution.uuid))


def _batches(rows: list[Any]) -> Iterable[list[Any]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))
