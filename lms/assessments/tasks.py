"""What the worker does by the clock: end what is over time, erase what is due."""

from celery import shared_task

from kernel.clock import database_now

from .errors import AttemptUnknown
from .models import Attempt
from .services import erase_attempt, expire_attempt

BATCH = 500


@shared_task(ignore_result=True)
def sweep_attempts() -> int:
    """Close the attempts whose time is over; return how many."""
    due = Attempt.objects.filter(state=Attempt.State.OPEN, deadline_at__lt=database_now()).order_by("pk")
    rows = due.values_list("token", "owner_id")[:BATCH]
    return sum(_expired(token, owner) for token, owner in list(rows))


@shared_task(ignore_result=True)
def erase_due_attempts() -> int:
    """Erase the anonymous attempts kept long enough; return how many."""
    due = Attempt.objects.filter(owner=None, erase_after__lt=database_now()).order_by("pk")
    tokens = list(due.values_list("token", flat=True)[:BATCH])
    return sum(_erased(token) for token in tokens)


def _expired(token: str, owner_id: int | None) -> bool:
    try:
        return expire_attempt(token=token, viewer_id=owner_id)
    except AttemptUnknown:  # kept or erased since it was listed: the others do not wait for it
        return False


def _erased(token: str) -> bool:
    try:
        erase_attempt(token=token, viewer_id=None)
    except AttemptUnknown:  # kept or erased since it was listed
        return False
    return True
