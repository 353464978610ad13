"""What the worker does by the clock: fold what changed, find the places that no event told of, publish each day."""

from celery import shared_task

from kernel import clock

from .rollups import keeping, raw
from .rollups.folding import fold_all
from .snapshots.tasks import ask

BATCH = 200


@shared_task(ignore_result=True)
def fold_rollups() -> int:
    """Count the places nobody told of, fold what waits; return how many deltas that was."""
    if students := raw.students_without_summary(BATCH):
        keeping.refresh(students=students)
    return fold_all()


@shared_task(ignore_result=True)
def ask_for_snapshot() -> bool:
    """Ask for the day’s snapshot of what is told without names, unless it is there; return whether it was asked for."""
    return ask(now=clock.now())
