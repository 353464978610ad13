"""What figures keep of somebody, and what remains when they leave: what they had contributed, without them."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from kernel.events import publish
from lms.accounts.api import register_personal_data
from lms.accounts.types import PersonalData

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
LEFT_OUT = ("id", "enrolment", "cohort", "programme", "institution", "university", "user", "scopes")


def export(person_id: int) -> dict[str, Any]:
    """Return what is counted of a person, place by place, and the journeys they completed."""
    names = [field.name for field in LearnerSummary._meta.concrete_fields if field.name not in LEFT_OUT]
    rows = LearnerSummary.objects.filter(user_id=person_id).order_by("pk")
    journeys = CompletedJourney.objects.filter(user_id=person_id).order_by("pk")
    return {
        "places": list(rows.values("institution__name", "cohort__name", *names)),
        "journeys": list(journeys.values("journey", "completed_at")),
    }


@transaction.atomic
def erase(person_id: int) -> None:
    """Remove a person's summaries; what they contributed stays in the figures, as nobody's."""
    lock_people(users=[person_id], students=[])
    total: Counter[Key] = Counter()
    rows = LearnerSummary.objects.select_for_update().filter(user_id=person_id).order_by("pk")
    for summary in rows:
        add(total, contribution(summary))
    _keep(total)
    # Not `delete()`: that is for a place that should never have been, and takes its figures with it.
    LearnerSummary.objects.filter(pk__in=[row.pk for row in rows])._raw_delete("default")
    CompletedJourney.objects.filter(user_id=person_id).delete()


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
    """Tell accounts what is kept here."""
    register_personal_data(PersonalData("figures", export, erase))
