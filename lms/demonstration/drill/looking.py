"""Looking for words in everything a restored installation holds: each column of each table, each upload."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

BATCH = 2_000


def survey(words: list[str]) -> tuple[dict[str, int], list[str]]:
    """Return the rows of each table, and the tables and files in which one of `words` stands, each with the word."""
    rows: dict[str, int] = {}
    found: set[str] = set()
    for table in sorted(connection.introspection.table_names()):
        rows[table] = 0
        for text in _texts(table):
            rows[table] += 1
            found.update(f"{table}: {word}" for word in words if word in text)
    found.update(f"{path}: {word}" for path, text in _uploads() for word in words if word in text)
    return rows, sorted(found)


def _texts(table: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's own name
        while batch := cursor.fetchmany(BATCH):
            yield from (" ".join(_text(value) for value in row) for row in batch)


def _text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def _uploads() -> Iterator[tuple[str, str]]:
    root = Path(settings.MEDIA_ROOT)
    for path in root.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(root)), f"{path} {path.read_bytes().decode('latin-1')}"
