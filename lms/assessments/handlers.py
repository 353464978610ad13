"""What assessments does, after the fact, about what happened in a sitting."""

from kernel.events import listen

from . import delivery
from .events import AttemptCompleted
from .models import Attempt


@listen(AttemptCompleted)
def price_exposure(event: AttemptCompleted) -> None:
    """Raise the price of the items this attempt used, lower the others (an erased attempt no longer counts)."""
    attempt = Attempt.objects.select_related("assessment__blueprint").filter(uuid=event.aggregate).first()
    if attempt is not None:
        delivery.record_exposure(attempt)
