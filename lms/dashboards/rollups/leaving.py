"""What figures keep of somebody, and what remains when they leave: what they had contributed, without them."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kernel.events import publish
from lms.accounts.api import register_personal_data, told_rows
from lms.accounts.types import PersonalData
from lms.cohorts.api import register_fold

from ..events import PlaceRemoved
from ..models import CompletedJourney, LearnerSummary
from .keeping import Key, add, columns, contribution, lock_people, write_deltas

KEY = (
    "cohort_id", "programme_id", "institution_id", "university_id", "academic_year", "scopes", "measure", "code",
    "week_date",
)  # fmt: skip
UPSERT = f"""
    INSERT INTO dashboards_erasedcontribution ({", ".join(KEY)}, value) VALUES ({", ".join(["%s"] * 10)})
    ON CONFLICT ({", ".join(KEY)}) DO UPDATE SET value = dashboards_erasedcontribution.value + excluded.value"""  # noqa: S608 - names only


def export(person_id: int) -> dict[str, Any]:
    """Return what is counted of a person, place by place, and the journeys they completed."""
    rows = LearnerSummary.objects.filter(user_id=person_id)
    return {
        "places": told_rows(rows, "institution__name", "cohort__name"),
        "journeys": told_rows(CompletedJourney.objects.filter(user_id=person_id)),
    }


@transaction.atomic
def erase(person_id: int) -> None:
    """Remove a person's summaries; what they contributed stays in the figures, as nobody's."""
    lock_people(users=[person_id], students=[])
    _fold(LearnerSummary.objects.filter(user_id=person_id))
    CompletedJourney.objects.filter(user_id=person_id).delete()


@transaction.atomic
def fold_students(students: Collection[int]) -> None:
    """Do the same for students who never had an account, about to be removed with all their places."""
    lock_people(users=[], students=students)
    _fold(LearnerSummary.objects.filter(enrolment__student_id__in=students))


def _fold(found: "QuerySet[LearnerSummary]") -> None:
    total: Counter[Key] = Counter()
    rows = found.select_for_update(of=("self",)).order_by("pk")
    for summary in rows:
        add(total, contribution(summary))
    _keep(total)
    # Not `delete()`: that is for a place that should never have been, and takes its figures with it.
    LearnerSummary.objects.filter(pk__in=[row.pk for row in rows])._raw_delete("default")


def _keep(total: Mapping[Key, int]) -> None:
    lines: list[tuple[Any, ...]] = [
        (*(columns(key)[name] for name in KEY), value) for key, value in total.items() if value
    ]
    with connection.cursor() as cursor:
        cursor.executemany(UPSERT, sorted(lines))  # in one order: two erasures never wait for each other in a ring


def forget_place(summary: LearnerSummary, *, now: datetime) -> None:
    """Take out of the figures a place deleted with its cohort or its student; the person’s others count anew."""
    difference: Counter[Key] = Counter()
    add(difference, contribution(summary), sign=-1)
    write_deltas(difference)
    student = summary.enrolment.student
    publish(PlaceRemoved(aggregate=student.uuid, at=now, user=summary.user_id))


def register() -> None:
    """Tell accounts what is kept here, and cohorts what is to be done before they remove students."""
    register_fold(fold_students)
    register_personal_data(PersonalData("figures", export, erase, _("Ce qui est compté de vous")))
