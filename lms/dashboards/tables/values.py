"""The values of cells: rounded once for every output, so that a file never says more than the screen."""

import re
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone

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
    if column.kind == Kind.PERCENT:
        return f"{formats.number_format(known * 100, column.places)}{percent_sign()}"
    return formats.number_format(known, column.places, force_grouping=True)


def percent_sign() -> str:
    """Return the sign of percents, after a no-break space where the language wants one."""
    return " %" if formats.get_format("DECIMAL_SEPARATOR") == "," else "%"


def _number(column: Column, value: Any) -> int | float:
    places = column.places + 2 if column.kind == Kind.PERCENT else column.places
    rounded = round(value, places)
    return float(rounded) if places else int(rounded)
