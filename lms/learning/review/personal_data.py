"""What practice and reviews keep of a person, for export and erasure."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.accounts.api import register_personal_data, told_rows
from lms.accounts.types import PersonalData
from lms.learning.models import PracticeResponse, ReviewAnswer, ReviewCard, ReviewReminder


def practice(owner_id: int) -> list[dict[str, Any]]:
    """Return what a person practised, in order."""
    return told_rows(PracticeResponse.objects.filter(owner_id=owner_id))


def forget_practice(owner_id: int) -> None:
    """Remove what a person practised."""
    PracticeResponse.objects.filter(owner_id=owner_id).delete()


def reviews(owner_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return the cards of a person, how they answered them, and the reminder they asked for."""
    return {
        "cards": told_rows(ReviewCard.objects.filter(owner_id=owner_id)),
        "answers": told_rows(ReviewAnswer.objects.filter(card__owner_id=owner_id), "card__ref"),
        "reminder": told_rows(ReviewReminder.objects.filter(owner_id=owner_id)),
    }


def forget_reviews(owner_id: int) -> None:
    """Remove the cards, their answers and the reminder of a person."""
    ReviewCard.objects.filter(owner_id=owner_id).delete()
    ReviewReminder.objects.filter(owner_id=owner_id).delete()


def register() -> None:
    """Tell accounts."""
    register_personal_data(PersonalData("practice", practice, forget_practice, _("Situations travaillées")))
    register_personal_data(PersonalData("reviews", reviews, forget_reviews, _("Cartes de révision")))
