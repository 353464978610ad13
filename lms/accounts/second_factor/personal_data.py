"""What a second factor keeps of a person: that there is one, since when. Its key is told to nobody, not even them."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from ..services import register_personal_data
from ..types import PersonalData


def export(user_id: int) -> list[dict[str, Any]]:
    """Return the kinds of factors of a person with their dates, without what makes codes."""
    rows = Authenticator.objects.filter(user_id=user_id).order_by("pk")
    return list(rows.values("type", "created_at", "last_used_at"))


def erase(user_id: int) -> None:
    """Remove the factors of a person."""
    Authenticator.objects.filter(user_id=user_id).delete()


def register() -> None:
    """Tell the services."""
    register_personal_data(PersonalData("second_factor", export, erase, _("Second facteur")))
