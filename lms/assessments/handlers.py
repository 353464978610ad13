"""What assessments does, after the fact, about what happened in a sitting."""

from collections.abc import Sequence
from uuid import UUID

from kernel.events import listen, listen_to_several

from . import counting, exposing
from .events import AttemptCompleted
from .models import Attempt, Participation


@listen_to_several(AttemptCompleted)
def price_exposure(events: Sequence[AttemptCompleted]) -> None:
    """Raise the price of the items these attempts used, lower the others (an erased attempt no longer counts)."""
    found = Attempt.objects.select_related("assessment__blueprint").filter(uuid__in=_attempts(events))
    exposing.record_exposure(found.order_by("finished_at", "pk"))


@listen_to_several(AttemptCompleted)
def count_items(events: Sequence[AttemptCompleted]) -> None:
    """Add the answers to the counts of their items (an attempt erased meanwhile was counted when it left)."""
    locked = Attempt.objects.select_for_update(of=("self",)).select_related("assessment")
    counting.count_attempts(list(locked.filter(uuid__in=_attempts(events)).order_by("pk")))


def _attempts(events: Sequence[AttemptCompleted]) -> list[UUID]:
    return [event.aggregate for event in events]


@listen(AttemptCompleted, only=lambda event: event.assignment is not None)
def note_test_finished(event: AttemptCompleted) -> None:
    """Note that somebody is done with the test of what was asked of them, unless they left since."""
    if event.assignment is None or event.owner is None:
        return
    rows = Participation.objects.select_for_update(of=("self",)).select_related("assignment")
    row = rows.filter(assignment_id=event.assignment, user_id=event.owner).first()
    if row is not None and (changed := row.note(test_finished_at=event.at)):
        row.save(update_fields=changed)
