"""Academic years, from dates alone."""

from datetime import date

import pytest

from lms.cohorts.api import academic_year, is_academic_year, next_year, year_bounds, years_around


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 7, 31), "2025-2026"),
        (date(2026, 8, 1), "2026-2027"),
        (date(2026, 12, 31), "2026-2027"),
        (date(2027, 1, 1), "2026-2027"),
        (date(2000, 2, 29), "1999-2000"),
    ],
)
def test_a_year_begins_on_the_first_of_august(day: date, year: str) -> None:
    assert academic_year(day) == year
    first, after = year_bounds(year)
    assert first <= day < after


def test_years_follow_each_other() -> None:
    assert next_year("2026-2027") == "2027-2028"
    assert years_around(date(2026, 10, 20), before=1, after=1) == ["2027-2028", "2026-2027", "2025-2026"]


@pytest.mark.parametrize("text", ["2026", "2026-2028", "2026-27", "2026/2027", "", "2026-2027 "])
def test_what_is_no_year_is_refused(text: str) -> None:
    assert not is_academic_year(text)
    with pytest.raises(ValueError, match="no academic year"):
        next_year(text)
