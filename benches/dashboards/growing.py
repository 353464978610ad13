"""Making answers pile up: the same people get older attempts, copies of theirs, a year earlier each time."""

from __future__ import annotations

from typing import Any

from django.db import connection

COPIED = "copy "  # how the reason of a copied attempt begins


def grow(size: int) -> int:
    """Copy attempts until there are about `size` responses (0: none); return how many there are."""
    [[count]] = execute("SELECT count(*) FROM assessments_response")
    times = -(-size // count) - 1 if size else 0
    with connection.cursor() as cursor:
        for statement in _copies(times) if times > 0 else []:
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")
    return int(execute("SELECT count(*) FROM assessments_response")[0][0])


def execute(statement: str) -> list[Any]:
    """Return the rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _copies(times: int) -> list[str]:
    """Return the statements that copy every attempt, then its answers and its results."""
    attempts = _columns("assessments_attempt")
    own = {
        "uuid": "gen_random_uuid()",
        "token": "substr(md5(random()::text || id), 1, 22)",
        "started_at": "started_at - copy * interval '1 year'",
        "finished_at": "finished_at - copy * interval '1 year'",
        "stop_reason": f"'{COPIED}' || id",
    }
    picked = ", ".join(own.get(name, f'"{name}"') for name in attempts)
    year = f"""INSERT INTO assessments_attempt ({_quoted(attempts)})
        SELECT {picked} FROM assessments_attempt, generate_series(1, {times}) AS copy"""
    return [year, _children("assessments_response"), _children("assessments_competencyresult")]


def _children(table: str) -> str:
    names = [name for name in _columns(table) if name != "attempt_id"]
    own = ", ".join(f'child."{name}"' for name in names)
    return f"""INSERT INTO {table} (attempt_id, {_quoted(names)})
        SELECT copied.id, {own} FROM assessments_attempt AS copied
          JOIN {table} AS child ON child.attempt_id = substr(copied.stop_reason, {len(COPIED) + 1})::bigint
         WHERE copied.stop_reason LIKE '{COPIED}%'"""


def _columns(table: str) -> list[str]:
    rows = execute(f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}'")
    return sorted(name for (name,) in rows if name != "id")


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
