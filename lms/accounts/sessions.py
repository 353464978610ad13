"""Sessions that know whose they are: erasing a person ends theirs on every device, without reading everybody's."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Django's own, in a table with one more column (settings.SESSION_ENGINE)."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return our table."""
        from .models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row to write, with the account that is signed in, if one is."""
        row: Any = super().create_model_instance(data)
        row.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row


def end_all(user_id: int, addresses: Collection[str]) -> None:
    """Remove the sessions of a person, those included that only begin to sign in or up with one of these addresses.

    The latter are few: somebody who is not signed in has a session for the minutes that takes only.
    """
    rows = SessionStore.get_model_class().objects
    rows.filter(person_id=user_id).delete()
    beginning = rows.filter(person_id=None).order_by("pk").iterator(chunk_size=500)
    begun = [row.pk for row in beginning if _speaks_of(row, addresses)]
    rows.filter(pk__in=begun).delete()


def _speaks_of(row: Any, addresses: Collection[str]) -> bool:
    said = str(row.get_decoded()).lower()
    return any(address in said for address in addresses)
