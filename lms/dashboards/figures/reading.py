"""Reading figures: one statement each, over roll-ups and deltas together, so that no folding can come between them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import CharField, JSONField, Min, Value

from kernel.models import Delivery, Job, OutboxEvent

from ..rollups.cells import TOTAL, Measure
from ..rollups.failed import REFRESH
from ..rollups.places import ALL_YEARS, Kind, bit
from .scope import Scope
from .types import Figures, Freshness, Week

LISTENER = "lms.dashboards.handlers."
UNDONE = (Job.State.QUEUED, Job.State.RUNNING, Job.State.FAILED)
# Where a delta says to which place of a kind it belongs.
COLUMN = {
    Kind.COHORT: "cohort_id",
    Kind.INSTITUTION_PROGRAMME: "institution_id",
    Kind.INSTITUTION: "institution_id",
    Kind.UNIVERSITY_PROGRAMME: "university_id",
    Kind.UNIVERSITY: "university_id",
}
Cell = tuple[str, str, date, int]
BY_CODE = {
    Measure.SCORE_SUM: "score_sums",
    Measure.SCORE_SQUARE_SUM: "score_square_sums",
    Measure.VARIANCE_SUM: "variance_sums",
}
WEEKLY = frozenset(Week.__dataclass_fields__) - {"monday"}


def of(scope: Scope, year: str | None = None) -> Figures:
    """Return the figures of `scope`, of one academic year or of all (where a person counts once): one query."""
    where = _Where(scope.kind, year).place(scope.place_id)
    if scope.is_programme:
        where.both("programme_id = %s", scope.programme_id)
    return _figures(row[1:] for row in _rows(where, "0"))


def by_cohort(institution_ids: int | Collection[int], year: str | None = None) -> dict[int, Figures]:
    """Return {cohort id: counts} of the cohorts of one institution, or several: one query."""
    ids = sorted({institution_ids} if isinstance(institution_ids, int) else institution_ids)
    marks = ", ".join(["%s"] * len(ids)) or "NULL"
    cohorts = f"(SELECT id FROM cohorts_cohort WHERE institution_id IN ({marks}))"  # noqa: S608 - marks only
    where = _Where(Kind.COHORT, year).counts()
    where.apart(f"scope_id IN {cohorts}", f"cohort_id IN {cohorts}", *ids)
    return _grouped(_rows(where, "scope_id"))


def by_institution(
    institution_ids: Collection[int], year: str | None = None, *, programme: int = 0
) -> dict[int, Figures]:
    """Return {institution id: counts} of the people each enrols itself, or of one programme there: one query."""
    ids = sorted(institution_ids)
    marks = ", ".join(["%s"] * len(ids)) or "NULL"
    where = _Where(Kind.INSTITUTION_PROGRAMME if programme else Kind.INSTITUTION, year).counts()
    where.apart(f"scope_id IN ({marks})", f"institution_id IN ({marks})", *ids)
    return _grouped(_rows(where.both("programme_id = %s", programme) if programme else where, "scope_id"))


def by_programme(scope: Scope, year: str | None = None) -> dict[int, Figures]:
    """Return {programme id: counts} inside an institution, a university or the country: one query."""
    where = _Where(scope.programmes, year).counts().place(scope.place_id)
    return _grouped(_rows(where, "programme_id"))


def by_university(year: str | None = None) -> dict[int, Figures]:
    """Return {institution id: counts} of the universities, attached people included: one query."""
    return _grouped(_rows(_Where(Kind.UNIVERSITY, year).counts(), "scope_id"))


def as_of(now: datetime) -> datetime:
    """Return the moment of the data: `now`, or when the oldest event that is not counted yet happened. One query."""
    return freshness(now).as_of


def freshness(now: datetime, cohort_ids: Collection[int] = ()) -> Freshness:
    """Return the moment of the data of a page, and whether one of its cohorts is being counted anew. One query.

    A roster is counted some hundreds at a time: until the last of them, its figures are those of neither day. So they
    are when the count failed for good, until another is done.
    """
    waiting = OutboxEvent.objects.filter(dispatched_at=None, kind__in=_handlers().HEARD)
    handed = Delivery.objects.filter(listener__startswith=LISTENER)
    jobs = Job.objects.filter(kind=REFRESH, state__in=UNDONE).order_by().values_list("created_at", "payload", "state")
    rows = list(_oldest(waiting, "at").union(_oldest(handed, "event__at"), jobs, all=True))
    shown = set(cohort_ids)
    ours = [(at, state) for at, job, state in rows if job and not shown.isdisjoint(job["cohorts"])]
    moments = [at for at, job, _state in rows if at is not None and not job] + [at for at, _state in ours]
    states = {state for _at, state in ours}
    has_failed = Job.State.FAILED in states
    return Freshness(min([now, *moments]), bool(states - {Job.State.FAILED}), has_failed)


def _oldest(rows: Any, moment: str) -> Any:
    nothing = Value(None, output_field=JSONField())
    grouped = rows.order_by().annotate(all=Value(1)).values("all")
    found = grouped.annotate(oldest=Min(moment), payload=nothing, state=Value("", output_field=CharField()))
    return found.values_list("oldest", "payload", "state")


def _handlers() -> Any:
    from .. import handlers  # late: they stand above what pages read

    return handlers


class _Where:
    """The conditions of a statement, for the roll-ups and for the deltas, which name a place otherwise."""

    def __init__(self, kind: Kind, year: str | None) -> None:
        is_all = kind is not Kind.COHORT and not year
        self.kind = kind
        self.folded, self.folded_values = ["kind = %s"], list[Any]([int(kind)])
        self.waiting, self.waiting_values = ["(scopes & %s) <> 0"], list[Any]([bit(kind, is_all_years=is_all)])
        if year:
            self.both("academic_year = %s", year)
        elif is_all:
            self.folded.append("academic_year = %s")
            self.folded_values.append(ALL_YEARS)

    def both(self, condition: str, *values: Any) -> "_Where":
        return self.apart(condition, condition, *values)

    def apart(self, folded: str, waiting: str, *values: Any) -> "_Where":
        self.folded.append(folded)
        self.waiting.append(waiting)
        self.folded_values += values
        self.waiting_values += values
        return self

    def counts(self) -> "_Where":
        """Keep what lists of places tell: people and minutes, no week, level nor score (nine rows of ten)."""
        return self.both("week_date = %s", TOTAL).both("code = ''")

    def place(self, place_id: int) -> "_Where":
        if self.kind in COLUMN:
            return self.apart("scope_id = %s", f"{COLUMN[self.kind]} = %s", place_id)
        self.folded.append("scope_id = 0")
        return self


def _rows(where: _Where, group: str) -> Iterable[tuple[int, str, str, date, int]]:
    """Return (group, measure, code, week, value), summed over what is folded and what is not."""
    waiting_group = COLUMN[where.kind] if group == "scope_id" else group
    statement = f"""
        SELECT grouped, measure, code, week_date, CAST(SUM(value) AS BIGINT) FROM (
            SELECT {group} AS grouped, measure, code, week_date, value
              FROM dashboards_rollup WHERE {" AND ".join(where.folded)}
             UNION ALL
            SELECT {waiting_group} AS grouped, measure, code, week_date, value
              FROM dashboards_rollupdelta WHERE {" AND ".join(where.waiting)}
        ) AS counted
        GROUP BY grouped, measure, code, week_date HAVING SUM(value) <> 0
        ORDER BY grouped, week_date"""  # noqa: S608 - names and marks only
    with connection.cursor() as cursor:
        cursor.execute(statement, [*where.folded_values, *where.waiting_values])
        rows = cursor.fetchall()
    return [(*row[:3], _date(row[3]), row[4]) for row in rows] if connection.vendor == "sqlite" else rows


def _date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value  # SQLite keeps text


def _grouped(rows: Iterable[tuple[int, str, str, date, int]]) -> dict[int, Figures]:
    found: dict[int, list[Cell]] = {}
    for group, measure, code, week, value in rows:
        found.setdefault(group, []).append((measure, code, week, value))
    return {group: _figures(cells) for group, cells in found.items()}


def _figures(cells: Iterable[Cell]) -> Figures:
    named: dict[str, Any] = {"levels": {}, **{name: {} for name in BY_CODE.values()}}
    weeks: dict[date, dict[str, int]] = {}
    for measure, code, week, value in cells:
        if week != TOTAL:
            weeks.setdefault(week, {})[measure] = value
        elif measure == Measure.LEVEL:
            scope, _, level = code.partition("/")
            named["levels"].setdefault(scope, {})[level] = value
        elif measure in BY_CODE:
            named[BY_CODE[Measure(measure)]][code] = value
        else:
            named[measure] = value
    return Figures(**named, weeks=[_week(*one) for one in sorted(weeks.items())])


def _week(monday: date, values: Mapping[str, int]) -> Week:
    return Week(monday, **{name: value for name, value in values.items() if name in WEEKLY})
