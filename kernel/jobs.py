"""Long work: enqueue a row, run it once at a time, pick it up again when its worker dies."""

import logging
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from . import clock
from .models import Job
from .models.job import JobState

logger = logging.getLogger(__name__)
Handler = Callable[[Job], None]
STALE_AFTER = timedelta(minutes=5)
MAX_ATTEMPTS = 5
FIRST_DELAY = timedelta(seconds=30)
KEPT_ERROR = 4000
_handlers: dict[str, Handler] = {}


class JobTakenOver(Exception):
    """The job was silent for too long and another worker has it: this one must stop."""


def job(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function as what a job of `kind` runs. It must be idempotent: it may run again."""

    def register(handler: Handler) -> Handler:
        if _handlers.setdefault(kind, handler) is not handler:
            raise ValueError(f"Two functions want the jobs called “{kind}”.")
        return handler

    return register


def forget(kind: str) -> None:
    """Unregister what runs `kind`: for tests that register their own."""
    _handlers.pop(kind, None)


def enqueue(kind: str, payload: dict[str, Any], *, owner: int | None = None) -> Job:
    """Write a job and, after commit, tell the workers; should the news be lost, the sweeper tells them again."""
    row = Job.objects.create(kind=kind, payload=payload, owner=owner)
    transaction.on_commit(lambda: announce(row.pk), robust=True)
    return row


def announce(pk: int) -> None:
    """Tell the workers that a job waits; a broker that is away is not an error, the row is there."""
    from .tasks import run_job

    try:
        run_job.delay(pk)
    except Exception:
        logger.warning("the broker is away: job %s waits for the sweeper", pk, exc_info=True)


def run(pk: int, *, now: datetime) -> bool:
    """Run the job if it is waiting and due; return whether this call ran it. Never raises what the job raises."""
    row = _claim(pk, now=now)
    if row is None:
        return False
    try:
        _handlers[row.kind](row)
    except JobTakenOver:
        logger.warning("job %s was taken over by another worker", row)
    except Exception as error:  # noqa: BLE001 - kept in the row
        _fail(row, error, now=clock.now())
    else:
        _mine(row).update(state=JobState.DONE, progress=100, error="", finished_at=clock.now())
    return True


def report_progress(row: Job, percent: int) -> None:
    """Say how far the job is, which is also its heartbeat; raises JobTakenOver if another worker has it."""
    if not _mine(row).update(progress=max(0, min(100, percent)), heartbeat_at=clock.now()):
        raise JobTakenOver(str(row))


def sweep(*, now: datetime) -> int:
    """Put back what a dead worker left running, tell the workers of everything due; return how many jobs that is."""
    stale = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=now - STALE_AFTER)
    stale.filter(attempts__gte=MAX_ATTEMPTS).update(
        state=JobState.FAILED, error="Its worker died each time it was tried.", finished_at=now
    )
    stale.update(state=JobState.QUEUED)
    waiting = list(_due(now).values_list("pk", flat=True))
    for pk in waiting:
        announce(pk)
    return len(waiting)


def _due(now: datetime) -> Any:
    due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now)
    return Job.objects.filter(due, state=JobState.QUEUED).order_by("id")


def _claim(pk: int, *, now: datetime) -> Job | None:
    """Take the job with one conditional UPDATE: of two workers, one changes the row."""
    taken = (
        _due(now)
        .filter(pk=pk)
        .order_by()
        .update(state=JobState.RUNNING, attempts=F("attempts") + 1, heartbeat_at=now, progress=0)
    )
    return Job.objects.get(pk=pk) if taken else None


def _mine(row: Job) -> Any:
    """The row as long as no later attempt has taken it: the attempt's number fences off a worker believed dead."""
    return Job.objects.filter(pk=row.pk, state=JobState.RUNNING, attempts=row.attempts)


def _fail(row: Job, error: Exception, *, now: datetime) -> None:
    text = "".join(traceback.format_exception(error))[-KEPT_ERROR:]
    logger.error("job %s failed: %s", row, error)
    if row.attempts >= MAX_ATTEMPTS:
        _mine(row).update(state=JobState.FAILED, error=text, finished_at=now)
    else:
        _mine(row).update(
            state=JobState.QUEUED, error=text, next_attempt_at=now + FIRST_DELAY * 4 ** (row.attempts - 1)
        )
