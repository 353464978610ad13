"""What practice and reviews keep for a time only."""

from datetime import datetime

from kernel.retention import purges
from lms.learning.models import PracticeResponse, ReviewCard


@purges("practice_responses")
def purge_practice(before: datetime) -> int:
    """Remove what was practised before a date."""
    return PracticeResponse.objects.filter(answered_at__lt=before).delete()[0]


@purges("review_cards")
def purge_cards(before: datetime) -> int:
    """Remove the cards that were due before a date and that nobody answered since, with their answers."""
    return ReviewCard.objects.filter(due_at__lt=before).delete()[0]
