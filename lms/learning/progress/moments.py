"""Where many people are in one journey: two queries, whatever their number."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Max, Min

from lms.learning import selectors
from lms.learning.models import Journey, ModuleProgress


class Moments(NamedTuple):
    """When somebody began the first of a journey's modules, and when they completed the last; None: not yet."""

    begun_at: datetime
    finished_at: datetime | None


def journey_moments(journey: Journey, owner_ids: Collection[int]) -> dict[int, Moments]:
    """Return the moments of those of `owner_ids` who began a published module of `journey`, by their id."""
    keys = list(selectors.modules().filter(key__in=journey.module_keys).values_list("key", flat=True))
    rows = ModuleProgress.objects.filter(owner_id__in=owner_ids, module__key__in=keys).order_by("owner_id")
    told = rows.values("owner_id").annotate(
        begun_at=Min("started_at"), done=Count("completed_at"), last_at=Max("completed_at")
    )
    return {
        row["owner_id"]: Moments(row["begun_at"], row["last_at"] if row["done"] == len(keys) else None) for row in told
    }
