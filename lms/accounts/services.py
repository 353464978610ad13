"""Consent, export and erasure of a person."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kernel import actors

from . import names, own
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


@actors.as_worker()
def export_person(*, user: User) -> dict[str, Any]:
    """Return everything the platform knows of `user`, as JSON-able data; the policies say what is left out."""
    shares = {share.name: share.export(user.pk) for share in _shares.values()}
    return {"account": own.account(user), "consents": own.consents(user), **shares}


def titles_of_shares() -> dict[str, Any]:
    """Return what each part of a person's data is called on screen, in the order of the parts."""
    shares = {share.name: share.title for share in _shares.values()}
    return {"account": _("Compte, adresses, sessions"), "consents": _("Accords donnés"), **shares}


def addresses_of(user: User) -> set[str]:
    """Return the addresses, in lower case, of a person's letters: those they proved, and those of their places."""
    given = (share.addresses(user.pk) for share in _shares.values() if share.addresses)
    return names.addresses_of(user).union(*given)


@actors.as_worker()
def ensure_not_on_hold(user_id: int) -> None:
    """Raise PersonOnHold while a legal hold stands on `user_id`."""
    if LegalHold.objects.filter(user_id=user_id, lifted_at=None).exists():
        raise PersonOnHold


@actors.as_worker()
@transaction.atomic
def erase_person(*, user: User) -> None:
    """Remove `user` and everything that is theirs, then their names wherever others wrote them.

    Raises PersonOnHold while a legal hold stands.
    """
    ensure_not_on_hold(user.pk)
    known = names.names_of(user).union(*(share.names(user.pk) for share in _shares.values() if share.names))
    addresses = addresses_of(user)  # before the rows that say them go
    for share in _shares.values():
        share.erase(user.pk)
    own.forget_account(user, addresses)
    LegalHold.objects.filter(user=user).delete()
    user.delete()
    names.forget(known)
