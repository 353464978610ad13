"""Sessions that know whose they are: erasing a person ends theirs on every device, without reading everybody's.

A session is read with its person, by one statement, which tells PostgreSQL at once who asks: at each page, each answer.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import connection

from kernel import clock
from kernel.models import columns_of, row_from, row_recognising


class SessionStore(DatabaseStore):
    """Django's own, in a table with one more column (settings.SESSION_ENGINE).

    `person`: the account that came with the session's row, once it was read.
    """

    person: Any = None

    def load(self) -> dict[str, Any]:
        """Return what the session holds, and keep whose it is."""
        data, self.person = _read(self.session_key)
        if data is None:
            self._session_key = None
            return {}
        return dict(self.decode(data))

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


def _read(key: str | None) -> tuple[str | None, Any]:
    """Return what the session at `key` holds, signed, and its account; None for what there is not, or is over."""
    from .models import User

    values = row_recognising(*_statement(), [key, connection.ops.adapt_datetimefield_value(clock.now())])
    if values is None:
        return None, None
    data, *account = values
    return data, row_from(User, account) if account[0] is not None else None


@cache
def _statement() -> tuple[str, str, str]:
    from .models import User

    tables = "accounts_session AS session LEFT JOIN accounts_user AS person ON person.id = session.person_id"
    where = f"FROM {tables} WHERE session.session_key = %s AND session.expire_date > %s"
    return f"session.session_data, {columns_of(User, 'person')}", where, "person.id"


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
