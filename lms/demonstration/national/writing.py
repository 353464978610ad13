"""Writing rows wholesale: lines of text as COPY reads them; ids are reserved first, so that rows can refer.

On PostgreSQL the lines go as they are. On SQLite, where a country is small, they are read again and inserted.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Max

NULL = "\\N"
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
MEANT = {"t": "\t", "n": "\n", "r": "\r"}
READ: dict[str, Callable[[str], Any]] = {
    "BooleanField": "t".__eq__,
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "JSONField": json.loads,
    "BinaryField": lambda text: bytes.fromhex(text[2:]),
    "UUIDField": UUID,
    "FloatField": float,
}


class Sheet:
    """The rows of one table. Lines give `columns`, in this order; what they do not say is the model’s default."""

    def __init__(self, model: type[models.Model], columns: Sequence[str]) -> None:
        by_name = {field.attname: field for field in model._meta.local_concrete_fields}
        others = [name for name, field in by_name.items() if name not in columns and not field.primary_key]
        self.model, self.fields = model, [by_name[name] for name in (*columns, *others)]
        self.rest = "".join(f"\t{written(by_name[name].get_default())}" for name in others)
        self.lines: list[str] = []

    def add(self, lines: Iterable[str]) -> None:
        """Keep lines for later."""
        self.lines += lines

    def write(self) -> int:
        """Write everything; return how many rows that was."""
        if self.lines:
            write = self._copy if connection.vendor == "postgresql" else self._insert
            write()
        return len(self.lines)

    def _copy(self) -> None:
        table, columns = f'"{self.model._meta.db_table}"', ", ".join(f'"{field.column}"' for field in self.fields)
        text = f"{self.rest}\n".join([*self.lines, ""])
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_security_active(%s)", [table])
            if not cursor.fetchone()[0]:
                _send(cursor, f"COPY {table} ({columns}) FROM STDIN", text)
                return
            # PostgreSQL copies into no table whose rows are guarded: by a table of one’s own, then.
            cursor.execute(f"CREATE TEMPORARY TABLE seeded AS SELECT {columns} FROM {table} LIMIT 0")  # noqa: S608
            _send(cursor, f"COPY seeded ({columns}) FROM STDIN", text)
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM seeded")  # noqa: S608 - names only
            cursor.execute("DROP TABLE seeded")

    def _insert(self) -> None:
        rows = [self._row(f"{line}{self.rest}") for line in self.lines]
        self.model._base_manager.bulk_create(rows, batch_size=500)

    def _row(self, line: str) -> models.Model:
        values = zip(self.fields, line.split("\t"), strict=True)
        return self.model(**{field.attname: _read(field, text) for field, text in values})


def written(value: Any) -> str:
    """Return a value as COPY reads it."""
    if value is None:
        return NULL
    if isinstance(value, str):
        return value.translate(ESCAPED)
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes):
        return f"\\\\x{value.hex()}"
    return json.dumps(value).translate(ESCAPED) if isinstance(value, dict | list) else str(value)


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Return ids that nobody else will take (on SQLite: while nobody else writes)."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
    last = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    return list(range(last + 1, last + count + 1))


def _send(cursor: Any, statement: str, text: str) -> None:
    with cursor.cursor.copy(statement) as copy:
        copy.write(text)


def _read(field: Any, text: str) -> Any:
    if text == NULL:
        return None
    plain = re.sub(r"\\(.)", lambda found: MEANT.get(found[1], found[1]), text)
    return READ.get(field.get_internal_type(), field.to_python)(plain)
