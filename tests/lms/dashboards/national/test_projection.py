"""The projection: its pace, its interval, and its silence when there is too little."""

from datetime import date

import pytest

from lms.dashboards.national.projection import Projection, next_month, project, whole_months

TODAY = date(2026, 10, 20)


def months(*counts: int, last: date = date(2026, 9, 1)) -> dict[date, int]:
    found, month = {}, date(last.year - (len(counts) - last.month) // 12 - 1, 1, 1)
    starts = []
    while month <= last:
        starts.append(month)
        month = next_month(month)
    for start, count in zip(starts[len(starts) - len(counts) :], counts, strict=True):
        found[start] = count
    return found


def at(*counts: int, done: int = 0, target: int = 210_000) -> Projection | None:
    return project(months(*counts), done=done, target=target, today=TODAY)


@pytest.mark.parametrize("counts", [(), (500,), (500,) * 5, (4,) * 7, (0,) * 12])
def test_too_little_is_too_early(counts: tuple[int, ...]) -> None:
    assert at(*counts) is None


def test_the_pace_is_that_of_the_last_twelve_months() -> None:
    found = at(*[9000] * 6, *[1000] * 12)
    assert found is not None
    assert (found.pace, found.months) == (1000, 12)


def test_a_steady_pace_says_when_within_poisson_alone() -> None:
    found = at(*[1000] * 12, done=198_000)
    assert found is not None
    # √(1000 ÷ 12) × t(11) = 20.1
    assert found.low == pytest.approx(979.9, abs=0.1) and found.high == pytest.approx(1020.1, abs=0.1)
    assert found.reached == date(2027, 10, 20)
    assert found.earliest is not None and found.latest is not None
    assert found.earliest < found.reached < found.latest


def test_uneven_months_widen_it_until_nothing_can_be_said() -> None:
    found = at(*[0] * 5, 6000, *[0] * 6, 6000)
    assert found is not None
    assert found.low == 0 and found.latest is None
    assert found.reached is not None


def test_months_with_nobody_count() -> None:
    assert whole_months({date(2026, 3, 1): 5, date(2026, 6, 1): 7}, TODAY) == [5, 0, 0, 7, 0, 0, 0]


def test_the_month_that_runs_does_not_count_yet() -> None:
    assert whole_months({date(2026, 9, 1): 5, date(2026, 10, 1): 900}, TODAY) == [5]


def test_a_target_that_is_reached_is_reached() -> None:
    found = at(*[1000] * 12, done=210_000)
    assert found is not None and found.reached == TODAY


def test_a_pace_of_centuries_has_no_date() -> None:
    found = at(*[5] * 12)
    assert found is not None and found.reached is None
