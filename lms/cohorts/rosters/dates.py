"""Birth dates as people and spreadsheets write them: 31/12/2004, 2004-12-31, or the number 38352."""

import re
from datetime import date, timedelta

SLASHED = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})(?: 00:00(?::00)?)?")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?(?:\.0+)?Z?)?")
COUNTED = re.compile(r"\d{4,5}")
# Day 0 of spreadsheets; their 29 February 1900, which never was, comes before anybody of ours.
FIRST_DAY = date(1899, 12, 30)
OLDEST, YOUNGEST = 110, 12  # years


def read_date(text: str) -> tuple[date | None, bool]:
    """Return the day that `text` says (None when it says none), and whether it was a spreadsheet's number."""
    for pattern, order in ((SLASHED, (3, 2, 1)), (ISO, (1, 2, 3))):
        if found := pattern.fullmatch(text):
            return _day(*(int(found[place]) for place in order)), False
    if COUNTED.fullmatch(text):
        return FIRST_DAY + timedelta(days=int(text)), True
    return None, False


def is_plausible(day: date, today: date) -> bool:
    """Say whether somebody born that day may study."""
    return OLDEST * 365 > (today - day).days >= YOUNGEST * 365


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
