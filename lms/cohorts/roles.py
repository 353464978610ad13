"""Writing who holds which role, and until when."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from kernel.events import publish
from lms.accounts.api import User

from .events import RoleEnded, RoleGranted
from .models import Cohort, Institution, RoleGrant

COORDINATORS = "Coordinations"
# Whose role opens nothing of other people's.
NOT_STAFF = (RoleGrant.Role.LEARNER, RoleGrant.Role.AMBASSADOR)


def is_staff(user_id: int, now: datetime) -> bool:
    """Say whether `user_id` holds, at `now`, a role that opens other people's data, or the bank's."""
    return RoleGrant.objects.standing(now).filter(user_id=user_id).exclude(role__in=NOT_STAFF).exists()


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: str,
    institution: Institution | None,
    now: datetime,
    cohort: Cohort | None = None,
    expires_at: datetime | None = None,
    granted_by: int | None = None,
) -> RoleGrant:
    """Give `role` to `user` until `expires_at`; again, what stands is left alone and what expired is renewed."""
    grant, is_new = RoleGrant.objects.select_for_update().get_or_create(
        user=user,
        role=role,
        institution=institution,
        cohort=cohort,
        defaults={"granted_at": now, "expires_at": expires_at, "granted_by_id": granted_by},
    )
    if not is_new and not _renew(grant, now, expires_at, granted_by):
        return grant
    if role == RoleGrant.Role.COORDINATOR:
        _open_cms(user)
    publish(RoleGranted(aggregate=user.uuid, at=now, **_what(grant)))
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, now: datetime) -> None:
    """Take a role away at once. What they did under it stays, in the audit too."""
    publish(RoleEnded(aggregate=grant.user.uuid, at=now, **_what(grant)))
    grant.delete()
    if grant.role == RoleGrant.Role.COORDINATOR:
        _close_cms(grant.user)


def _renew(grant: RoleGrant, now: datetime, expires_at: datetime | None, granted_by: int | None) -> bool:
    """Give again a role that had expired; say whether there was anything to do."""
    if grant.expires_at is None or grant.expires_at > now:
        return False
    grant.granted_at, grant.expires_at, grant.granted_by_id = now, expires_at, granted_by
    grant.save(update_fields=["granted_at", "expires_at", "granted_by"])
    return True


def _what(grant: RoleGrant) -> dict[str, Any]:
    institution = grant.institution.uuid if grant.institution else None
    return {"user": grant.user_id, "role": grant.role, "institution": institution}


def _open_cms(user: User) -> None:
    """Let a coordinator enter /cms/. What they may change there, each page asks of the roles they hold."""
    group, is_new = Group.objects.get_or_create(name=COORDINATORS)
    if is_new:
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    user.groups.add(group)


def _close_cms(user: User) -> None:
    """Close /cms/ to whoever coordinates nothing any more."""
    if not RoleGrant.objects.filter(user=user, role=RoleGrant.Role.COORDINATOR).exists():
        user.groups.remove(*Group.objects.filter(name=COORDINATORS))
