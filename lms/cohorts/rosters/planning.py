"""What applying a roster would change in a cohort, in full, before anything is written."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..models import Cohort, Enrolment
from ..numbers import bare_number, fuller_number
from .checking import Checked, Entry
from .notes import Note
from .people import Known, People
from .reconciling import Doubt, reconcile

KEPT = ("student_number", "first_name", "other_names", "last_name", "usage_name", "email", "birth_date")
# Numbers given by an institution that was merged stay as they were: a roster fills what is missing, and corrects names.
NEW, PLACED, CHANGED, SAME, DOUBT = "new", "placed", "changed", "same", "doubt"


@dataclass(frozen=True, slots=True)
class Place:
    """The standing place of somebody in the cohort."""

    pk: int
    student_id: int
    group: str


@dataclass(frozen=True, slots=True)
class Line:
    """What one line does: `facts` are the student's that change, `group` the place's when it changes (else None)."""

    entry: Entry
    kind: str
    known: Known | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    place: Place | None = None
    group: str | None = None


@dataclass
class Plan:
    """All of it: the lines in order, doubts, lines left out, and the places that end because nobody names them.

    `told`: what is to be known of lines that change something all the same.
    """

    lines: list[Line]
    doubts: list[Doubt]
    skipped: list[Entry]
    leaving: list[Place]
    counts: dict[str, int]
    told: list[Note]

    @property
    def digest(self) -> str:
        """Return what tells this plan from another: if the cohort changes in between, so does it."""
        said = [
            repr(
                (
                    line.entry.line,
                    line.kind,
                    line.known and line.known.pk,
                    sorted(line.facts.items(), key=str),
                    line.group,
                )
            )
            for line in self.lines
        ]
        said += [repr(("leaves", place.pk)) for place in self.leaving]
        said += [repr(("doubt", doubt.entry.line, doubt.why)) for doubt in self.doubts]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def plan(checked: Checked, *, cohort: Cohort, is_replacing: bool, decisions: Mapping[int, str]) -> Plan:
    """Return what the entries would change: three queries, whatever their number."""
    people = People.of(cohort.institution_id)
    places = _places(cohort)
    keeps = cohort.institution.asks_birth_date
    matches = reconcile(checked.entries, people, decisions)
    lines = [_line_of(entry, known, places.get(known.pk), keeps) for entry, known in matches.known]
    lines += [Line(entry, NEW, facts=_facts(entry, keeps), group=entry.group) for entry in matches.new]
    lines.sort(key=lambda line: line.entry.line)
    named = {line.known.pk for line in lines if line.known}
    leaving = [place for place in places.values() if place.student_id not in named] if is_replacing else []
    return Plan(
        lines=lines,
        doubts=matches.doubts,
        skipped=matches.skipped,
        leaving=leaving,
        counts=_counts(checked, lines, matches.doubts, len(matches.skipped), leaving, len(places)),
        told=matches.told,
    )


def _places(cohort: Cohort) -> dict[int, Place]:
    rows = (
        Enrolment.objects.filter(cohort=cohort, end_date=None).order_by("pk").values_list("pk", "student_id", "group")
    )
    return {student_id: Place(pk, student_id, group) for pk, student_id, group in rows}


def _facts(entry: Entry, keeps_birth_date: bool) -> dict[str, Any]:
    """Return what is kept of an entry; a birth date that is not asked for has served, and is dropped here."""
    facts = {name: getattr(entry, name) for name in KEPT}
    if not keeps_birth_date:
        facts["birth_date"] = None
    return {name: value for name, value in facts.items() if value}


def _line_of(entry: Entry, known: Known, place: Place | None, keeps_birth_date: bool) -> Line:
    said = _facts(entry, keeps_birth_date)
    if entry.student_number and bare_number(known.student_number) == bare_number(entry.student_number):
        said["student_number"] = fuller_number(known.student_number, entry.student_number)
    facts = {name: value for name, value in said.items() if getattr(known, name) != value}
    if known.number_origin:
        facts.pop("student_number", None)
    if place is None:
        return Line(entry, PLACED, known, facts, None, entry.group)
    group = entry.group if entry.group and entry.group != place.group else None
    return Line(entry, CHANGED if facts or group is not None else SAME, known, facts, place, group)


def _counts(
    checked: Checked, lines: list[Line], doubts: list[Doubt], skipped: int, leaving: list[Place], there: int
) -> dict[str, int]:
    kinds = [line.kind for line in lines]
    return {
        "lines": checked.lines,
        **{kind: kinds.count(kind) for kind in (NEW, PLACED, CHANGED, SAME)},
        "doubts": len(doubts),
        "skipped": skipped,
        "leaving": len(leaving),
        "repeated": checked.repeated,
        "wrong": checked.wrong_lines,
        "errors": len(checked.errors),
        "there": there,
    }
