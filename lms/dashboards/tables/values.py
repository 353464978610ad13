"""The values of cells: rounded once for every output, so that a file never says more than the screen."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language

from .types import Column, Kind

# What XML 1.0 cannot hold: a name pasted with a control character must not spoil a whole file.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOTHING = "–"
Value = str | int | float | date | None


def exact(column: Column, value: Any) -> Value:
    """Return a raw value as every output says it: rounded as its column says, a day for a moment, words for a mask."""
    if value is None or value == "":
        return None
    if is_mask(value):
        return str(value.label)
    if column.kind == Kind.DATE:
        return timezone.localtime(value).date() if isinstance(value, datetime) else value
    if column.is_number:
        return _number(column, value)
    return UNPRINTABLE.sub("", str(value))


def is_mask(value: Any) -> bool:
    """Say whether a value is a reason not to say it."""
    return hasattr(value, "label") and not isinstance(value, str | int | float)


def shown(column: Column, value: Any) -> str:
    """Return a raw value as people read it on the page, in the active language."""
    known = exact(column, value)
    if known is None:
        return NOTHING
    if isinstance(known, date):
        return formats.date_format(known, "SHORT_DATE_FORMAT")
    if isinstance(known, str):
        return known
    return _read(known, column.places, column.kind == Kind.PERCENT, get_language())


def percent_sign() -> str:
    """Return the sign of percents, after a no-break space where the language wants one."""
    return " %" if formats.get_format("DECIMAL_SEPARATOR") == "," else "%"


@lru_cache(maxsize=8192)
def _read(known: float, places: int, is_percent: bool, language: str | None) -> str:
    """Return a number as people read it in `language`, the active one: a page has a thousand, many of them the same."""
    if is_percent:
        return f"{formats.number_format(round(known * 100, places), places)}{percent_sign()}"
    return formats.number_format(known, places, force_grouping=True)


def _number(column: Column, value: Any) -> int | float:
    places = column.places + 2 if column.kind == Kind.PERCENT else column.places
    rounded = told_share(value, places) if column.kind == Kind.PERCENT else round(value, places)
    return float(rounded) if places else int(rounded)


def told_share(value: float, places: int) -> float:
    """Return a share rounded, never to 0 of some nor to 1 of not all: the least that can be said, or the most."""
    least = 10.0**-places
    return round(min(max(value, least), 1 - least), places) if 0 < value < 1 else round(value, places)
