"""Keeping summaries and roll-ups: what changed in a person's rows is written once, as differences, in one transaction.

Whatever is written here, by however many workers, roll-ups plus deltas stay equal to the sum of what the summaries (and
the people erased) contribute. Summaries follow the rows, event by event.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction

from lms.accounts.api import User
from lms.cohorts.models import Student

from ..models import LearnerSummary, RollupDelta
from .cells import Cell, cells
from .places import Place
from .summaries import drafts, place_of

Key = tuple[Place, int, Cell]
FIELDS = [field.attname for field in LearnerSummary._meta.concrete_fields if not field.primary_key]
WRITTEN = [name for name in FIELDS if name != "enrolment_id"]


@transaction.atomic
def refresh(*, users: Collection[int] = (), students: Collection[int] = ()) -> int:
    """Read these people's rows again and write what changed; return how many changed. Some hundreds at most."""
    accounts, others = lock_people(users=users, students=students)
    found = drafts(users=accounts, students=others)
    stored = _stored(found)
    changed = [draft for draft in found if not is_same(draft, stored.get(draft.enrolment_id))]
    difference: Counter[Key] = Counter()
    for draft in changed:
        add(difference, contribution(draft))
        if before := stored.get(draft.enrolment_id):
            add(difference, contribution(before), sign=-1)
    _write(changed)
    write_deltas(difference)
    _refresh_previous(changed, stored, accounts)
    return len(changed)


def contribution(summary: LearnerSummary) -> dict[Key, int]:
    """Return what a summary adds to which figures, where: {(place, scopes, cell): number}."""
    if not summary.scopes:
        return {}
    place = place_of(summary)
    return {(place, summary.scopes, cell): value for cell, value in cells(summary).items()}


def add(total: Counter[Key], more: Mapping[Key, int], *, sign: int = 1) -> None:
    """Add `more` to `total`, or take it away."""
    for key, value in more.items():
        total[key] += sign * value


def write_deltas(difference: Mapping[Key, int]) -> None:
    """Write what is not zero as deltas."""
    RollupDelta.objects.bulk_create(
        [RollupDelta(**columns(key), value=value) for key, value in difference.items() if value]
    )


def columns(key: Key) -> dict[str, object]:
    """Return the columns that name where something counts."""
    place, scopes, (measure, code, week) = key
    return {
        "cohort_id": place.cohort_id,
        "programme_id": place.programme_id,
        "institution_id": place.institution_id,
        "university_id": place.university_id,
        "academic_year": place.academic_year,
        "scopes": scopes,
        "measure": str(measure),
        "code": code,
        "week_date": week,
    }


def lock_people(*, users: Collection[int], students: Collection[int]) -> tuple[set[int], set[int]]:
    """Lock people until the transaction ends: students, then accounts, in the order of ids.

    Returns the accounts, and the students who have none. A worker that waited reads, afterwards, what the other wrote.
    """
    accounts, others = set(users), set[int]()
    rows = Student.objects.select_for_update(no_key=True).filter(pk__in=set(students)).order_by("pk")
    for student_id, user_id in rows.values_list("pk", "user_id"):
        if user_id is None:
            others.add(student_id)
        else:
            accounts.add(user_id)
    here = User.objects.select_for_update(no_key=True).filter(pk__in=accounts).order_by("pk")
    return set(here.values_list("pk", flat=True)), others


def _stored(found: Iterable[LearnerSummary]) -> dict[int, LearnerSummary]:
    enrolments = [draft.enrolment_id for draft in found]
    rows = LearnerSummary.objects.select_for_update().filter(enrolment_id__in=enrolments).order_by("pk")
    return {row.enrolment_id: row for row in rows}


def is_same(draft: LearnerSummary, stored: LearnerSummary | None) -> bool:
    """Say whether a stored summary says what the rows say now."""
    return stored is not None and all(getattr(draft, name) == getattr(stored, name) for name in FIELDS)


def _write(changed: list[LearnerSummary]) -> None:
    """Insert or update: one statement, and one row per enrolment whoever else is writing."""
    if changed:
        LearnerSummary.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["enrolment"], update_fields=WRITTEN
        )


def _refresh_previous(changed: Iterable[LearnerSummary], stored: Mapping[int, LearnerSummary], done: set[int]) -> None:
    """Whoever had a place that is now another's, or nobody's, counts by their other places."""
    left = {
        before.user_id
        for draft in changed
        if (before := stored.get(draft.enrolment_id)) and before.user_id not in (None, draft.user_id)
    }
    if left - done:
        refresh(users={user_id for user_id in left - done if user_id is not None})
