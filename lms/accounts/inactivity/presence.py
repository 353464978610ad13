"""Who is still here: whoever did something, and whomever something ties to the platform. Each room says its own."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from ..models import User
from ..types import Presence

_presences: list[Presence] = []


def register_presence(presence: Presence) -> None:
    """Let a higher room say which of some accounts did something since a time, or are tied to it since."""
    _presences.append(presence)


def still_here(user_ids: Collection[int], since: datetime) -> set[int]:
    """Return those of these accounts who are still here: nothing of theirs may end."""
    found = _known_here(user_ids, since).union(*(presence(user_ids, since) for presence in _presences))
    return found & set(user_ids)


def quiet(since: datetime) -> list[int]:
    """Return the accounts that may have done nothing since then, by their sign-in alone."""
    found = User.objects.filter(Q(last_login=None) | Q(last_login__lt=since), date_joined__lt=since)
    return list(found.order_by("pk").values_list("pk", flat=True))


def _known_here(user_ids: Collection[int], since: datetime) -> set[int]:
    """Whoever signed in or up, kept their account, runs the platform, or must be kept because of an inquiry."""
    asked = Q(last_login__gte=since) | Q(date_joined__gte=since) | Q(inactivity_notice__kept_at__gte=since)
    tied = Q(is_staff=True) | Q(is_superuser=True) | Q(legal_holds__isnull=False, legal_holds__lifted_at=None)
    found = User.objects.filter(asked | tied, pk__in=user_ids)
    return set(found.order_by().values_list("pk", flat=True))
