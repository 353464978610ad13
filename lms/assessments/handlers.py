"""What assessments does, after the fact, about what happened in a sitting."""

from kernel.events import listen

from . import counting, delivery
from .events import AttemptCompleted
from .models import Attempt


@listen(AttemptCompleted)
def price_exposure(event: AttemptCompleted) -> None:
    """Raise the price of the items this attempt used, lower the others (an erased attempt no longer counts)."""
    attempt = Attempt.objects.select_related("assessment__blueprint").filter(uuid=event.aggregate).first()
    if attempt is not None:
        delivery.record_exposure(attempt)


@listen(AttemptCompleted)
def count_items(event: AttemptCompleted) -> None:
    """Add the answers to the counts of their items (an attempt erased meanwhile was counted when it left)."""
    locked = Attempt.objects.select_for_update(of=("self",)).select_related("assessment")
    attempt = locked.filter(uuid=event.aggregate).first()
    if attempt is not None:
        counting.count_attempt(attempt)
