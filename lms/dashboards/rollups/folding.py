"""Folding: deltas are added to the roll-ups and removed, in one transaction, so that their sum never moves."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction

from ..models import RollupDelta
from .places import Address, Place, counted

BATCH = 5000
LINES = 100  # of one statement: SQLite takes 999 values
Row = tuple[Address, str, str, Any]
COLUMNS = ("cohort_id", "programme_id", "institution_id", "university_id", "academic_year")
UPSERT = """
    INSERT INTO dashboards_rollup (kind, scope_id, programme_id, academic_year, measure, code, week_date, value)
    VALUES {lines}
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
    found: Counter[Row] = Counter()
    for place, scopes, measure, code, week, value in contributions:
        for address in counted(place, scopes):
            found[address, str(measure), code, week] += value
    return found


def upsert(rows: Mapping[Row, int]) -> None:
    """Add to the roll-ups, in one order: two foldings never wait for each other in a ring."""
    lines = sorted(
        (int(address.kind), address.scope_id, address.programme_id, address.academic_year, measure, code, week, value)
        for (address, measure, code, week), value in rows.items()
        if value
    )
    with connection.cursor() as cursor:
        for start in range(0, len(lines), LINES):
            some = lines[start : start + LINES]
            statement = UPSERT.format(lines=", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s)"] * len(some)))
            cursor.execute(statement, [value for line in some for value in line])
