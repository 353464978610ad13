"""What the worker does by the clock: end what is over time, erase what is due."""

from celery import shared_task

from kernel.clock import database_now

from .models import Attempt
from .services import erase_attempt, expire_attempt

BATCH = 500


@shared_task(ignore_result=True)
def sweep_attempts() -> int:
    """Close the attempts whose time is over; return how many."""
    due = Attempt.objects.filter(state=Attempt.State.OPEN, deadline_at__lt=database_now()).order_by("pk")
    rows = due.values_list("token", "owner_id")[:BATCH]
    return sum(expire_attempt(token=token, viewer_id=owner) for token, owner in rows)


@shared_task(ignore_result=True)
def erase_due_attempts() -> int:
    """Erase the anonymous attempts kept long enough; return how many."""
    due = Attempt.objects.filter(owner=None, erase_after__lt=database_now()).order_by("pk")
    tokens = list(due.values_list("token", flat=True)[:BATCH])
    for token in tokens:
        erase_attempt(token=token, viewer_id=None)
    return len(tokens)
