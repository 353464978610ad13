"""What practice and reviews keep of a person, for export and erasure."""

from typing import Any

from lms.accounts.api import register_personal_data
from lms.accounts.types import PersonalData
from lms.learning.models import PracticeResponse, ReviewAnswer, ReviewCard, ReviewReminder

PRACTICE = ("module", "step", "item_key", "answer", "is_correct", "is_unknown", "answered_at")
CARD = ("kind", "ref", "module", "front", "back", "due_at", "reviewed_at", "answers_count", "created_at")
ANSWER = ("card__ref", "number", "rating", "answered_at")
REMINDER = ("is_on", "hour", "last_sent_date", "unanswered")


def practice(owner_id: int) -> list[dict[str, Any]]:
    """Return what a person practised, in order."""
    return list(PracticeResponse.objects.filter(owner_id=owner_id).order_by("answered_at", "pk").values(*PRACTICE))


def forget_practice(owner_id: int) -> None:
    """Remove what a person practised."""
    PracticeResponse.objects.filter(owner_id=owner_id).delete()


def reviews(owner_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return the cards of a person, how they answered them, and the reminder they asked for."""
    answers = ReviewAnswer.objects.filter(card__owner_id=owner_id).order_by("answered_at", "pk")
    return {
        "cards": list(ReviewCard.objects.filter(owner_id=owner_id).order_by("pk").values(*CARD)),
        "answers": list(answers.values(*ANSWER)),
        "reminder": list(ReviewReminder.objects.filter(owner_id=owner_id).order_by("pk").values(*REMINDER)),
    }


def forget_reviews(owner_id: int) -> None:
    """Remove the cards, their answers and the reminder of a person."""
    ReviewCard.objects.filter(owner_id=owner_id).delete()
    ReviewReminder.objects.filter(owner_id=owner_id).delete()


def register() -> None:
    """Tell accounts."""
    register_personal_data(PersonalData("practice", practice, forget_practice))
    register_personal_data(PersonalData("reviews", reviews, forget_reviews))
