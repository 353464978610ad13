"""The country as a mark beside a cohort or an institution: means and shares of one year, moving by ACROSS people."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from .. import figures
from ..disclosure import ACROSS, Count, is_change_safe, is_safe
from ..figures import Figures, Scope, Week
from ..figures.types import OVERALL
from ..models import AggregateSnapshot, Rollup
from ..rollups.cells import monday
from ..rollups.places import Kind

RESULTS = ("at_target", "ready")


def country(year: str) -> Figures:
    """Return what was last published of the country in an academic year; nothing when there is nothing.

    Enrolled, measured, those at the target and ready (0: not said), mean scores of domains too, weeks. One query.
    """
    row = AggregateSnapshot.objects.filter(kind=AggregateSnapshot.Kind.MARKS).order_by("snapshot_date").last()
    kept = row.figures.get(year) if row else None
    if kept is None:
        return Figures()
    weeks = [Week(date.fromisoformat(day), measured=count, score_sum=total) for day, count, total in kept["weeks"]]
    counts = {name: kept[name] for name in ("enrolled", "measured", *RESULTS)}
    levels = {scope: {"": count} for scope, count in kept["counts"].items()}
    return Figures(**counts, levels=levels, score_sums=kept["sums"], weeks=weeks)


def marks(before: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Return the marks of each year, after those of the last snapshot: two queries a year."""
    years = Rollup.objects.filter(kind=Kind.NATIONAL).exclude(academic_year="").order_by("academic_year")
    found = dict(before)
    for year in years.values_list("academic_year", flat=True).distinct():
        new = figures.of(Scope.national(), year)
        if _is_tellable(new, year) and _has_moved(before.get(year), new):
            found[year] = _mark(before.get(year), new, day)
    return found


def _is_tellable(new: Figures, year: str) -> bool:
    """Say whether the country has enough people, and whoever knows one university does not know the others by it."""
    most = max((one.measured for one in figures.by_university(year).values()), default=0)
    return new.measured - most >= ACROSS and is_safe(Count(new.measured, new.enrolled), k=ACROSS, is_strict=False)


def _has_moved(old: Mapping[str, Any] | None, new: Figures) -> bool:
    if old is None:
        return True
    change = Count(new.measured - old["measured"], new.enrolled - old["enrolled"])
    return abs(change.part) >= ACROSS and is_change_safe(change, k=ACROSS)


def _mark(old: Mapping[str, Any] | None, new: Figures, day: date) -> dict[str, Any]:
    scopes = [scope for scope in new.levels if "." not in scope and new.counted(scope) >= ACROSS]
    found = {name: _result(getattr(new, name), new.measured) for name in RESULTS}
    return found | {
        "day": day.isoformat(),
        "enrolled": new.enrolled,
        "measured": new.measured,
        "counts": {scope: new.counted(scope) for scope in scopes},
        "sums": {scope: new.score_sums.get(scope, 0) for scope in scopes},
        "weeks": [*old["weeks"], _since(old, new, day)] if old else _grouped(new.weeks),
    }


def _result(part: int, whole: int) -> int:
    return part if is_safe(Count(part, whole), k=ACROSS, is_strict=True) else 0


def _since(old: Mapping[str, Any], new: Figures, day: date) -> list[Any]:
    """Return what was added since the last mark, as of this week: nobody is seen leaving an earlier one."""
    gained = new.score_sums.get(OVERALL, 0) - sum(total for _monday, _count, total in old["weeks"])
    return [monday(day).isoformat(), new.measured - old["measured"], gained]


def _grouped(weeks: list[Week]) -> list[list[Any]]:
    """Return weeks joined until each has ACROSS people; the last ones join those before them."""
    found: list[list[Any]] = []
    for week in sorted((asdict(one) for one in weeks), key=lambda one: one["monday"]):
        if found and found[-1][1] < ACROSS:
            found[-1][0] = week["monday"].isoformat()
            found[-1][1] += week["measured"]
            found[-1][2] += week["score_sum"]
        elif week["measured"]:
            found.append([week["monday"].isoformat(), week["measured"], week["score_sum"]])
    if len(found) > 1 and found[-1][1] < ACROSS:
        _day, count, total = found.pop()
        found[-1][1] += count
        found[-1][2] += total
    return found
