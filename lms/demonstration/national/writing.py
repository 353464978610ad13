"""Writing rows wholesale: COPY on PostgreSQL, bulk INSERT on SQLite; ids are reserved first, so that rows can refer."""

import json
from collections import defaultdict
from typing import Any

from django.db import connection, models
from django.db.models import Max

Row = dict[str, Any]


class Rows:
    """Rows by model, in the order in which the models were first met: those referred to come first."""

    def __init__(self) -> None:
        self.by_model: dict[type[models.Model], list[Row]] = defaultdict(list)

    def add(self, model: type[models.Model], *rows: Row) -> None:
        """Keep rows for later."""
        self.by_model[model].extend(rows)

    def write(self) -> int:
        """Write everything; return how many rows that was. What a row does not say is the model’s default."""
        for model, rows in self.by_model.items():
            if not rows:
                continue
            if connection.vendor == "postgresql":
                _copy(model, rows)
            else:
                model._base_manager.bulk_create([model(**row) for row in rows], batch_size=500)
        return sum(map(len, self.by_model.values()))


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


def _copy(model: type[models.Model], rows: list[Row]) -> None:
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key or "id" in rows[0]]
    names = [field.attname for field in fields]
    jsons = [name for field, name in zip(fields, names, strict=True) if isinstance(field, models.JSONField)]
    defaults = {name: field.get_default() for field, name in zip(fields, names, strict=True)}
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy,
    ):
        for row in rows:
            whole = {**defaults, **row}
            for name in jsons:
                whole[name] = None if whole[name] is None else json.dumps(whole[name])
            copy.write_row([whole[name] for name in names])
