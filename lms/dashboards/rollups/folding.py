"""Folding: deltas are added to the roll-ups and removed, in one transaction, so that their sum never moves."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction

from ..models import RollupDelta
from .places import Address, Place, counted

BATCH = 5000
LINES = {"postgresql": 5000, "sqlite": 100}  # of one statement: SQLite takes 999 values
Row = tuple[Address, str, str, Any]
Group = tuple[Place, int]  # where, and at which of its places
COLUMNS = ("cohort_id", "programme_id", "institution_id", "university_id", "academic_year")
TYPES = ("smallint", "bigint", "bigint", "text", "text", "text", "date", "bigint")
UPSERT = """
    INSERT INTO dashboards_rollup (kind, scope_id, programme_id, academic_year, measure, code, week_date, value)
    {lines}
    ON CONFLICT (kind, scope_id, academic_year, week_date, programme_id, measure, code)
    DO UPDATE SET value = dashboards_rollup.value + excluded.value"""


def fold_all() -> int:
    """Fold what waits, a batch at a time; return how many deltas that was."""
    total = 0
    while folded := fold():
        total += folded
    return total


@transaction.atomic
def fold(batch: int = BATCH) -> int:
    """Fold the oldest deltas that no other worker is folding; return how many."""
    waiting = RollupDelta.objects.select_for_update(skip_locked=True).order_by("pk")[:batch]
    rows = list(waiting.values_list("pk", *COLUMNS, "scopes", "measure", "code", "week_date", "value"))
    upsert(spread((Place(*row[1:6]), *row[6:]) for row in rows))
    RollupDelta.objects.filter(pk__in=[row[0] for row in rows]).delete()
    return len(rows)


def spread(contributions: Iterable[tuple[Any, ...]]) -> Counter[Row]:
    """Return the rows of roll-ups that (place, scopes, measure, code, week, value) come to."""
    groups: defaultdict[Group, Counter[Any]] = defaultdict(Counter)
    for place, scopes, measure, code, week, value in contributions:
        groups[place, scopes][measure, code, week] += value
    return spread_groups(groups)


def spread_groups(groups: Mapping[Group, Mapping[Any, int]]) -> Counter[Row]:
    """Return the rows of roll-ups that {(place, scopes): {cell: number}} come to. Places first: millions are added."""
    found: defaultdict[Address, Counter[Any]] = defaultdict(Counter)
    for (place, scopes), cells in groups.items():
        for address in counted(place, scopes):
            found[address].update(cells)
    return Counter(
        {
            (address, str(measure), code, week): value
            for address, cells in found.items()
            for (measure, code, week), value in cells.items()
        }
    )


def upsert(rows: Mapping[Row, int]) -> None:
    """Add to the roll-ups, in one order: two foldings never wait for each other in a ring."""
    lines = sorted(
        (int(address.kind), address.scope_id, address.programme_id, address.academic_year, measure, code, week, value)
        for (address, measure, code, week), value in rows.items()
        if value
    )
    most = LINES[connection.vendor]
    with connection.cursor() as cursor:
        for start in range(0, len(lines), most):
            cursor.execute(*_upsert(lines[start : start + most]))


def _upsert(lines: list[tuple[Any, ...]]) -> tuple[str, list[Any]]:
    """Return the statement and its values: by columns on PostgreSQL, which then reads eight values, not thousands."""
    if connection.vendor == "postgresql":
        columns = ", ".join(f"%s::{kind}[]" for kind in TYPES)
        statement = UPSERT.format(lines=f"SELECT * FROM unnest({columns})")  # noqa: S608 - types only
        return statement, [_array(column) for column in zip(*lines, strict=True)]
    marks = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s)"] * len(lines))
    return UPSERT.format(lines=f"VALUES {marks}"), [value for line in lines for value in line]


def _array(values: tuple[Any, ...]) -> str:
    """Return values as PostgreSQL reads an array: the driver’s own way takes longer than all the rest."""
    if not isinstance(values[0], str):
        return f"{{{','.join(map(str, values))}}}"
    quoted = [value.replace("\\", "\\\\").replace('"', '\\"') for value in values]
    return '{"' + '","'.join(quoted) + '"}'
