"""A connection that tells the server who acts, before the first statement of whoever it is, and forgets it after.

Lazily: while nobody is recognised nothing is sent. What is told in a transaction is over with it, however it ends, and
costs no forgetting. A connection goes back to the pool as it came: telling nobody.
"""

from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from kernel.actors import NOBODY, Actor, current

TELL = (
    "SELECT set_config('socle.actor', %s, false), set_config('socle.user', %s, false),"
    " set_config('socle.institutions', %s, false)"
)
TELL_MEANWHILE = TELL.replace("false", "true")  # until the transaction ends
FORGET = TELL.replace("%s", "''")


class DatabaseWrapper(base.DatabaseWrapper):
    """`told`: what the server believes; `lasting`: what it believes out of a transaction. None: nobody knows."""

    told: Actor | None = NOBODY
    lasting: Actor | None = NOBODY

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Take a connection that tells nobody."""
        self.told = self.lasting = NOBODY
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor whose statements are those of whoever acts now."""
        actor = current()
        if self.told is not actor and self.told != actor and not self._is_refusing():
            self.tell(actor)
        return super().create_cursor(name)

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
        if self.connection is not None and self.pool and self.lasting != NOBODY:
            _forget(self.connection)
        super()._close()  # type: ignore[misc]


def _forget(connection: "psycopg.Connection[Any]") -> None:
    """Make a connection tell nobody, out of any transaction; one that cannot is closed, and the pool makes another."""
    try:
        connection.rollback()
        connection.autocommit = True
        connection.execute(FORGET)
    except psycopg.Error:
        connection.close()
