"""Who took a step, practised or reviewed: their account does not end."""

from collections.abc import Collection
from datetime import datetime

from lms.accounts.api import register_presence

from .models import ModuleProgress, PracticeResponse, ReviewCard


def active(user_ids: Collection[int], since: datetime) -> set[int]:
    """Return those of these accounts who did so since then."""
    mine = {"owner_id__in": user_ids}
    found = (
        ModuleProgress.objects.filter(seen_at__gte=since, **mine),
        PracticeResponse.objects.filter(answered_at__gte=since, **mine),
        ReviewCard.objects.filter(reviewed_at__gte=since, **mine),
    )
    return {pk for rows in found for pk in rows.order_by().values_list("owner_id", flat=True).distinct()}


def register() -> None:
    """Tell accounts."""
    register_presence(active)
