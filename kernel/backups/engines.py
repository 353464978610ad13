"""What a backup asks of a database, whichever it is."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from django.db import connection

from . import postgresql, sqlite
from .errors import BackupRefused


class Engine(Protocol):
    """`rows` are the number of rows of each table."""

    def dump(self, path: Path) -> dict[str, int]:
        """Write the database to a new file; return the rows of that very moment."""

    def load(self, path: Path) -> None:
        """Put a file that `dump` wrote in place of whatever the database holds: whole, or not at all."""

    def rows(self) -> dict[str, int]:
        """Return the rows of the database as it is; nothing when it has no table."""


def engine() -> Engine:
    """Return what the database of these settings is. Raises BackupRefused for one that is neither of the two."""
    found: dict[str, Any] = {"postgresql": postgresql, "sqlite": sqlite}
    if connection.vendor not in found:
        raise BackupRefused(f"A {connection.vendor} database is not backed up by this command.")
    module: Engine = found[connection.vendor]
    return module


def difference(expected: dict[str, int], found: dict[str, int]) -> str:
    """Return the tables whose rows differ, as a sentence's end; empty when all are the same."""
    names: Iterable[str] = sorted(expected.keys() | found.keys())
    return ", ".join(
        f"{name} {found.get(name)} instead of {expected.get(name)}"
        for name in names
        if found.get(name) != expected.get(name)
    )
