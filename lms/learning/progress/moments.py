"""Where many people are in one journey: two queries, whatever their number."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Max, Min, QuerySet

from lms.learning import selectors
from lms.learning.models import Journey, ModuleProgress
from lms.learning.ways import completed, ways


class Moments(NamedTuple):
    """When somebody began the first of a journey's modules, and when they completed the last; None: not yet."""

    begun_at: datetime
    finished_at: datetime | None


def journey_moments(journey: Journey, owner_ids: Collection[int]) -> dict[int, Moments]:
    """Return the moments of those of `owner_ids` who began a published module of `journey`, by their id."""
    known = selectors.professions_of_modules(journey.every_key)
    rows = ModuleProgress.objects.filter(owner_id__in=owner_ids, module__key__in=list(known)).order_by("owner_id")
    every = [way for way in ways(journey.parts, known) if way]
    return _by_any(rows, every) if len(every) > 1 else _counted(rows, len(known))


def _counted(rows: QuerySet[ModuleProgress], total: int) -> dict[int, Moments]:
    told = rows.values("owner_id").annotate(
        begun_at=Min("started_at"), done=Count("completed_at"), last_at=Max("completed_at")
    )
    return {row["owner_id"]: Moments(row["begun_at"], row["last_at"] if row["done"] == total else None) for row in told}


def _by_any(rows: QuerySet[ModuleProgress], every: Sequence[list[str]]) -> dict[int, Moments]:
    """A journey with several ways is over with the first one that is done."""
    begun: dict[int, list[datetime]] = defaultdict(list)
    done: dict[int, dict[str, datetime]] = defaultdict(dict)
    for owner_id, key, started_at, completed_at in rows.values_list(
        "owner_id", "module__key", "started_at", "completed_at"
    ):
        begun[owner_id].append(started_at)
        if completed_at is not None:
            done[owner_id][key] = completed_at
    return {owner_id: Moments(min(moments), _finished(done[owner_id], every)) for owner_id, moments in begun.items()}


def _finished(done: dict[str, datetime], every: Sequence[list[str]]) -> datetime | None:
    return min((max(done[key] for key in way) for way in completed(every, done)), default=None)
