"""What was missed in an attempt of somebody with an account comes back among their cards."""

from uuid import UUID

from kernel.events import listen
from lms.assessments import api as assessments
from lms.assessments.events import AttemptCompleted, AttemptErased, AttemptKept
from lms.learning import checks
from lms.learning.models import ReviewCard

from .cards import note_missed


@listen(AttemptCompleted, only=lambda event: event.owner is not None)
def card_missed_items(event: AttemptCompleted) -> None:
    """Make a card of each item missed in an attempt (one that was erased since leaves none)."""
    if event.owner is not None:
        _note(event.aggregate, event.owner, event.context, event)


@listen(AttemptKept)
def card_kept_items(event: AttemptKept) -> None:
    """Make the same cards when an anonymous attempt, finished, joins an account."""
    kept = assessments.finished(event.aggregate)
    if kept is not None:
        _note(event.aggregate, event.owner, kept.context, event)


@listen(AttemptErased)
def forget_cards(event: AttemptErased) -> None:
    """Remove the cards that came from an attempt and were never answered: they said what was missed in it."""
    ReviewCard.objects.filter(origin=event.aggregate, answers_count=0).delete()


def _note(attempt: UUID, owner_id: int, context: str, event: AttemptCompleted | AttemptKept) -> None:
    note_missed(
        owner_id=owner_id,
        keys=assessments.missed_items(attempt),
        module=checks.module_key(context),
        origin=attempt,
        now=event.at,
    )
