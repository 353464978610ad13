"""What a summary contributes, before where: figures by measure, code and week. Pure.

The week of a figure is the Monday, in Paris, of when it became the person’s case; `TOTAL` stands for all time.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
TOTAL = date(1970, 1, 5)
OVERALL = "overall"


class Measure(StrEnum):
    """What is counted or summed. SCORE_SUM, LEVEL… have a code; those with a date also have their weeks."""

    ENROLLED = "enrolled"
    CLAIMED = "claimed"
    BEGUN = "begun"
    MEASURED = "measured"
    AT_TARGET = "at_target"
    READY = "ready"
    SHARING = "sharing"
    SHARED_MEASURED = "shared_measured"
    SHARED_AT_TARGET = "shared_at_target"
    SHARED_READY = "shared_ready"
    TRAINED_MEASURED = "trained_measured"
    TRAINED_DECLARED = "trained_declared"
    CERTIFIED = "certified"
    MINUTES = "minutes"
    TAUGHT_MINUTES = "taught_minutes"
    SCORE_SUM = "score_sum"
    SCORE_SQUARE_SUM = "score_square_sum"
    VARIANCE_SUM = "variance_sum"
    LEVEL = "level"


class Summarised(Protocol):
    """What is read of a summary (LearnerSummary)."""

    claimed_at: datetime | None
    begun_at: datetime | None
    measured_at: datetime | None
    first_measured_at: datetime | None
    score: int | None
    level: str
    domains: Mapping[str, list[int | str]]
    competencies: Mapping[str, list[int | str]]
    errors: Mapping[str, float]
    is_at_target: bool
    is_ready: bool
    minutes: int
    taught_minutes: int
    trained_date: date | None
    trained_means: str
    certified_date: date | None
    is_sharing: bool


Cell = tuple[Measure, str, date]


def cells(summary: Summarised) -> dict[Cell, int]:
    """Return what a summary contributes to each figure: {(measure, code, week): number}, without zeros."""
    found: dict[Cell, int] = {}
    for measure, code, week, value in _lines(summary):
        if value:
            found[measure, code, week] = found.get((measure, code, week), 0) + value
    return found


def _lines(summary: Summarised) -> Iterator[tuple[Measure, str, date, int]]:
    yield Measure.ENROLLED, "", TOTAL, 1
    yield Measure.SHARING, "", TOTAL, int(summary.is_sharing)
    yield Measure.MINUTES, "", TOTAL, summary.minutes
    yield Measure.TAUGHT_MINUTES, "", TOTAL, summary.taught_minutes
    for measure, at in _dated(summary):
        if at is not None:
            yield measure, "", TOTAL, 1
            yield measure, "", monday(at), 1
    if summary.score is not None and summary.measured_at is not None:
        yield Measure.SCORE_SUM, OVERALL, TOTAL, summary.score
        yield Measure.SCORE_SUM, "", monday(summary.measured_at), summary.score
        yield Measure.AT_TARGET, "", TOTAL, int(summary.is_at_target)
        yield Measure.READY, "", TOTAL, int(summary.is_ready)
        yield from _measured(summary, summary.score)


def _dated(summary: Summarised) -> Iterator[tuple[Measure, datetime | date | None]]:
    yield Measure.CLAIMED, summary.claimed_at
    yield Measure.BEGUN, summary.begun_at
    # The first time: a test taken again later does not undo that it had been taken.
    yield Measure.MEASURED, summary.first_measured_at or summary.measured_at
    yield Measure.CERTIFIED, summary.certified_date
    is_measured = summary.trained_means == "measured"
    yield Measure.TRAINED_MEASURED if is_measured else Measure.TRAINED_DECLARED, summary.trained_date


def _measured(summary: Summarised, score: int) -> Iterator[tuple[Measure, str, date, int]]:
    """Yield levels and sums by scope. The detail by competency is that of people who agreed to show it."""
    yield Measure.LEVEL, f"{OVERALL}/{summary.level}", TOTAL, 1
    yield Measure.SCORE_SQUARE_SUM, OVERALL, TOTAL, score * score
    for code, (own, _low, _high, level) in summary.domains.items():
        yield Measure.LEVEL, f"{code}/{level}", TOTAL, 1
        yield Measure.SCORE_SUM, code, TOTAL, int(own)
        yield Measure.SCORE_SQUARE_SUM, code, TOTAL, int(own) ** 2
    for scope, error in summary.errors.items():
        yield Measure.VARIANCE_SUM, scope, TOTAL, round(error * error)
    if summary.is_sharing:
        yield Measure.SHARED_MEASURED, "", TOTAL, 1
        yield Measure.SHARED_AT_TARGET, "", TOTAL, int(summary.is_at_target)
        yield Measure.SHARED_READY, "", TOTAL, int(summary.is_ready)
        for code, (own, _low, _high, level) in summary.competencies.items():
            yield Measure.LEVEL, f"{code}/{level}", TOTAL, 1
            yield Measure.SCORE_SUM, code, TOTAL, int(own)


def monday(at: datetime | date) -> date:
    """Return the Monday of the week of a moment, in Paris (of a date, as it is written)."""
    day = at.astimezone(PARIS).date() if isinstance(at, datetime) else at
    return day - timedelta(days=day.weekday())


def at_date(day: date) -> datetime:
    """Return the first moment of a day, in Paris."""
    return datetime(day.year, day.month, day.day, tzinfo=PARIS).astimezone(UTC)
