"""Ending a role, setting its end: never the last coordinator's, unless the platform's administrators decide it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from kernel import audit

from ..errors import ExpiryPast, LastCoordinator
from ..models import Institution, RoleGrant
from ..roles import end_role
from ..types import Access


@transaction.atomic
def remove(*, access: Access, grant: RoleGrant, now: datetime) -> None:
    """Take a role away at once. Raises LastCoordinator."""
    _ensure_another(access, grant, now, until=None)
    _record("role.ended", access, grant, None, now)
    end_role(grant=grant, now=now)


@transaction.atomic
def set_expiry(*, access: Access, grant: RoleGrant, expires_at: datetime | None, now: datetime) -> None:
    """Set when a role ends, or that it does not. Raises ExpiryPast or LastCoordinator."""
    if expires_at is not None:
        if expires_at <= now:
            raise ExpiryPast(field="expires_at")
        _ensure_another(access, grant, now, until=expires_at)
    grant.expires_at = expires_at
    grant.save(update_fields=["expires_at"])
    _record("role.expiry_set", access, grant, expires_at, now)


def _ensure_another(access: Access, grant: RoleGrant, now: datetime, *, until: datetime | None) -> None:
    """Two coordinators who remove each other at once wait here: the second finds nobody left."""
    if grant.role != RoleGrant.Role.COORDINATOR or grant.institution_id is None or access.is_platform_staff:
        return
    Institution.objects.select_for_update().get(pk=grant.institution_id)
    lasting = Q(expires_at=None) | Q(expires_at__gt=until or now)
    others = RoleGrant.objects.filter(lasting, institution_id=grant.institution_id, role=grant.role)
    if not others.exclude(pk=grant.pk).exists():
        raise LastCoordinator


def _record(action: str, access: Access, grant: RoleGrant, expires_at: datetime | None, now: datetime) -> None:
    details = {
        "user": grant.user_id,
        "role": grant.role,
        "institution": grant.institution.key if grant.institution else "",
        "expires_at": expires_at.isoformat() if expires_at else None,
    }
    audit.record(actor_id=access.user_id, action=action, target=grant, details=details, at=now)
