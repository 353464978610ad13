"""The few things templates cannot say by themselves."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import count
from typing import Any

from django import template
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from themes import durations, pictures
from themes.context import Bystander

register = template.Library()
MARK = re.compile(r"[\s\u00a0\u202f]?[.,;:!?»)…]+")


@register.filter
def at(values: Mapping[str, Any], key: str) -> Any:
    """Return `values[key]`, or nothing."""
    return values.get(key, "") if values else ""


@register.filter
def has_long(choices: Iterable[Mapping[str, str]], limit: int) -> bool:
    """Tell whether a text is too long to be read whole in a closed menu."""
    return any(len(choice["text"]) > limit for choice in choices)


@register.filter
def has_long_menu(segments: Iterable[Mapping[str, Any]], limit: int) -> bool:
    """Tell whether one of the menus of a text to complete holds what cannot be read whole in it."""
    return any(has_long(segment.get("choices", ()), limit) for segment in segments)


@register.filter
def marked(segments: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give each blank its `number`, and the punctuation that follows it (`mark`): the two then stay on one line."""
    found: list[dict[str, Any]] = []
    numbers = count(1)
    for segment in map(dict, segments):
        after_blank = bool(found) and "blank" in found[-1]
        mark = MARK.match(segment["text"]) if after_blank and "text" in segment else None
        if mark:
            found[-1]["mark"], segment["text"] = mark.group(), segment["text"][mark.end() :]
        found.append({"mark": "", **({"number": next(numbers)} if "blank" in segment else {}), **segment})
    return found


@lru_cache
def _numbers(count: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, count + 1))


@register.filter
def ranks(choices: Sequence[object]) -> tuple[str, ...]:
    """Return "1"… as many as there are things to put in order."""
    return _numbers(len(choices))


@register.simple_tag
def progress_bar(segments: Iterable[bool]) -> SafeString:
    """Draw the segments of a progress; the words beside it say the same."""
    return pictures.progress(tuple(segments))


@register.simple_tag
def interval(low: float, estimate: float, high: float, hue: int) -> SafeString:
    """Draw one estimate and its interval, small enough for a table's cell."""
    return pictures.interval(low, estimate, high, hue)


@register.simple_tag(takes_context=True)
def bystander(context: Mapping[str, Any]) -> Bystander:
    """Return what an error page knows of its reader: it is drawn without the database, perhaps without a request."""
    return Bystander(context.get("request"))


@register.filter
def duration(minutes: int | None) -> str:
    """Write whole minutes as people say them, in hours from 60 on."""
    return durations.duration(minutes or 0)


@register.filter
def day(value: date | str) -> str:
    """Write a date, or one written 2026-11-21, as people read it."""
    known = value if isinstance(value, date) else parse_date(value[:10])
    return date_format(known, "j F Y") if known else str(value)


@register.filter
def letter(position: int) -> str:
    """1 is A, 2 is B…"""
    return chr(64 + position)
