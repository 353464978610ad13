"""Consent, export and erasure of a person."""

from datetime import datetime
from typing import Any

from django.db import transaction

from .errors import PersonOnHold
from .models import Consent, LegalHold, User
from .types import PersonalData

_shares: dict[str, PersonalData] = {}


def register_personal_data(share: PersonalData) -> None:
    """Let a higher room say what it keeps of a person (called once, when the application starts)."""
    _shares[share.name] = share


def name_person(*, user: User, first_name: str, last_name: str) -> None:
    """Keep the name that `user` gives (150 letters each at most)."""
    user.first_name, user.last_name = first_name, last_name
    user.save(update_fields=["first_name", "last_name"])


@transaction.atomic
def give_consent(*, user: User, purpose: str, text_version: str, now: datetime) -> Consent:
    """Record that `user` agrees to `purpose` in the words of `text_version`; an earlier agreement ends."""
    withdraw_consent(user=user, purpose=purpose, now=now)
    return Consent.objects.create(user=user, purpose=purpose, text_version=text_version, given_at=now)


def withdraw_consent(*, user: User, purpose: str, now: datetime) -> None:
    """End the standing agreement of `user` to `purpose`, if there is one."""
    Consent.objects.filter(user=user, purpose=purpose, withdrawn_at=None).update(withdrawn_at=now)


def export_person(*, user: User) -> dict[str, Any]:
    """Return everything the platform knows of `user`, as JSON-able data."""
    account = {name: getattr(user, name) for name in ("email", "first_name", "last_name", "language", "time_zone")}
    account["joined_at"] = user.date_joined.isoformat()
    consents = list(user.consents.values("purpose", "text_version", "given_at", "withdrawn_at"))
    return {"account": account, "consents": consents, **{name: s.export(user.pk) for name, s in _shares.items()}}


def ensure_not_on_hold(user_id: int) -> None:
    """Raise PersonOnHold while a legal hold stands on `user_id`."""
    if LegalHold.objects.filter(user_id=user_id, lifted_at=None).exists():
        raise PersonOnHold


@transaction.atomic
def erase_person(*, user: User) -> None:
    """Remove `user` and everything that is theirs. Raises PersonOnHold while a legal hold stands."""
    ensure_not_on_hold(user.pk)
    for share in _shares.values():
        share.erase(user.pk)
    LegalHold.objects.filter(user=user).delete()
    user.delete()
