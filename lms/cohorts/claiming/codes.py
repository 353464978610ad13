"""The code of a cohort: made, renewed, withdrawn by its coordinator."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from kernel import audit
from lms.accounts.api import User

from ..models import Cohort, JoinCode
from ..types import Access

Elsewhere = Callable[[str, User, datetime], str]
_elsewhere: list[Elsewhere] = []
# Without 0 and O, 1, I and L: they are read for one another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8
VALID = timedelta(days=30)


@transaction.atomic
def renew(*, cohort: Cohort, access: Access, now: datetime) -> JoinCode:
    """Give a cohort a new code; the one before opens nothing any more."""
    Cohort.objects.select_for_update(of=("self",)).get(pk=cohort.pk)
    _revoke(cohort, now)
    code = JoinCode.objects.create(
        cohort=cohort, code=_free(), created_by_id=access.user_id, created_at=now, expires_at=now + VALID
    )
    audit.record(actor_id=access.user_id, action="join_code.renewed", target=cohort, at=now)
    return code


@transaction.atomic
def withdraw(*, cohort: Cohort, access: Access, now: datetime) -> None:
    """Withdraw the code of a cohort; withdrawing again changes nothing."""
    if _revoke(cohort, now):
        audit.record(actor_id=access.user_id, action="join_code.withdrawn", target=cohort, at=now)


def standing_code(cohort: Cohort, now: datetime) -> JoinCode | None:
    """Return the code of a cohort that opens it now."""
    return JoinCode.objects.valid(now).filter(cohort=cohort).order_by("pk").first()


def spaced(code: str) -> str:
    """Return a code as it is said: in two groups of four."""
    return f"{code[:4]} {code[4:]}"


def register_elsewhere(find: Elsewhere) -> None:
    """Have `find` asked where a code leads that is of no cohort: it returns an address, or nothing."""
    _elsewhere.append(find)


def elsewhere(code: str, user: User, now: datetime) -> str:
    """Return where a code leads that somebody typed, when it is not a cohort's but another room's; else nothing."""
    return next((address for find in _elsewhere if (address := find(code, user, now))), "")


def _revoke(cohort: Cohort, now: datetime) -> int:
    return JoinCode.objects.filter(cohort=cohort, revoked_at=None).update(revoked_at=now)


def _free() -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
        if not JoinCode.objects.filter(code=code).exists():
            return code
