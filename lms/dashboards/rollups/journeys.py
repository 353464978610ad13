"""That a journey was completed is kept here: its pages may ask for more tomorrow, and what was done stays done."""

from datetime import datetime

from lms.accounts.api import User

from ..models import CompletedJourney


def note_completed(*, user_id: int, journey: str, at: datetime) -> None:
    """Keep the first time somebody completed a journey; nothing of who has left since."""
    if User.objects.filter(pk=user_id).exists():
        CompletedJourney.objects.get_or_create(user_id=user_id, journey=journey, defaults={"completed_at": at})
