"""What assessments does, after the fact, about what happened in a sitting."""

from kernel.events import listen

from . import counting, delivery
from .events import AttemptCompleted
from .models import Attempt, Participation


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


@listen(AttemptCompleted, only=lambda event: event.assignment is not None)
def note_test_finished(event: AttemptCompleted) -> None:
    """Note that somebody is done with the test of what was asked of them, unless they left since."""
    if event.assignment is None or event.owner is None:
        return
    rows = Participation.objects.select_for_update(of=("self",)).select_related("assignment")
    row = rows.filter(assignment_id=event.assignment, user_id=event.owner).first()
    if row is not None and (changed := row.note(test_finished_at=event.at)):
        row.save(update_fields=changed)
