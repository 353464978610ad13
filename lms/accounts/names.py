"""What names a person in texts that others wrote, and its replacement there once they have left."""

import json
import re
from collections.abc import Collection, Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from .models import User
from .policies import Policy, installed

SHORTEST = 5  # letters: less would take out words
INSTEAD = "[…]"


def addresses_of(user: User) -> set[str]:
    """Return the addresses that are proved to be a person's, in lower case."""
    proved = EmailAddress.objects.filter(user=user, verified=True).order_by()
    return {address.lower() for address in (user.email, *proved.values_list("email", flat=True))}


def names_of(user: User) -> set[str]:
    """Return what names an account: addresses, first and last name together, the identifier that systems use."""
    names = {*addresses_of(user), str(user.uuid)}
    if user.first_name and user.last_name:
        names |= {f"{user.first_name} {user.last_name}", f"{user.last_name} {user.first_name}"}
    return names


def forget(names: Iterable[str]) -> int:
    """Take names out of every text that may hold them (`names` of the policies); return how many rows said one."""
    known = sorted({name for name in names if len(name) >= SHORTEST}, key=len, reverse=True)
    if not known:
        return 0
    return sum(_forget(policy, column, known) for policy in installed() for column in policy.names)


def without(value: Any, names: Collection[str]) -> Any:
    """Return a text, or JSON data, without these names, however their letters are written."""
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names), re.IGNORECASE)
    return _without(value, pattern)


def _forget(policy: Policy, column: str, names: Collection[str]) -> int:
    # The plain manager: some tables refuse to be changed, or hide rows, through their own.
    rows = policy.model._base_manager.order_by("pk")
    said = rows.annotate(as_text=Cast(column, TextField())).filter(_any(names))
    found = list(said.values_list("pk", column))
    for pk, value in found:
        rows.filter(pk=pk).update(**{column: without(value, names)})
    return len(found)


def _any(names: Iterable[str]) -> Q:
    """JSON is kept with its letters as they are (PostgreSQL) or as ASCII (SQLite)."""
    asked = Q()
    for form in {form for name in names for form in (name, json.dumps(name)[1:-1])}:
        asked |= Q(as_text__icontains=form)
    return asked


def _without(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(INSTEAD, value)
    if isinstance(value, list):
        return [_without(one, pattern) for one in value]
    if isinstance(value, dict):
        return {pattern.sub(INSTEAD, key): _without(one, pattern) for key, one in value.items()}
    return value
