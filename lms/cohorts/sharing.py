"""What learners let an institution see: given, withdrawn, never assumed."""

from datetime import datetime

from django.db import transaction

from kernel.events import publish
from lms.accounts.api import User

from .events import SharingGranted, SharingWithdrawn
from .models import Institution, SharingGrant


@transaction.atomic
def grant_sharing(
    *, user: User, institution: Institution, now: datetime, scope: str = SharingGrant.Scope.COMPETENCY_DETAIL
) -> SharingGrant:
    """Let `institution` see `scope` of `user`; agreeing again changes nothing."""
    grant, is_new = SharingGrant.objects.get_or_create(
        user=user, institution=institution, scope=scope, withdrawn_at=None, defaults={"granted_at": now}
    )
    if is_new:
        publish(
            SharingGranted(aggregate=user.uuid, at=now, institution=institution.uuid, user=user.pk, scope=str(scope))
        )
    return grant


@transaction.atomic
def withdraw_sharing(
    *, user: User, institution: Institution, now: datetime, scope: str = SharingGrant.Scope.COMPETENCY_DETAIL
) -> bool:
    """End the agreement of `user`; return whether there was one. The institution sees no more from the next page on."""
    standing = SharingGrant.objects.standing().filter(user=user, institution=institution, scope=scope)
    if not standing.update(withdrawn_at=now):
        return False
    publish(SharingWithdrawn(aggregate=user.uuid, at=now, institution=institution.uuid, user=user.pk, scope=str(scope)))
    return True


def is_sharing(*, user_id: int, institution_id: int, scope: str = SharingGrant.Scope.COMPETENCY_DETAIL) -> bool:
    """Say whether `user_id` lets the institution see `scope`."""
    return (
        SharingGrant.objects.standing()
        .filter(user_id=user_id, institution_id=institution_id, scope=scope)
        .order_by()
        .exists()
    )
