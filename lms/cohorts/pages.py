"""What the pages of cohorts share: how many lines they show, and the days that people write."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .errors import DayTooEarly, DayTooLate
from .years import is_too_early, is_too_late

PAGE = 50


def after_last_day(day: date | None, zone: str) -> datetime | None:
    """Return the moment at which `day`, the last one, is over where the institution is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)) if day else None


def ensure_near(day: date | None, now: datetime, *, field: str) -> None:
    """Raise DayTooEarly or DayTooLate, on `field`, for a day that can only have been mistyped."""
    if day is not None and is_too_early(day, now):
        raise DayTooEarly(field=field)
    if day is not None and is_too_late(day, now):
        raise DayTooLate(field=field)


def last_day(moment: datetime | None, zone: str) -> date | None:
    """Return the last day before `moment` where the institution is."""
    return (moment.astimezone(ZoneInfo(zone)) - timedelta(microseconds=1)).date() if moment else None
