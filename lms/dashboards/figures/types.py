"""Figures as pages read them. Scopes of levels and scores: `overall`, a domain (`D1`), a competency (`D1.C2`)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from math import sqrt

from lms.cohorts.api import academic_year

OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Week:
    """What happened in one week, which begins on `monday` in Paris: people, each in the week when it was their case."""

    monday: date
    claimed: int = 0
    begun: int = 0
    measured: int = 0
    trained_measured: int = 0
    trained_declared: int = 0
    certified: int = 0
    score_sum: int = 0

    @property
    def trained(self) -> int:
        """Return how many became trained, measured and declared together."""
        return self.trained_measured + self.trained_declared

    @property
    def mean_score(self) -> float | None:
        """Return the mean score of the last measures made that week; None when there is none."""
        return self.score_sum / self.measured if self.measured else None


@dataclass(frozen=True, slots=True)
class Freshness:
    """The moment of the data; `is_moving`: whether the worker is counting anew a cohort that the page shows.

    `has_failed`: whether it gave up, and nobody has counted that cohort since.
    """

    as_of: datetime
    is_moving: bool = False
    has_failed: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Every measure of one place: counts of people, minutes, sums over the people measured.

    `levels`: {scope: {level: people}}; `score_sums`, `score_square_sums` and `variance_sums` by scope, in points and
    squared points (variance: of each person’s own measure). Competencies count those alone who share them, and so do
    the `shared_…`: pages that are read beside names tell nothing else of scores, or two looks around one new measure
    would tell the score of somebody who does not share. The others are for what is published, protected, without names.
    """

    enrolled: int = 0
    claimed: int = 0
    begun: int = 0
    measured: int = 0
    at_target: int = 0
    ready: int = 0
    sharing: int = 0
    shared_measured: int = 0
    shared_at_target: int = 0
    shared_ready: int = 0
    trained_measured: int = 0
    trained_declared: int = 0
    certified: int = 0
    minutes: int = 0
    taught_minutes: int = 0
    levels: dict[str, dict[str, int]] = field(default_factory=dict)
    score_sums: dict[str, int] = field(default_factory=dict)
    score_square_sums: dict[str, int] = field(default_factory=dict)
    variance_sums: dict[str, int] = field(default_factory=dict)
    weeks: list[Week] = field(default_factory=list)

    @property
    def trained(self) -> int:
        """Return how many are trained, measured and declared together: show them apart."""
        return self.trained_measured + self.trained_declared

    def counted(self, scope: str = OVERALL) -> int:
        """Return how many people `scope` was measured for (of a competency: and share it)."""
        return sum(self.levels.get(scope, {}).values())

    def mean_score(self, scope: str = OVERALL) -> float | None:
        """Return the mean score of `scope`; None when nobody was measured."""
        counted = self.counted(scope)
        return self.score_sums.get(scope, 0) / counted if counted else None

    def deviation(self, scope: str = OVERALL) -> float | None:
        """Return the standard deviation between the people measured, their own uncertainty included; None under two."""
        counted = self.counted(scope)
        if counted < 2 or scope not in self.score_square_sums:
            return None
        total = self.score_sums.get(scope, 0)
        return sqrt(max(self.score_square_sums[scope] - total * total / counted, 0.0) / (counted - 1))

    def mean_error(self, scope: str = OVERALL) -> float | None:
        """Return the standard error of the mean of `scope` as a measure of these very people; None when nobody was.

        The errors of each person’s measure are independent: √(Σ variance) ÷ n.
        """
        counted = self.counted(scope)
        if not counted or scope not in self.variance_sums:
            return None
        return sqrt(self.variance_sums[scope]) / counted

    def trained_by_year(self) -> dict[str, tuple[int, int, int]]:
        """Return {academic year: (measured, declared, certified)} by week; a year is that of the Monday.

        For figures of all years, where each person counts once.
        """
        found: dict[str, tuple[int, int, int]] = {}
        for week in self.weeks:
            year = academic_year(week.monday)
            before = found.get(year, (0, 0, 0))
            new = (week.trained_measured, week.trained_declared, week.certified)
            if any(new):
                found[year] = (before[0] + new[0], before[1] + new[1], before[2] + new[2])
        return found
