"""SQLite: its own backup interface copies a database that is being written to, as it was at one moment."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection, connections

from .errors import BackupRefused

SIDE_FILES = ("-wal", "-shm")
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


def dump(path: Path) -> dict[str, int]:
    """Write the database to `path`; return the rows of each table in that copy."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a journal beside it
        return _rows(copy)


def load(path: Path) -> None:
    """Put a copy of `path` where the database is. Raises BackupRefused when SQLite finds it damaged."""
    target = Path(connection.settings_dict["NAME"])
    unfinished = target.with_name(f"{target.name}.restoring")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, unfinished)
    with closing(sqlite3.connect(unfinished)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            unfinished.unlink()
            raise BackupRefused(f"{path} is damaged: SQLite says so.")
    connections.close_all()
    for suffix in SIDE_FILES:
        Path(f"{target}{suffix}").unlink(missing_ok=True)
    unfinished.replace(target)


def rows() -> dict[str, int]:
    """Return the rows of each table of the database, none when there is no file."""
    if not Path(connection.settings_dict["NAME"]).exists():
        return {}
    connection.ensure_connection()
    return _rows(connection.connection)


def _rows(database: sqlite3.Connection) -> dict[str, int]:
    names = [name for (name,) in database.execute(TABLES)]
    return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}  # noqa: S608 - names only
