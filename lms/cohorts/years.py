"""Academic years. Pure: dates in, text out.

A year begins on 1 August: the last resits are in June and July, classes begin in mid-August in La Réunion and in
September elsewhere, and the enrolments made in between are for the year that comes. A later day would put students of
La Réunion in the year that ended.
"""

import re
from datetime import date, datetime, timedelta

FIRST_MONTH = 8
FARTHEST = timedelta(days=3653)  # ten years: a day further off was mistyped
PATTERN = re.compile(r"(\d{4})-(\d{4})")


def academic_year(day: date) -> str:
    """Return the academic year of a day: "2026-2027" from 1 August 2026 to 31 July 2027."""
    return _label(day.year if day.month >= FIRST_MONTH else day.year - 1)


def year_bounds(year: str) -> tuple[date, date]:
    """Return the first day of an academic year and that of the next. Raises ValueError for what is not one."""
    first = _first(year)
    return date(first, FIRST_MONTH, 1), date(first + 1, FIRST_MONTH, 1)


def next_year(year: str) -> str:
    """Return the academic year after `year`. Raises ValueError for what is not one."""
    return _label(_first(year) + 1)


def years_around(day: date, *, before: int = 3, after: int = 1) -> list[str]:
    """Return the academic years around that of `day`, the latest first."""
    first = _first(academic_year(day))
    return [_label(year) for year in range(first + after, first - before - 1, -1)]


def is_academic_year(text: str) -> bool:
    """Say whether `text` is an academic year: two years that follow each other."""
    found = PATTERN.fullmatch(text)
    return found is not None and int(found[2]) == int(found[1]) + 1


def is_too_early(day: date, now: datetime) -> bool:
    """Say whether `day` is so long ago that it was mistyped."""
    return day < now.date() - FARTHEST


def is_too_late(day: date, now: datetime) -> bool:
    """Say whether `day` is so far ahead that it was mistyped."""
    return day > now.date() + FARTHEST


def _first(year: str) -> int:
    if not is_academic_year(year):
        raise ValueError(f"“{year}” is no academic year; one is written 2026-2027.")
    return int(year[:4])


def _label(first: int) -> str:
    return f"{first}-{first + 1}"
