"""Setting up a second factor, renewing its recovery codes, taking it away. Each is told to the person by e-mail."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.db import transaction

from kernel import audit

from ..models import User
from .letters import write
from .proof import codes_of, factor_of
from .staff import is_staff


@transaction.atomic
def set_up(*, user: User, secret: str, now: datetime) -> None:
    """Keep a key whose first code was given, with new recovery codes; a second tab finds it done."""
    _lock(user)
    if factor_of(user) is not None:
        return
    TOTP.activate(user, secret)
    _new_codes(user)
    _tell(user, "set_up", now)


@transaction.atomic
def renew_codes(*, user: User, now: datetime) -> None:
    """Replace the recovery codes: those before are worth nothing any more."""
    _lock(user)
    _new_codes(user)
    _tell(user, "codes_renewed", now)


@transaction.atomic
def note_codes_kept(*, user: User) -> None:
    """Show the recovery codes no more: the person says they have them."""
    codes = codes_of(user)
    if codes is not None:
        codes.wrap().mark_as_viewed()


@transaction.atomic
def remove(*, user: User, now: datetime) -> None:
    """Take the second factor of `user` away, at their own wish."""
    Authenticator.objects.filter(user=user).delete()
    _tell(user, "removed", now)


@transaction.atomic
def reset(*, user: User, by: User, now: datetime) -> bool:
    """Take it away for somebody who lost the device and the codes; say whether there was one."""
    count, _rows = Authenticator.objects.filter(user=user).delete()
    if not count:
        return False
    audit.record(actor_id=by.pk, action="second_factor.reset", target=user, at=now)
    write("reset", user)
    return True


def _lock(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)


def _new_codes(user: User) -> None:
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)


def _tell(user: User, what: str, now: datetime) -> None:
    """Write to the person; note it in the audit when it is an act of staff."""
    write(what, user)
    if is_staff(user, now):
        audit.record(actor_id=user.pk, action=f"second_factor.{what}", target=user, at=now)
