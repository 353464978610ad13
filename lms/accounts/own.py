"""What the account itself keeps of a person, with sessions and what they wrote as staff."""

import base64
from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models.fields.files import FieldFile
from wagtail.models import APIToken
from wagtail.users.models import UserProfile

from . import sessions, telling
from .models import Consent, InactivityNotice, LegalHold, Session, User
from .policies import installed


def account(user: User) -> dict[str, Any]:
    """Return what the account says, and what is around it."""
    mine = {"user": user}
    return {
        **telling.told(user),
        "addresses": telling.told_rows(EmailAddress.objects.filter(**mine)),
        "groups": list(user.groups.order_by("name").values("name")),
        "rights": list(user.user_permissions.order_by("codename").values("codename")),
        "holds": telling.told_rows(LegalHold.objects.filter(**mine)),
        "inactivity": telling.told_rows(InactivityNotice.objects.filter(**mine)),
        "sessions": telling.told_rows(Session.objects.filter(person_id=user.pk)),
        "keys": telling.told_rows(APIToken.objects.filter(**mine)),
        "editing": [
            {**telling.told(profile), "avatar": file_told(profile.avatar)}
            for profile in UserProfile.objects.filter(**mine).order_by("pk")
        ],
    }


def consents(user: User) -> list[dict[str, Any]]:
    """Return what they agreed to, in which words, until when."""
    return telling.told_rows(Consent.objects.filter(user=user))


def file_told(file: FieldFile) -> dict[str, str]:
    """Return a file as its name and its bytes in base64; nothing when there is none."""
    name = file.name or ""
    if not name or not file.storage.exists(name):
        return {}
    with file.open("rb") as opened:
        return {"name": name, "base64": base64.b64encode(opened.read()).decode()}


def forget_account(user: User, addresses: Collection[str]) -> None:
    """Remove what is not tied to the account by the database: sessions, a picture, what names them as staff.

    `addresses`: all that are theirs, in lower case.
    """
    sessions.end_all(user.pk, addresses)
    for profile in UserProfile.objects.filter(user=user).order_by("pk"):
        forget_file(profile.avatar)
    for policy in installed():
        for path in set(policy.by) - set(policy.stays):
            policy.model._base_manager.filter(**{path: user.pk}).update(**{path: None})


def forget_file(file: FieldFile) -> None:
    """Remove a file once the transaction is written: until then it may still be needed."""
    name, storage = file.name or "", file.storage
    if name:
        transaction.on_commit(lambda: storage.delete(name))
