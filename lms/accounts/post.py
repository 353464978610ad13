"""The letters that went to a person, at the addresses of their account and at those that institutions have for them."""

from typing import Any

from django.db.models import Q

from kernel.models import Mail

from . import services, telling
from .models import User


def told(user_id: int) -> list[dict[str, Any]]:
    """Return the letters that went to a person, or are about to."""
    return telling.told_rows(_letters(user_id))


def forget(user_id: int) -> None:
    """Remove them."""
    _letters(user_id).delete()


def _letters(user_id: int) -> Any:
    asked = Q()
    for address in services.addresses_of(User.objects.get(pk=user_id)):
        asked |= Q(to__iexact=address)
    return Mail.objects.filter(asked)
