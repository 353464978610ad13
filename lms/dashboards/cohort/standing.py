"""What the rows of a cohort say together. Pure: plain rows in, plain figures out.

Scores and levels are those of the people who agreed to show them, as soon as what the others have could be worked out
by subtraction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from math import sqrt
from statistics import fmean, stdev
from typing import Protocol

from ..rollups.cells import monday
from ..tables.values import told_share
from .wilson import Z, interval


class Person(Protocol):
    """What is read of one person."""

    @property
    def begun_at(self) -> datetime | None: ...
    @property
    def last_step_at(self) -> datetime | None: ...
    @property
    def measured_at(self) -> datetime | None: ...
    @property
    def trained_date(self) -> date | None: ...
    @property
    def score(self) -> int | None: ...
    @property
    def low(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...
    @property
    def is_at_target(self) -> bool: ...
    @property
    def domains(self) -> Mapping[str, Sequence[int | str]]: ...
    @property
    def shares(self) -> bool: ...
    @property
    def tries(self) -> int: ...
    @property
    def best_before(self) -> int | None: ...


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, with its 95 % interval (Wilson), 0 to 1."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share; None of nobody."""
        return self.part / self.whole if self.whole else None

    @property
    def percent(self) -> int | None:
        """The share in whole percents, 0 of nobody and 100 of everybody alone; None when there is nobody."""
        return None if self.value is None else round(100 * told_share(self.value, 2))

    @property
    def low(self) -> int:
        """The lower end of the interval, in whole percents."""
        return min(round(100 * interval(self.part, self.whole)[0]), self.percent or 0)

    @property
    def high(self) -> int:
        """Its upper end."""
        return max(round(100 * interval(self.part, self.whole)[1]), self.percent or 0)


@dataclass(frozen=True)
class Mean:
    """A mean score with its 95 % interval, in points; `count` people."""

    value: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Help:
    """How many are to be helped, and why."""

    not_begun: int
    stopped: int
    without_progress: int


def helped(rows: Iterable[Person], *, now: datetime, stuck_for: timedelta, tries: int) -> Help:
    """Count who has not begun, who stopped (begun, not trained, no step for `stuck_for`), who tries without progress.

    The last is told of those who share alone: it says something of their scores.
    """
    known = list(rows)
    return Help(
        sum(1 for one in known if one.begun_at is None),
        sum(1 for one in known if _has_stopped(one, now - stuck_for)),
        sum(1 for one in known if one.shares and _is_without_progress(one, tries)),
    )


def _has_stopped(one: Person, since: datetime) -> bool:
    is_going_on = one.trained_date is None and one.begun_at is not None
    return is_going_on and one.last_step_at is not None and one.last_step_at < since


def _is_without_progress(one: Person, tries: int) -> bool:
    if one.score is None or one.best_before is None:
        return False
    return one.tries >= tries and one.score <= one.best_before


def at_target(rows: Iterable[Person]) -> Share:
    """Return how many of those measured are at the target level."""
    measured = [one for one in rows if one.score is not None]
    return Share(sum(one.is_at_target for one in measured), len(measured))


def margin(rows: Iterable[Person]) -> int | None:
    """Return by how many points, up or down, a score of these people is known, on average; None of nobody."""
    halves = [(one.high - one.low) / 2 for one in rows if one.low is not None and one.high is not None]
    return round(fmean(halves)) if halves else None


def mean_of(scores: Sequence[float]) -> Mean | None:
    """Return a mean with its 95 % interval, x̄ ± 1.96 s/√n; None of nobody, the point itself of one person.

    The spread between people holds the uncertainty of each one's measure, which is part of it.
    """
    if not scores:
        return None
    value = fmean(scores)
    half = Z * stdev(scores) / sqrt(len(scores)) if len(scores) > 1 else 0.0
    return Mean(value, max(value - half, 0.0), min(value + half, 1000.0), len(scores))


def by_domain(rows: Iterable[Person], codes: Iterable[str]) -> dict[str, Mean]:
    """Return the mean of each domain of which something was measured."""
    known = list(rows)
    means = {code: mean_of([int(one.domains[code][0]) for one in known if code in one.domains]) for code in codes}
    return {code: mean for code, mean in means.items() if mean is not None}


def by_week(rows: Iterable[Person]) -> dict[date, tuple[int, int]]:
    """Return {Monday: (how many were last measured that week, the sum of their scores)}."""
    found: dict[date, tuple[int, int]] = {}
    for one in rows:
        if one.measured_at is not None and one.score is not None:
            count, total = found.get(monday(one.measured_at), (0, 0))
            found[monday(one.measured_at)] = (count + 1, total + one.score)
    return found


def running_means(weeks: Mapping[date, tuple[int, int]], mondays: Sequence[date]) -> list[float | None]:
    """Return, for each of `mondays` in order, the mean of all who were measured until then; None before the first."""
    first = mondays[0] if mondays else date.min
    earlier = [pair for week, pair in weeks.items() if week < first]
    start = (sum(count for count, _total in earlier), sum(total for _count, total in earlier))
    steps = [weeks.get(week, (0, 0)) for week in mondays]
    sums = list(accumulate(steps, lambda so_far, step: (so_far[0] + step[0], so_far[1] + step[1]), initial=start))[1:]
    return [total / count if count else None for count, total in sums]


def last_mondays(now: datetime, count: int) -> list[date]:
    """Return the Mondays of the last `count` weeks, this one last."""
    this = monday(now)
    return [this - timedelta(weeks=back) for back in range(count - 1, -1, -1)]
