"""Writing or reading rows with one statement whose text is composed once per model.

The ORM composes the statement again each time, and `save()` calls every signal: on the way of an answer that costs
several times what the database itself takes. Nothing else should need this.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models

Fields = tuple["models.Field[Any, Any]", ...]
Converter = tuple[int, Callable[[Any, Any, Any], Any], Any]
Row = TypeVar("Row", bound=models.Model)


def insert_rows(*rows: models.Model) -> None:
    """Insert one row, or several of the same model: one INSERT, no signal; their ids are not read back."""
    fields, statement = _insertion(type(rows[0]), len(rows))
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in _values(row, fields, is_new=True)])


def write_rows(*new: models.Model, changed: models.Model, names: tuple[str, ...]) -> None:
    """Insert rows of any models and write the fields `names` of another one: a single statement where the database can.

    Each exchange with PostgreSQL costs more than what it does there; SQLite exchanges nothing, and has one statement a
    row. Raises DatabaseError when the changed row is gone.
    """
    if connection.vendor != "postgresql":
        for row in new:
            insert_rows(row)
        update_row(changed, *names)
        return
    insertions, change = [_insertion(type(row), 1)[0] for row in new], _change(type(changed), names)[0]
    values = [value for row, fields in zip(new, insertions, strict=True) for value in _values(row, fields, is_new=True)]
    values += [*_values(changed, change, is_new=False), changed.pk]
    with connection.cursor() as cursor:
        cursor.execute(_together(tuple(type(row) for row in new), type(changed), names), values)
        _ensure_one(cursor.rowcount, changed)


def update_row(row: models.Model, *names: str) -> None:
    """Write the fields `names` of `row`: one UPDATE, no signal. Raises DatabaseError when the row is gone."""
    fields, statement = _change(type(row), names)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*_values(row, fields, is_new=False), row.pk])
        _ensure_one(cursor.rowcount, row)


def _ensure_one(count: int, row: models.Model) -> None:
    if count != 1:
        raise DatabaseError(f"{type(row).__name__} {row.pk} is gone.")


def columns_of(model: type[models.Model], table: str) -> str:
    """Return the columns of `model` in the order that `row_from` expects, for a SELECT that names its table `table`."""
    return ", ".join(f"{table}.{_quoted(field.column)}" for field in model._meta.local_concrete_fields)


def row_recognising(columns: str, rest: str, account: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    """Read the one row of `SELECT columns rest`, and tell PostgreSQL by the same statement that its `account` acts.

    Only of tables that no wall hides (docs/row-security.md); SQLite is told nothing.
    """
    if connection.vendor == "postgresql":
        return connections[DEFAULT_DB_ALIAS].read_telling(columns, rest, account, values)  # type: ignore[no-any-return, attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} {rest}", values)
        found: tuple[Any, ...] | None = cursor.fetchone()
        return found


def row_from(model: type[Row], values: Sequence[Any]) -> Row:
    """Return the row of `model` whose columns (`columns_of`) were read as `values`."""
    database = connections[DEFAULT_DB_ALIAS]  # `connection` looks it up again at each of the fields
    names, converters = _reading(model, database.vendor)
    read = list(values)
    for place, convert, column in converters:
        read[place] = convert(read[place], column, database)
    return model.from_db(DEFAULT_DB_ALIAS, names, read)


@lru_cache(maxsize=64)
def _reading(model: type[models.Model], vendor: str) -> tuple[list[str], list[Converter]]:
    fields = model._meta.local_concrete_fields
    columns = [field.get_col(model._meta.db_table) for field in fields]
    converters = [
        (place, convert, column)
        for place, column in enumerate(columns)
        for convert in (*connection.ops.get_db_converters(column), *column.get_db_converters(connection))
    ]
    return [field.attname for field in fields], converters


@lru_cache(maxsize=64)
def _insertion(model: type[models.Model], count: int) -> tuple[Fields, str]:
    fields = tuple(field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField))
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * count)
    columns = ", ".join(_columns(fields))
    return fields, f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES {marks}"  # noqa: S608 - names only


@lru_cache(maxsize=64)
def _change(model: type[models.Model], names: tuple[str, ...]) -> tuple[Fields, str]:
    options = model._meta
    fields = tuple(options.get_field(name) for name in names)
    settings = ", ".join(f"{column} = %s" for column in _columns(fields))  # type: ignore[arg-type]
    where = f"{_quoted(options.pk.column)} = %s"
    return fields, f"UPDATE {_quoted(options.db_table)} SET {settings} WHERE {where}"  # type: ignore[return-value]  # noqa: S608


@lru_cache(maxsize=64)
def _together(new: tuple[type[models.Model], ...], changed: type[models.Model], names: tuple[str, ...]) -> str:
    insertions = ", ".join(f"new_{place} AS ({_insertion(model, 1)[1]})" for place, model in enumerate(new))
    return f"WITH {insertions} {_change(changed, names)[1]}"


def _values(row: models.Model, fields: Fields, *, is_new: bool) -> list[Any]:
    database = connections[DEFAULT_DB_ALIAS]
    return [field.get_db_prep_save(field.pre_save(row, is_new), database) for field in fields]


def _columns(fields: Sequence["models.Field[Any, Any]"]) -> list[str]:
    return [_quoted(field.column) for field in fields]


def _quoted(name: str | None) -> str:
    return f'"{name}"'  # SQLite and PostgreSQL alike
