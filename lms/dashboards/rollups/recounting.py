"""Counting again from the rows: to check that roll-ups are exact, and to write them again when they are not."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.db import connection, transaction

from lms.cohorts.models import Enrolment

from ..models import ErasedContribution, LearnerSummary, Rollup, RollupDelta
from . import keeping
from .cells import Cell, cells
from .folding import COLUMNS, Group, Row, spread, spread_groups, upsert
from .places import Address, Kind, Place
from .summaries import drafts, place_of

CHUNK = 500
Progress = Callable[[int, int], None]


def recounted() -> Counter[Row]:
    """Return what the roll-ups must say, from people's own rows and from the counters of those who were erased."""
    total = summed(draft for users, students in _chunks() for draft in drafts(users=users, students=students))
    total.update(_erased())
    return _without_zeros(total)


def kept() -> Counter[Row]:
    """Return what the roll-ups say, deltas included."""
    total: Counter[Row] = Counter()
    rows = Rollup.objects.order_by("pk").values_list(
        "kind", "scope_id", "programme_id", "academic_year", "measure", "code", "week_date", "value"
    )
    for kind, scope_id, programme_id, year, measure, code, week, value in rows.iterator(chunk_size=5000):
        total[Address(Kind(kind), scope_id, programme_id, year), measure, code, week] += value
    total.update(_spread_rows(RollupDelta))
    return _without_zeros(total)


def differences() -> dict[Row, tuple[int, int]]:
    """Return the figures that are not what a recount says: {row: (kept, recounted)}; nothing when all is exact."""
    ours, right = kept(), recounted()
    return {row: (ours[row], right[row]) for row in ours.keys() | right.keys() if ours[row] != right[row]}


def rebuild(*, report: Progress = lambda done, total: None) -> int:
    """Write every summary and every roll-up again from people's rows; return how many summaries there are.

    Summaries chunk by chunk, each exact as it goes; then the roll-ups, from the summaries, in one transaction.
    """
    total, done = Enrolment.objects.count(), 0
    for users, students in _chunks():
        keeping.refresh(users=users, students=students)
        done += len(users) + len(students)
        report(min(done, total), total)
    rewrite()
    return LearnerSummary.objects.count()


@transaction.atomic
def rewrite() -> None:
    """Replace the roll-ups by what the summaries say. Whoever wants to write one waits."""
    _take_turn()
    total = summed(LearnerSummary.objects.order_by("pk").iterator(chunk_size=2000))
    total.update(_erased())
    RollupDelta.objects.all().delete()
    Rollup.objects.all().delete()
    upsert(total)


def summed(summaries: Iterable[LearnerSummary]) -> Counter[Row]:
    """Return the rows that summaries come to, added up place by place first: people of a cohort share theirs."""
    found: defaultdict[Group, Counter[Cell]] = defaultdict(Counter)
    for summary in summaries:
        if summary.scopes:
            found[place_of(summary), summary.scopes].update(cells(summary))
    return spread_groups(found)


def _take_turn() -> None:
    """Keep changes of summaries waiting until the roll-ups are written (SQLite has one writer at a time anyway)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            tables = "dashboards_learnersummary, dashboards_rollupdelta, dashboards_rollup"  # in the order of writers
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _without_zeros(total: Counter[Row]) -> Counter[Row]:
    return Counter({row: value for row, value in total.items() if value})


def _erased() -> Counter[Row]:
    return _spread_rows(ErasedContribution)


def _spread_rows(model: type[RollupDelta] | type[ErasedContribution]) -> Counter[Row]:
    rows = model.objects.order_by("pk").values_list(*COLUMNS, "scopes", "measure", "code", "week_date", "value")
    return spread((Place(*row[:5]), *row[5:]) for row in rows.iterator(chunk_size=5000))


def _chunks() -> Iterator[tuple[set[int], set[int]]]:
    """Yield (accounts, students without one), each person once, a few hundred at a time."""
    accounts = Enrolment.objects.filter(user__isnull=False).order_by("user_id").values_list("user_id", flat=True)
    for chunk in _slices(accounts.distinct().iterator(chunk_size=CHUNK)):
        yield chunk, set()
    others = Enrolment.objects.filter(user=None).order_by("student_id").values_list("student_id", flat=True)
    for chunk in _slices(others.distinct().iterator(chunk_size=CHUNK)):
        yield set(), chunk


def _slices(ids: Iterator[int]) -> Iterator[set[int]]:
    chunk: set[int] = set()
    for one in ids:
        chunk.add(one)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = set()
    if chunk:
        yield chunk
