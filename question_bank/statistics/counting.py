"""Folding attempts into counts without a name: once each, and never undone by an erasure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from question_bank import selectors
from question_bank.types import CountedAnswer

from .choices import chosen
from .models import CountedAttempt, ItemStatistic, StatisticKind
from .scales import UNPLACED, month_of, score_group, seconds_bin

Key = tuple[int | str | bool | date | None, ...]
Sums = tuple[int, int, int]
KEY = ("item_version_id", "variant", "month_date", "score_group", "kind", "label", "is_erased")
SUMS = ("count", "score_sum", "score_squares")
TABLE = ItemStatistic._meta.db_table
ROWS_AT_ONCE = 200  # far below the parameters one statement may have
UNKNOWN = "unknown"


@transaction.atomic
def count_attempt(*, attempt: UUID, at: datetime, answers: Sequence[CountedAnswer]) -> bool:
    """Add the answers of an attempt that ended at `at` to the counts; return False when they are already in."""
    if CountedAttempt.objects.filter(attempt=attempt).exists():
        return False
    CountedAttempt.objects.create(attempt=attempt)
    _add(_rows(answers, at, is_erased=False))
    return True


@transaction.atomic
def keep_counts(*, attempt: UUID, at: datetime, answers: Sequence[CountedAnswer]) -> None:
    """Before an attempt is erased: move what it added to the counts that no recount empties."""
    removed, _ = CountedAttempt.objects.filter(attempt=attempt).delete()
    if removed:
        _add((key, (-count, -total, -squares)) for key, (count, total, squares) in _rows(answers, at, is_erased=False))
    _add(_rows(answers, at, is_erased=True))


def empty_counts() -> None:
    """Before a recount: empty all but what erased attempts left. In the recount's transaction."""
    if connection.vendor == "postgresql":  # whoever counts or erases meanwhile waits, then finds what was recounted
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {CountedAttempt._meta.db_table}, {TABLE} IN EXCLUSIVE MODE")
    CountedAttempt.objects.all().delete()
    ItemStatistic.objects.filter(is_erased=False).delete()


def _rows(answers: Iterable[CountedAnswer], at: datetime, *, is_erased: bool) -> list[tuple[Key, Sums]]:
    """Return what to add, in the order of the keys: two attempts never wait for each other in a ring."""
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    month = connection.ops.adapt_datefield_value(month_of(at))
    for answer in answers:
        for group, kind, label in _things(answer):
            score = answer.rest_score or 0
            row = sums[(answer.item_version_id, answer.variant, month, group, kind, label, is_erased)]
            for place, more in enumerate((1, score, score * score)):
                row[place] += more
    return [(key, (row[0], row[1], row[2])) for key, row in sorted(sums.items(), key=lambda pair: str(pair[0]))]


def _things(answer: CountedAnswer) -> list[tuple[int, str, str]]:
    group = UNPLACED if answer.rest_score is None else score_group(answer.rest_score)
    outcome = UNKNOWN if answer.answer.is_unknown else str(answer.score)
    content = selectors.item_content(answer.item_version_id)
    return [
        (group, StatisticKind.OUTCOME.value, outcome),
        *((group, StatisticKind.CHOICE.value, label) for label in chosen(content, answer.answer)),
        (UNPLACED, StatisticKind.SECONDS.value, seconds_bin(answer.seconds)),
    ]


def _add(rows: Iterable[tuple[Key, Sums]]) -> None:
    waiting = list(rows)
    for start in range(0, len(waiting), ROWS_AT_ONCE):
        _upsert(waiting[start : start + ROWS_AT_ONCE])


def _upsert(rows: list[tuple[Key, Sums]]) -> None:
    """Add to the rows that exist, insert the others: one statement, the same on both databases."""
    marks = ", ".join([f"({', '.join(['%s'] * (len(KEY) + len(SUMS)))})"] * len(rows))
    more = ", ".join(f"{name} = {TABLE}.{name} + excluded.{name}" for name in SUMS)
    statement = (
        f"INSERT INTO {TABLE} ({', '.join((*KEY, *SUMS))}) VALUES {marks} "  # noqa: S608 - names only
        f"ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET {more}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for key, sums in rows for value in (*key, *sums)])
