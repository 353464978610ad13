"""The clock. Domain code never reads it: time is passed in by views, tasks and commands."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Func
from django.utils import timezone


def now() -> datetime:
    """Return the process's time, aware: for model defaults, tasks, views and commands."""
    return timezone.now()


class Now(Func):
    """The time at which the statement was received, for annotate() in the locking query.

    On PostgreSQL statement_timestamp() is fixed before the row lock is waited for, so a wait never costs the taker
    their deadline. On SQLite, whose process is also its server, it is the process's clock.
    """

    arity = 0
    template = "STATEMENT_TIMESTAMP()"
    output_field = DateTimeField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        """Bind the process's clock, to the microsecond."""
        return "%s", (connection.ops.adapt_datetimefield_value(now()),)


def reception() -> datetime | None:
    """Return the process's time where a transaction may wait before its first statement (SQLite), to be read before it.

    On PostgreSQL return None: the first statement does not wait, and says the database's time.
    """
    return None if connection.vendor == "postgresql" else now()


def database_now() -> datetime:
    """Return the database's time (PostgreSQL), or the process's (SQLite)."""
    if connection.vendor != "postgresql":
        return now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
