"""Small shapes that item files are made of: each takes what was written, returns what it means, says what is wrong.

The reader (itemfiles.reader) hands every scalar over as the text that was written, so that `08:12`, `no` or `1.50`
never turn into something else on the way; a shape decides what a text means.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from kernel.entries import UNWANTED

Key = str | int
Keys = tuple[Key, ...]
Problem = tuple[Keys, str]
Say = Callable[[Keys, str], None]
Shape = Callable[[Any, Keys, Say], Any]

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,9})?")
WEB_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+(/\S*)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def text(most: int, least: int = 1, *, lines: bool = False) -> Shape:
    """A text of `least` to `most` characters; on one line unless `lines`."""

    def shape(value: Any, keys: Keys, say: Say) -> str:
        if least == 0 and value in (None, ""):
            return ""
        if not isinstance(value, str) or not value:
            say(keys, f"{_name(keys)} is a text, and is {'empty' if value in (None, '') else 'not one'}")
            return ""
        if not least <= len(value) <= most:
            say(keys, f"{_name(keys)} has {len(value)} characters; {least} to {most} are expected")
        if UNWANTED.search(value) or ("\n" in value and not lines):
            say(keys, f"{_name(keys)} holds a line break or a character that cannot be shown")
        return value

    return shape


def matching(pattern: str, meaning: str) -> Shape:
    """A text that `pattern` describes whole; `meaning` says so in words."""
    compiled = re.compile(pattern)

    def shape(value: Any, keys: Keys, say: Say) -> str:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            say(keys, f"{_name(keys)} is {_shown(value)}; {meaning} is expected")
            return ""
        return value

    return shape


identifier = matching(NAME.pattern, "a short name (letters, digits, hyphens)")
web_address = matching(WEB_ADDRESS.pattern, "a web address (https://…)")


def one_of(*choices: str) -> Shape:
    """One of the words given."""

    def shape(value: Any, keys: Keys, say: Say) -> str:
        if value not in choices:
            say(keys, f"{_name(keys)} is {_shown(value)}; {nearest(value, choices)}")
            return ""
        return str(value)

    return shape


def whole(low: int, high: int) -> Shape:
    """A whole number from `low` to `high`."""

    def shape(value: Any, keys: Keys, say: Say) -> int:
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,9}", value) or not low <= int(value) <= high:
            say(keys, f"{_name(keys)} is {_shown(value)}; a whole number from {low} to {high} is expected")
            return low
        return int(value)

    return shape


def number(value: Any, keys: Keys, say: Say) -> int | float:
    """A number written with a point: 72, 1.5, -3."""
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        say(keys, f"{_name(keys)} is {_shown(value)}; a number such as 72 or 1.5 is expected")
        return 0
    return float(value) if "." in value else int(value)


def day(value: Any, keys: Keys, say: Say) -> str:
    """A date, as 2026-11-21."""
    try:
        if not isinstance(value, str) or not DAY.fullmatch(value):
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError:
        say(keys, f"{_name(keys)} is {_shown(value)}; a date such as 2026-11-21 is expected")
        return ""


def listing(of: Shape, least: int = 0, most: int = 50, *, unique: bool = False) -> Shape:
    """A list of `least` to `most` things of one shape."""

    def shape(value: Any, keys: Keys, say: Say) -> list[Any]:
        if not isinstance(value, list):
            say(keys, f"{_name(keys)} is a list (one “- …” per line, or […])")
            return []
        if not least <= len(value) <= most:
            say(keys, f"{_name(keys)} has {len(value)} entries; {least} to {most} are expected")
        if unique and len({str(entry) for entry in value}) < len(value):
            say(keys, f"{_name(keys)} says the same thing twice")
        return [of(entry, (*keys, index), say) for index, entry in enumerate(value)]

    return shape


def either(single: Shape, several: Shape) -> Shape:
    """One thing, or a list of things."""

    def shape(value: Any, keys: Keys, say: Say) -> Any:
        return several(value, keys, say) if isinstance(value, list) else single(value, keys, say)

    return shape


def mapping(of: Shape, least: int, most: int) -> Shape:
    """Short names, each with a thing of one shape."""

    def shape(value: Any, keys: Keys, say: Say) -> dict[str, Any]:
        if not isinstance(value, dict) or not least <= len(value) <= most:
            say(keys, f"{_name(keys)} is a mapping of {least} to {most} names")
            return {}
        return {identifier(key, (*keys, key), say): of(entry, (*keys, key), say) for key, entry in value.items()}

    return shape


def fields(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """Named fields, in the order of the author; an unknown one is refused with the nearest name."""
    known = {**required, **(optional or {})}

    def shape(value: Any, keys: Keys, say: Say) -> dict[str, Any]:
        if not isinstance(value, dict):
            say(keys, f"{_name(keys)} is a mapping of fields: {', '.join(required)}")
            return {}
        for missing in required.keys() - value.keys():
            say(keys, f"{_name(keys)} has no “{missing}”")
        for unknown in value.keys() - known.keys():
            say((*keys, unknown), f"{_name(keys)} takes no “{unknown}”; {nearest(unknown, tuple(known))}")
        return {key: known[key](entry, (*keys, key), say) for key, entry in value.items() if key in known}

    return shape


def nearest(written: Any, names: tuple[str, ...]) -> str:
    """Return the end of a sentence: the name that was probably meant, or all that may be written."""
    close = get_close_matches(str(written), names, n=1, cutoff=0.6)
    return f"did you mean “{close[0]}”?" if close else f"it is one of {', '.join(names)}"


def _name(keys: Keys) -> str:
    return f"“{'.'.join(str(key + 1) if isinstance(key, int) else key for key in keys)}”" if keys else "the item"


def _shown(value: Any) -> str:
    if value is None or isinstance(value, str):
        return f"“{value[:40]}”" if value else "empty"
    return "a list" if isinstance(value, list) else "a mapping"
