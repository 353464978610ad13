"""What the rows of a cohort say together: weeks, means, margins, and nothing of nobody."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from lms.dashboards.cohort import standing
from lms.dashboards.cohort.overview import told_of
from lms.dashboards.tables import Column
from lms.dashboards.tables.values import exact


@dataclass
class Row:
    score: int | None = None
    shares: bool = True
    low: int | None = None
    high: int | None = None
    is_at_target: bool = False
    begun_at: datetime | None = None
    last_step_at: datetime | None = None
    measured_at: datetime | None = None
    trained_date: date | None = None
    domains: dict[str, list[int | str]] = field(default_factory=dict)
    tries: int = 0
    best_before: int | None = None


MONDAYS = [date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 19)]


def test_weeks_are_those_of_paris() -> None:
    late = Row(500, measured_at=datetime(2026, 10, 18, 22, 30, tzinfo=UTC))  # half past midnight on Monday, in Paris
    assert standing.by_week([late]) == {MONDAYS[2]: (1, 500)}


def test_means_run_over_everybody_measured_so_far() -> None:
    weeks = {date(2026, 9, 28): (1, 400), MONDAYS[1]: (1, 600)}
    assert standing.running_means(weeks, MONDAYS) == [400, 500, 500]
    assert standing.running_means({MONDAYS[1]: (2, 900)}, MONDAYS) == [None, 450, 450]
    assert standing.running_means({}, MONDAYS) == [None, None, None]


def test_the_last_weeks_end_with_this_one() -> None:
    assert standing.last_mondays(datetime(2026, 10, 20, 13, tzinfo=UTC), 3) == MONDAYS


def test_a_mean_has_its_interval() -> None:
    found = standing.mean_of([400, 500, 600])
    assert found is not None
    assert (found.value, found.count) == (500, 3)
    assert (found.low, found.high) == pytest.approx((386.84, 613.16), abs=0.01)  # 500 ± 1.96 × 100 ÷ √3
    assert standing.mean_of([]) is None


def test_a_margin_is_the_mean_half_width() -> None:
    assert standing.margin([Row(low=400, high=500), Row(low=300, high=450), Row()]) == 62
    assert standing.margin([Row()]) is None


@pytest.mark.parametrize(("hidden", "told", "left_out"), [(0, 6, 0), (1, 6, 1), (4, 6, 4), (5, 6, 5)])
def test_those_who_do_not_share_are_left_out(hidden: int, told: int, left_out: int) -> None:
    rows = [Row(500)] * 6 + [Row(500, shares=False)] * hidden
    found = told_of(rows)
    assert (len(found.rows), found.hidden) == (told, left_out)


def test_a_share_of_nobody_is_none() -> None:
    share = standing.Share(0, 0)
    assert (share.value, share.percent, share.low, share.high) == (None, None, 0, 100)


def test_a_share_is_nothing_of_nobody_alone_and_all_of_everybody_alone() -> None:
    one, most = standing.Share(1, 900), standing.Share(899, 900)
    assert (one.low, one.percent, one.high) == (0, 1, 1)
    assert (most.low, most.percent, most.high) == (99, 99, 100)
    assert (standing.Share(0, 900).percent, standing.Share(900, 900).percent) == (0, 100)
    column = Column("share", "Part", "percent")
    assert [exact(column, value) for value in (0.0, 1 / 900, 0.5, 899 / 900, 1.0)] == [0.0, 0.01, 0.5, 0.99, 1.0]
