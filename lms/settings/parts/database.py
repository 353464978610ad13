"""SQLite by default, PostgreSQL at scale, by one address: SOCLE_DATABASE_URL."""

import os
from typing import Any

import dj_database_url

from .environment import VAR_DIR

# SQLite has one writer at a time. Whoever is at a screen waits five seconds (lms/wsgi.py), as for PostgreSQL's pool,
# then reads a 503 that keeps what they typed. That is longer than any transaction of the site or of the worker. Loading
# modules and items takes longer: commands and the worker, which nobody watches, wait until the longest is over.
PATIENCE = float(os.environ.get("SOCLE_SQLITE_PATIENCE", "20"))
# Without BEGIN IMMEDIATE read-then-write transactions fail; without synchronous=FULL an acknowledged one can be lost.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": PATIENCE,
    "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
    "PRAGMA mmap_size=134217728;",
}
# The pool replaces CONN_MAX_AGE (which must stay 0) and opens in each worker process, after the fork.
# Statements are bound by the server; those a connection meets again are prepared, or an answer would have each of its
# own parsed and planned anew, row-level security included: half of what it costs the database.
POSTGRESQL = {
    "pool": {"min_size": 1, "max_size": 16, "timeout": 5},
    "server_side_binding": True,
    "prepare_threshold": 5,
}


def database(url: str) -> dict[str, Any]:
    """Return Django's description of the database at `url`."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=0))
    is_sqlite = settings["ENGINE"].endswith("sqlite3")
    if settings["ENGINE"].endswith("postgresql"):
        settings["ENGINE"] = "kernel.postgresql"  # Django's own, told who acts: row-level security asks (ADR 0022)
    if is_sqlite:
        settings["CONN_MAX_AGE"] = None  # closing the last one folds the journal back: more than half of an answer
    settings["OPTIONS"] = {**settings.get("OPTIONS", {}), **(SQLITE if is_sqlite else POSTGRESQL)}
    return settings


# Whether migrate builds the walls of PostgreSQL around the rows of people (docs/row-security.md).
ROW_SECURITY = os.environ.get("SOCLE_ROW_SECURITY", "on") != "off"
DATABASES = {"default": database(os.environ.get("SOCLE_DATABASE_URL", f"sqlite:///{VAR_DIR / 'socle.sqlite3'}"))}
