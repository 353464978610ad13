"""The daily job, and how long what it wrote is kept."""

from datetime import datetime

from django.utils import timezone

from kernel import clock, jobs
from kernel.models import Job
from kernel.retention import purges

from ..models import AggregateSnapshot
from .taking import take

TAKE = "dashboards.take_snapshot"


@jobs.job(TAKE)
def take_snapshot(job: Job) -> None:
    """Take the snapshot of the day when the job runs."""
    take(now=clock.now())


def ask(*, now: datetime) -> bool:
    """Ask for the snapshot of the day unless it is there; return whether it was asked for."""
    if AggregateSnapshot.objects.filter(snapshot_date=timezone.localdate(now)).exists():
        return False
    jobs.enqueue(TAKE, {})
    return True


@purges("aggregate_snapshots")
def purge_snapshots(before: datetime) -> int:
    """Remove the snapshots taken before a date, but the last: the next one starts from it."""
    last = AggregateSnapshot.objects.order_by("snapshot_date").last()
    if last is None:
        return 0
    old = AggregateSnapshot.objects.filter(taken_at__lt=before)
    return old.exclude(snapshot_date=last.snapshot_date).delete()[0]
