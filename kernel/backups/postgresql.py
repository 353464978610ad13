"""PostgreSQL: pg_dump and pg_restore, of one snapshot in which rows are counted too, in one transaction back."""

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from psycopg import sql

from .errors import BackupRefused

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
# Whoever still reads or writes is told apart within seconds, rather than waited for.
OPENING = b"""SET lock_timeout = '10s';
BEGIN;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""
PSQL = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
CLOSING = b"\nCOMMIT;\n"


def dump(path: Path) -> dict[str, int]:
    """Write the database to `path` in PostgreSQL's custom format; return the rows of each table in that snapshot."""
    with _connection() as database:
        database.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        snapshot = _one(database, sql.SQL("SELECT pg_export_snapshot()"))
        _run(["pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={path}"])
        return _rows(database)


def load(path: Path) -> None:
    """Put the content of `path` in place of the public schema, in one transaction."""
    _run(["pg_restore", "--list", str(path)])
    with tempfile.TemporaryFile() as said:
        reader = _start(["pg_restore", "--file=-", "--no-owner", str(path)], stdout=subprocess.PIPE, stderr=said)
        writer = _start(PSQL, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
        is_whole = _pour(reader, writer)
        if not is_whole or writer.returncode:
            said.seek(0)
            raise BackupRefused(f"Nothing was restored, the database is as it was. {_last_line(said.read())}")
    with _connection() as database:
        database.autocommit = True
        database.execute("ANALYZE")


def rows() -> dict[str, int]:
    """Return the rows of each table of the public schema."""
    with _connection() as database:
        return _rows(database)


def _pour(reader: "subprocess.Popen[bytes]", writer: "subprocess.Popen[bytes]") -> bool:
    """Send what one writes to the other, in one transaction that is committed only if the first ended well."""
    assert reader.stdout is not None
    assert writer.stdin is not None
    with suppress(BrokenPipeError):  # the other ended first, and said why
        writer.stdin.write(OPENING)
        shutil.copyfileobj(reader.stdout, writer.stdin)
    reader.stdout.close()
    is_whole = reader.wait() == 0
    with suppress(BrokenPipeError):
        writer.stdin.write(CLOSING if is_whole else b"")
        writer.stdin.close()
    writer.wait()
    return is_whole


def _rows(database: "psycopg.Connection[Any]") -> dict[str, int]:
    # For row-level security this is the platform at work; should it hide a row from us, counts would tell.
    database.execute("SET socle.actor = 'worker'")
    count = sql.SQL("SELECT count(*) FROM {}")
    names = [name for (name,) in database.execute(TABLES)]
    return {name: _one(database, count.format(sql.Identifier(name))) for name in names}


def _one(database: "psycopg.Connection[Any]", statement: sql.SQL | sql.Composed) -> Any:
    row = database.execute(statement).fetchone()
    return row[0] if row else None


def _connection() -> "psycopg.Connection[Any]":
    """Return a connection of our own: the pool's would be given back in a state that nobody expects."""
    environment = {variable.encode(): value for variable, value in _environment().items()}
    given = {
        option.keyword.decode(): environment[option.envvar]
        for option in psycopg.pq.Conninfo.get_defaults()
        if option.envvar in environment
    }
    try:
        return psycopg.connect(psycopg.conninfo.make_conninfo("", **given))
    except psycopg.OperationalError as error:
        raise BackupRefused(f"The database does not answer. {_last_line(str(error).encode())}") from error


def _environment() -> dict[str, str]:
    """Return the environment in which PostgreSQL's programs find the database, its password not on a command line."""
    described = connection.settings_dict
    _, extra = DatabaseClient.settings_to_cmd_args_env(described, [])
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    said = {variable: str(described[name]) for variable, name in names.items() if described.get(name)}
    return {**os.environ, **(extra or {}), **said}


def _run(command: list[str]) -> None:
    process = _start(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, said = process.communicate()
    if process.returncode:
        raise BackupRefused(f"{command[0]} failed. {_last_line(said)}")


def _start(command: list[str], **streams: Any) -> "subprocess.Popen[bytes]":
    """Start one of PostgreSQL's programs on the database of these settings; no shell reads the arguments."""
    return subprocess.Popen([_program(command[0]), *command[1:]], env=_environment(), **streams)  # noqa: S603


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise BackupRefused(f"{name} is missing on this machine: install PostgreSQL's client (postgresql-client).")
    return found


def _last_line(said: bytes) -> str:
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    return next((line for line in lines if "ERROR" in line or "error" in line), lines[-1] if lines else "")
