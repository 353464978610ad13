"""Who may see what: the roles a person holds now, and where."""

from datetime import datetime

from django.db.models import Q, QuerySet

from .models import Institution, RoleGrant


def standing_grants(*, user_id: int, now: datetime) -> QuerySet[RoleGrant]:
    """Return the roles `user_id` holds at `now`."""
    still = Q(expires_at=None) | Q(expires_at__gt=now)
    return RoleGrant.objects.filter(still, user_id=user_id).select_related("institution").order_by("role", "pk")


def has_role(*, user_id: int, roles: tuple[str, ...], now: datetime) -> bool:
    """Say whether `user_id` holds one of `roles` at `now`, anywhere."""
    return standing_grants(user_id=user_id, now=now).filter(role__in=roles).exists()


def institutions_of(*, user_id: int, roles: tuple[str, ...], now: datetime) -> QuerySet[Institution]:
    """Return the institutions where `user_id` holds one of `roles` at `now`."""
    grants = standing_grants(user_id=user_id, now=now).filter(role__in=roles)
    return Institution.objects.filter(pk__in=grants.order_by().values("institution_id")).order_by("name")
