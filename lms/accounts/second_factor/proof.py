"""What a session has proved, and when. django-allauth keeps these records in the session; here they are read."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from ..models import User

SECOND: Final = "mfa"
FRESH: Final = timedelta(minutes=15)


def factor_of(user: User) -> Authenticator | None:
    """Return the second factor of `user`: what recovery codes stand in for."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()


def codes_of(user: User) -> Authenticator | None:
    """Return the recovery codes of `user`."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()


def is_proved(request: HttpRequest, user: User, factor: Authenticator) -> bool:
    """Say whether this session gave a code since `factor` stands: one reset and set up anew is asked for again."""
    set_up_at: datetime = factor.created_at
    return _last(request, user, {SECOND}) >= set_up_at.timestamp()


def note_proof(request: HttpRequest, user: User) -> None:
    """Keep in the session that a code was just given, under a new key: a session stolen before is worth nothing."""
    record_authentication(request, user, SECOND, type=str(Authenticator.Type.TOTP))
    request.session.cycle_key()


def is_fresh(request: HttpRequest, user: User, now: datetime) -> bool:
    """Say whether the person gave a password or a code lately; who has no password has nothing to give."""
    return not user.has_usable_password() or _is_late(_last(request, user), now)


def is_freshly_proved(request: HttpRequest, user: User, now: datetime) -> bool:
    """Say whether the person gave a code lately: what changes a second factor asks for it."""
    return _is_late(_last(request, user, {SECOND}), now)


def _is_late(moment: float, now: datetime) -> bool:
    return now.timestamp() - moment < FRESH.total_seconds()


def _last(request: HttpRequest, user: User, methods: Iterable[str] = ()) -> float:
    records: list[dict[str, Any]] = get_authentication_records(request, user)
    return max((float(one["at"]) for one in records if not methods or one["method"] in methods), default=0.0)
