"""What a roster would change: computed within the request when the file is short, by a job when it is long.

Either way the screens read it from the import's own row.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernel import audit, jobs
from kernel.models import Job

from ..models import Cohort
from . import files, layouts
from .checking import Checked, Entry, check
from .layouts import Header
from .limits import MAX_KEPT_ERRORS, MAX_ROWS, READ_AT_ONCE, SHOWN
from .models import RosterImport, RosterLayout
from .notes import FileRefused, Note
from .planning import CHANGED, SAME, Line, Plan, plan
from .reading import read
from .reconciling import WHY, Doubt
from .table import Table

JOB = "cohorts.read_roster"
CHECKED_BY, PLANNED_BY = 70, 95  # percent of the job
MOST_DOUBTS = 500
State = RosterImport.State
Tell = Callable[[int], None]


def begin(roster: RosterImport, *, owner: int | None, now: datetime) -> None:
    """Say what the file changes, or have a job say it if it is long. Raises FileRefused for a short one."""
    if roster.file_size > READ_AT_ONCE:
        job = jobs.enqueue(JOB, {"roster": roster.pk}, owner=owner)
        roster.state, roster.job = State.READING, job.uuid
    else:
        with files.opened(roster) as file:
            look(roster, read(file), now=now)
    roster.save()


@jobs.job(JOB)
def run(job: Job) -> None:
    """Read the file of a job and keep what it changes; one given up in the meantime stays as it is."""
    roster = RosterImport.objects.select_related("cohort__institution").filter(pk=job.payload["roster"]).first()
    if roster is None or roster.state != State.READING:
        return
    now = job.heartbeat_at or job.created_at
    try:
        with files.opened(roster) as file:
            table = read(file)
            look(roster, table, now=now, tell=_teller(job, table))
    except FileRefused as error:
        _refuse(roster, error.note, now)
    _keep(roster, job)


def look(roster: RosterImport, table: Table, *, now: datetime, tell: Tell | None = None) -> None:
    """Fill in what the table says: what it changes, or only its columns when a person has to name them."""
    if not roster.header:
        header = layouts.find_header(table)
        roster.file_kind, roster.header = table.kind, {"line": header.line, "labels": header.labels}
        roster.mapping = _known_mapping(roster.cohort, header)
        if not _is_settled(roster.cohort, header, roster.mapping):
            roster.state = State.MAPPING
            return
    checked = checked_of(roster, table, now=now, tell=tell)
    show(roster, checked, planned(roster, checked))


def checked_of(roster: RosterImport, table: Table, *, now: datetime, tell: Tell | None = None) -> Checked:
    """Return the entries of the file and what is wrong with it."""
    return check(
        table,
        header_of(roster),
        roster.mapping,
        today=timezone.localdate(now),
        keeps_birth_date=roster.cohort.institution.asks_birth_date,
        tell=tell or (lambda lines: None),
    )


def planned(roster: RosterImport, checked: Checked) -> Plan:
    """Return what the entries would change now."""
    decisions = {int(line): choice for line, choice in roster.decisions.items()}
    return plan(checked, cohort=roster.cohort, is_replacing=roster.is_replacing, decisions=decisions)


def show(roster: RosterImport, checked: Checked, found: Plan) -> None:
    """Fill in a plan, for the screens; whoever calls saves it."""
    roster.state, roster.counts, roster.digest = State.READY, found.counts, found.digest
    roster.said = {
        "lines": [_line(line.entry, line.kind, line.facts) for line in _shown(found)],
        "remarks": [note.as_json() for note in [*checked.remarks, *found.told][:MAX_KEPT_ERRORS]],
        "doubts": [_doubt(doubt) for doubt in found.doubts[:MOST_DOUBTS]],
        **left_out(checked, found),
    }


def left_out(checked: Checked, found: Plan) -> dict[str, Any]:
    """Return the lines that change nothing: errors, whose they are, and those that somebody left aside."""
    return {
        "errors": [note.as_json() for note in checked.errors[:MAX_KEPT_ERRORS]],
        "who": {str(line): who for line, who in checked.who.items()},
        "skipped": [_skipped(entry) for entry in found.skipped[:MAX_KEPT_ERRORS]],
    }


def header_of(roster: RosterImport) -> Header:
    """Return the line that names the columns."""
    return Header(roster.header["line"], tuple(roster.header["labels"]))


def _teller(job: Job, table: Table) -> Tell:
    total = max(1, min(sum(1 for _row in table.rows()), MAX_ROWS))
    return lambda lines: jobs.report_progress(job, min(CHECKED_BY, CHECKED_BY * lines // total))


@transaction.atomic
def _keep(roster: RosterImport, job: Job) -> None:
    """Write what was found, unless the import was given up or another worker has the job."""
    there = RosterImport.objects.select_for_update().filter(pk=roster.pk).first()
    if there is not None and there.state == State.READING:
        roster.save()
        jobs.report_progress(job, PLANNED_BY)


def _refuse(roster: RosterImport, note: Note, now: datetime) -> None:
    """Keep why the file cannot be read; the file itself goes."""
    files.wipe(roster)
    roster.state, roster.ended_at, roster.said = State.REFUSED, now, {"refusal": note.as_json()}
    details = {"cohort": str(roster.cohort.uuid), "file": roster.file_name}
    audit.record(actor_id=roster.created_by_id, action="roster.refused", target=roster, details=details, at=now)


def _known_mapping(cohort: Cohort, header: Header) -> dict[str, int]:
    rows = RosterLayout.objects.filter(institution_id=cohort.institution_id, fingerprint=header.fingerprint)
    known = rows.order_by("pk").values_list("mapping", flat=True).first()
    return known if known is not None else layouts.guess(header.labels)


def _is_settled(cohort: Cohort, header: Header, mapping: Mapping[str, int]) -> bool:
    """Say whether nobody needs to be asked: the thirteen columns, or a layout that the institution chose before."""
    if not layouts.is_complete(mapping):
        return False
    rows = RosterLayout.objects.filter(institution_id=cohort.institution_id, fingerprint=header.fingerprint)
    return header.is_pix_orga or rows.exists()


def _shown(found: Plan) -> list[Line]:
    """Return the first lines, those that change something before those that do not."""
    return sorted(found.lines, key=lambda line: line.kind == SAME)[:SHOWN]


def _line(entry: Entry, kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    names = (entry.first_name, entry.other_names, entry.last_name, entry.usage_name)
    return {
        "line": entry.line,
        "kind": kind,
        "number": entry.student_number,
        "first": " ".join(part for part in names[:2] if part),
        "last": names[2],
        "usage": names[3],
        "email": entry.email,
        "group": entry.group,
        "changed": [name for name in facts if kind == CHANGED],
    }


def _skipped(entry: Entry) -> list[Any]:
    return [entry.line, f"{entry.first_name} {entry.last_name}", entry.student_number]


def _doubt(doubt: Doubt) -> dict[str, Any]:
    candidates = [
        {"uuid": str(one.uuid), "name": f"{one.first_name} {one.last_name}", "usage": one.usage_name,
         "number": one.student_number, "email": one.email, "has_account": one.user_id is not None}
        for one in doubt.candidates
    ]  # fmt: skip
    said = {**_line(doubt.entry, "doubt", {}), "why": WHY[doubt.why], "candidates": candidates}
    return {**said, "values": {"line": doubt.twin}, "may_be_new": doubt.may_be_new}
