"""The figures of one item, from its counts: shares with how many they rest on, correlations, times."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import sqrt

from .choices import Named
from .scales import GROUPS, UNPLACED, seconds_quantile

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Counted:
    """A count, over versions still asked in the same words or not: what the page adds up."""

    month: date
    group: int
    kind: str
    label: str
    count: int
    total: int
    squares: int


@dataclass(frozen=True)
class Share:
    """`count` out of `of`."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """Return the share, 0 to 1; 0 out of nothing."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True)
class ChoiceFigures:
    """How often a choice was taken, by whom, and month by month."""

    named: Named
    share: Share
    by_group: tuple[Share, ...]
    by_month: tuple[tuple[date, Share], ...]
    correlation: float | None


@dataclass(frozen=True)
class ItemFigures:
    """What the counts say of an item. `by_group`: right, from the weakest fifth to the strongest; times in seconds."""

    responses: int
    right: Share
    partly: Share
    unknown: Share
    by_group: tuple[Share, ...]
    by_month: tuple[tuple[date, Share], ...]
    discrimination: float | None
    choices: tuple[ChoiceFigures, ...]
    median_seconds: float | None
    p90_seconds: float | None


def figures(rows: Iterable[Counted], named: Iterable[Named], top_score: int) -> ItemFigures:
    """Return the figures of an item from its counts; `named`: what can be chosen in it."""
    found = list(rows)
    outcomes = [row for row in found if row.kind == "outcome"]
    right = [row for row in outcomes if row.label == str(top_score)]
    chosen: dict[str, list[Counted]] = defaultdict(list)
    for row in found:
        if row.kind == "choice":
            chosen[row.label].append(row)
    seconds = Counter[str]()
    for row in found:
        if row.kind == "seconds":
            seconds[row.label] += row.count
    responses = _sum(outcomes)
    partly = [row for row in outcomes if row.label not in ("0", "unknown", str(top_score))]
    return ItemFigures(
        responses=responses,
        right=Share(_sum(right), responses),
        partly=Share(_sum(partly), responses),
        unknown=Share(_sum(row for row in outcomes if row.label == "unknown"), responses),
        by_group=_by_group(right, outcomes),
        by_month=_by_month(right, outcomes),
        discrimination=_discrimination(outcomes),
        choices=tuple(_choice(one, chosen[one.label], outcomes) for one in named),
        median_seconds=seconds_quantile(seconds, 0.5),
        p90_seconds=seconds_quantile(seconds, 0.9),
    )


def _choice(named: Named, rows: list[Counted], outcomes: list[Counted]) -> ChoiceFigures:
    return ChoiceFigures(
        named=named,
        share=Share(_sum(rows), _sum(outcomes)),
        by_group=_by_group(rows, outcomes),
        by_month=_by_month(rows, outcomes),
        correlation=point_biserial(rows, outcomes),
    )


def _sum(rows: Iterable[Counted]) -> int:
    return sum(row.count for row in rows)


def _by_group(rows: list[Counted], outcomes: list[Counted]) -> tuple[Share, ...]:
    return tuple(
        Share(_sum(r for r in rows if r.group == g), _sum(r for r in outcomes if r.group == g)) for g in GROUPS
    )


def _by_month(rows: list[Counted], outcomes: list[Counted]) -> tuple[tuple[date, Share], ...]:
    months = sorted({row.month for row in outcomes})[-MONTHS:]
    return tuple(
        (month, Share(_sum(r for r in rows if r.month == month), _sum(r for r in outcomes if r.month == month)))
        for month in months
    )


def point_biserial(rows: Iterable[Counted], outcomes: Iterable[Counted]) -> float | None:
    """Return the correlation of “it happened” (rows) with the rest score, over everybody (outcomes); None without any.

    Among people whose other answers say enough. Exact: the sums are of whole numbers.
    """
    return _correlation({1: [row for row in rows if row.group != UNPLACED]}, outcomes)


def _discrimination(outcomes: list[Counted]) -> float | None:
    """Return the item-rest correlation: of the score (partial credit too) with the rest score."""
    by_score: dict[int, list[Counted]] = defaultdict(list)
    for row in outcomes:
        if row.group != UNPLACED and row.label not in ("0", "unknown"):
            by_score[int(row.label)].append(row)
    return _correlation(by_score, outcomes)


def _correlation(by_value: Mapping[int, list[Counted]], outcomes: Iterable[Counted]) -> float | None:
    """Pearson's, of a value (0 unless said) with the rest score, from sums."""
    placed = [row for row in outcomes if row.group != UNPLACED]
    n, y, yy = _sum(placed), sum(row.total for row in placed), sum(row.squares for row in placed)
    x = sum(value * _sum(rows) for value, rows in by_value.items())
    xx = sum(value * value * _sum(rows) for value, rows in by_value.items())
    xy = sum(value * sum(row.total for row in rows) for value, rows in by_value.items())
    spread = (n * xx - x * x) * (n * yy - y * y)
    return (n * xy - x * y) / sqrt(spread) if spread > 0 else None
