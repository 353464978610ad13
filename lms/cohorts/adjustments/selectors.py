"""Reading adjustments."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from lms.accounts.api import told_rows

from .models import Accommodation


@dataclass(frozen=True)
class Adjustment:
    """What applies to one sitting: a percentage of the usual time, and minutes added for pauses."""

    time_percent: int = 100
    pause_minutes: int = 0


NONE = Adjustment()


def adjustment_of(*, user_id: int, institution_id: int) -> Adjustment:
    """Return what an institution grants to a person, by the place they claimed there; else the usual conditions."""
    found = Accommodation.objects.filter(student__user_id=user_id, student__institution_id=institution_id)
    row = found.order_by("-time_percent", "-pause_minutes").first()
    return Adjustment(row.time_percent, row.pause_minutes) if row else NONE


def accommodations(institution_ids: Collection[int]) -> QuerySet[Accommodation]:
    """Return what these institutions grant, by name."""
    rows = Accommodation.objects.filter(student__institution_id__in=institution_ids)
    rows = rows.select_related("student__institution")
    return rows.order_by("student__last_name", "student__first_name", "pk")


def personal_data(user_id: int) -> list[dict[str, Any]]:
    """Return what institutions grant to a person."""
    return told_rows(Accommodation.objects.filter(student__user_id=user_id), "student__institution__name")
