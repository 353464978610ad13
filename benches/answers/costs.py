"""What an answer costs: processor time of each part of the house, SQL statements, commits."""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import psycopg

from .house import House, OnPostgreSQL, OnSQLite, Store

TICK = os.sysconf("SC_CLK_TCK")
BRACKETS = ("BEGIN", "COMMIT", "ROLLBACK")  # a SAVEPOINT is a statement like another
# From another database, so that these questions are not counted among the answers. The last condition leaves out what
# the server asks itself at a commit, to check foreign keys.
COUNTS = """
SELECT query, calls FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
WHERE datname <> current_database() AND query NOT LIKE '%OPERATOR(pg_catalog.=)%'
"""
WAITING = """
SELECT (SELECT count(*) FROM kernel_outboxevent WHERE dispatched_at IS NULL) + (SELECT count(*) FROM kernel_delivery)
"""


def processor_seconds(root: int) -> float:
    """Return the processor time used until now by a process and those it started (Linux; 0 elsewhere)."""
    stats = _stats()
    children = defaultdict(list)
    for pid, (parent, _) in stats.items():
        children[parent].append(pid)
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        total += stats.get(pid, (0, 0))[1]
        waiting += children[pid]
    return total / TICK


def _stats() -> dict[int, tuple[int, int]]:
    """Return, by process, its parent and its ticks (those of children that ended included)."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(path.parent.name)] = (int(fields[1]), sum(int(field) for field in fields[11:15]))
    return found


def parts(house: House) -> dict[str, float]:
    """Return the processor seconds of each part of the house."""
    roots = {"application": house.web, "worker": house.worker}
    used = {name: processor_seconds(process.pid) for name, process in roots.items() if process}
    if isinstance(house.store, OnPostgreSQL):
        used["postgresql"] = processor_seconds(house.store.pid)
    return used


def waiting(store: Store) -> int:
    """Return how many events and deliveries the worker has still to handle."""
    match store:
        case OnPostgreSQL():
            with psycopg.connect(store.url) as connection:
                found = connection.execute(WAITING).fetchone()
        case OnSQLite():
            with closing(sqlite3.connect(store.path)) as file:
                found = file.execute(WAITING).fetchone()
        case _:
            raise TypeError(store.name)
    return int(found[0]) if found else 0


class Statements:
    """The statements a database received, by text."""

    def __init__(self, store: OnPostgreSQL) -> None:
        self.connection = psycopg.connect(store.server.url(), autocommit=True)

    def now(self) -> dict[str, int]:
        """Return how often each statement came until now."""
        found: dict[str, int] = defaultdict(int)
        for query, calls in self.connection.execute(COUNTS):
            found[query] += calls
        return found


def difference(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """Return what came in between."""
    return {query: calls - before.get(query, 0) for query, calls in after.items() if calls > before.get(query, 0)}


def statements(counts: dict[str, int]) -> int:
    """Return how many statements, BEGIN and COMMIT aside."""
    return sum(calls for query, calls in counts.items() if not query.upper().startswith(BRACKETS))


def commits(counts: dict[str, int]) -> int:
    """Return how many transactions were committed."""
    return sum(calls for query, calls in counts.items() if query.upper().startswith("COMMIT"))
