"""Who began, answered or finished an attempt: their account does not end."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from lms.accounts.api import register_presence

from .models import Attempt, Response


def active(user_ids: Collection[int], since: datetime) -> set[int]:
    """Return those of these accounts who did so since then."""
    attempts = Attempt.objects.filter(Q(started_at__gte=since) | Q(finished_at__gte=since), owner_id__in=user_ids)
    answers = Response.objects.filter(attempt__owner_id__in=user_ids, answered_at__gte=since)
    found = set(attempts.order_by().values_list("owner_id", flat=True))
    return found | set(answers.order_by().values_list("attempt__owner_id", flat=True).distinct())


def register() -> None:
    """Tell accounts."""
    register_presence(active)
