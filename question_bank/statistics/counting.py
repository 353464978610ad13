"""Folding attempts into counts without a name: once each, and never undone by an erasure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from question_bank import selectors
from question_bank.types import CountedAnswer, CountedSitting

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
def count_attempts(sittings: Sequence[CountedSitting]) -> int:
    """Add the answers of finished attempts to the counts, but for those already in; return how many were added."""
    uuids = [sitting.attempt for sitting in sittings]
    known = set(CountedAttempt.objects.filter(attempt__in=uuids).order_by("pk").values_list("attempt", flat=True))
    new = [sitting for sitting in sittings if sitting.attempt not in known]
    CountedAttempt.objects.bulk_create([CountedAttempt(attempt=sitting.attempt) for sitting in new])
    _add(_rows(new, is_erased=False))
    return len(new)


@transaction.atomic
def keep_counts(sitting: CountedSitting) -> None:
    """Before an attempt is erased: move what it added to the counts that no recount empties."""
    removed, _ = CountedAttempt.objects.filter(attempt=sitting.attempt).delete()
    if removed:
        _add((key, (-count, -total, -squares)) for key, (count, total, squares) in _rows([sitting], is_erased=False))
    _add(_rows([sitting], is_erased=True))


def empty_counts() -> None:
    """Before a recount: empty all but what erased attempts left. In the recount's transaction."""
    if connection.vendor == "postgresql":  # whoever counts or erases meanwhile waits, then finds what was recounted
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {CountedAttempt._meta.db_table}, {TABLE} IN EXCLUSIVE MODE")
    CountedAttempt.objects.all().delete()
    ItemStatistic.objects.filter(is_erased=False).delete()


def _rows(sittings: Iterable[CountedSitting], *, is_erased: bool) -> list[tuple[Key, Sums]]:
    """Return what to add, in the order of the keys: two who count never wait for each other in a ring."""
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0])
    for month, answer in _dated(sittings):
        for group, kind, label in _things(answer):
            score = answer.rest_score or 0
            row = sums[(answer.item_version_id, answer.variant, month, group, kind, label, is_erased)]
            for place, more in enumerate((1, score, score * score)):
                row[place] += more
    return [(key, (row[0], row[1], row[2])) for key, row in sorted(sums.items(), key=lambda pair: str(pair[0]))]


def _dated(sittings: Iterable[CountedSitting]) -> Iterator[tuple[Any, CountedAnswer]]:
    """Yield each answer with the month its attempt ended in, as the database takes it."""
    for sitting in sittings:
        month = connection.ops.adapt_datefield_value(month_of(sitting.at))
        yield from ((month, answer) for answer in sitting.answers)


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
