"""A connection that tells the server who acts, before the first statement of whoever it is.

Lazily: what the server believes is compared with who acts before each statement, and told anew when it differs. What
is told in a transaction is over with it, however it ends. A connection goes back to the pool with the person it
believes in written on it, whom it forgets when somebody else takes it; whoever sees others is forgotten at once.
"""

from collections.abc import Sequence
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from kernel.actors import NOBODY, Actor, Rank, current

TELL = (
    "SELECT set_config('socle.actor', %s, false), set_config('socle.user', %s, false),"
    " set_config('socle.institutions', %s, false)"
)
TELL_MEANWHILE = TELL.replace("false", "true")  # until the transaction ends
LASTING = "socle_lasting"  # written on a connection that goes back to the pool
FORGET = TELL.replace("%s", "''")
# Columns that tell as they are read; once the row is found, and for as long as the last value of each says.
TELLING = (
    "set_config('socle.actor', CASE WHEN {account} IS NULL THEN 'anonymous' ELSE 'person' END, %s),"
    " set_config('socle.user', COALESCE({account}::text, ''), %s), set_config('socle.institutions', '{{}}', %s)"
)


class DatabaseWrapper(base.DatabaseWrapper):
    """`told`: what the server believes; `lasting`: what it believes out of a transaction. None: nobody knows."""

    told: Actor | None = NOBODY
    lasting: Actor | None = NOBODY
    _is_telling = False  # by the statement that runs

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Take a connection, and with it what it told last."""
        taken = super().get_new_connection(conn_params)
        self.told = self.lasting = getattr(taken, LASTING, NOBODY)
        return taken

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor whose statements are those of whoever acts now."""
        actor = current()
        if self.told is not actor and self.told != actor and not self._is_telling and not self._is_refusing():
            self.tell(actor)
        return super().create_cursor(name)

    def read_telling(self, columns: str, rest: str, account: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
        """Read one row that no wall hides, and tell the server by the same statement that its account acts.

        `SELECT columns rest`, where `account` is the column of the account's id. None, and nothing told, without a row.
        """
        self.ensure_connection()
        lasts, before = self.get_autocommit(), (self.told, self.lasting)
        self.told, self.lasting = None, None if lasts else self.lasting
        statement = f"SELECT {columns}, {TELLING.format(account=account)} {rest}"
        row = self._read_as_anybody(statement, [*[not lasts] * 3, *values])
        if row is None:
            self.told, self.lasting = before
            return None
        *found, rank, account_id, _ = row
        self.told = Actor(Rank(rank), int(account_id)) if account_id else NOBODY
        self.lasting = self.told if lasts else self.lasting
        return tuple(found)

    def _read_as_anybody(self, statement: str, values: Sequence[Any]) -> Any:
        self._is_telling = True  # until it is done: what looks on while it runs (a debugging cursor) tells nothing
        try:
            with self.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchone()
        finally:
            self._is_telling = False

    def tell(self, actor: Actor) -> None:
        """Tell the server who acts: one statement."""
        self.told = None
        if self.connection.autocommit:
            self.lasting = None
            self.connection.execute(TELL, actor.settings)
            self.lasting = actor
        else:
            self.connection.execute(TELL_MEANWHILE, actor.settings)
        self.told = actor

    def _is_refusing(self) -> bool:
        """Say whether the transaction failed: the server takes nothing but its end."""
        return bool(self.connection.info.transaction_status == TransactionStatus.INERROR)

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self.told = self.lasting

    def _savepoint_rollback(self, sid: str) -> None:
        try:
            super()._savepoint_rollback(sid)  # type: ignore[misc]
        finally:
            self.told = None  # it takes back what was told since the savepoint

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self.told = self.lasting

    def _close(self) -> None:
        if self.connection is not None and self.pool:
            if self.lasting is None or self.lasting.sees_others:
                _forget(self.connection)
                self.lasting = NOBODY
            setattr(self.connection, LASTING, self.lasting)
        super()._close()  # type: ignore[misc]


def _forget(connection: "psycopg.Connection[Any]") -> None:
    """Make a connection tell nobody, out of any transaction; one that cannot is closed, and the pool makes another."""
    try:
        connection.rollback()
        connection.autocommit = True
        connection.execute(FORGET)
    except psycopg.Error:
        connection.close()
