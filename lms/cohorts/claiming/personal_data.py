"""What claiming keeps of a person, for export. All of it goes with their account, or with the student's row."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.accounts.api import register_personal_data, told_rows
from lms.accounts.types import PersonalData

from ..models import ClaimLetter, RosterImport, WrongTry


def personal_data(user_id: int) -> dict[str, Any]:
    """Return the letters that offered them a place, the tries that were wrong, and the lists they sent or confirmed."""
    waiting = EmailAddress.objects.filter(user_id=user_id, verified=True).order_by().values("email")
    mine = Q(student__user_id=user_id) | Q(student__user=None, student__email__in=waiting)
    sent = RosterImport.objects.filter(created_by_id=user_id)
    return {
        "claim_letters": told_rows(ClaimLetter.objects.filter(mine)),
        "wrong_claim_tries": told_rows(WrongTry.objects.filter(user_id=user_id)),
        "rosters_sent": list(sent.order_by("pk").values("cohort__name", "file_name", "state", "created_at")),
    }


def erase(user_id: int) -> None:
    """Remove the wrong tries; the lists that a coordinator sent stay their institution's, without their name."""
    WrongTry.objects.filter(user_id=user_id).delete()


def register() -> None:
    """Tell accounts what is kept here."""
    register_personal_data(PersonalData("claiming", personal_data, erase, _("Places proposées")))
