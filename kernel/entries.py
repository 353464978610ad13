"""What the fields of an entry in a data file may say, and what is wrong with one that says otherwise."""

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .datafile import DataFile, DataFileError, Key

Keys = tuple[Key, ...]
Problem = tuple[Keys, str]
Holds = Callable[[Any], bool]
# What no screen shows, or what turns the writing round: a title that reads otherwise than it is written.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)  # PostgreSQL refuses the first


@dataclass(frozen=True)
class Rule:
    """What a value must be, in words, and whether it is; a field that `is_needed` has to be there."""

    words: str
    holds: Holds
    is_needed: bool = False


Rules = Mapping[str, Rule]


def problems_of(entry: Any, rules: Rules, keys: Keys = ()) -> Iterator[Problem]:
    """Yield what is wrong in an entry: fields that nobody knows, that are missing, that break their rule."""
    if not isinstance(entry, dict):
        yield keys, "named fields are expected here"
        return
    for name in entry:
        if name not in rules:
            yield (*keys, name), f"“{name}” is not one of {', '.join(rules)}"
    for name, rule in rules.items():
        if rule.is_needed and entry.get(name) in (None, ""):
            yield keys, f"“{name}” is missing"
        elif name in entry and not rule.holds(entry[name]):
            yield (*keys, name), f"“{name}” is {rule.words}"


def entries(file: DataFile, name: str, rules: Rules, *, unique: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the lines of the list `name`; raises DataFileError naming everything that is wrong, each with its line."""
    found = file.value.get(name) if isinstance(file.value, dict) else None
    if not isinstance(found, list) or not found:
        raise DataFileError([file.at(f"a list called “{name}” is expected")])
    broken = (problem for index, entry in enumerate(found) for problem in problems_of(entry, rules, (name, index)))
    problems = [file.at(sentence, *keys) for keys, sentence in broken]
    problems += [] if problems else _repeats(file, name, found, unique)
    if problems:
        raise DataFileError(problems)
    return found


def _repeats(file: DataFile, name: str, found: list[dict[str, Any]], unique: tuple[str, ...]) -> list[str]:
    problems = []
    for field in unique:
        seen: dict[Any, int] = {}
        for index, entry in enumerate(found):
            if field in entry and entry[field] in seen:
                first = file.line(name, seen[entry[field]], field)
                problems.append(file.at(f"{field} “{entry[field]}” is already at line {first}", name, index, field))
            seen.setdefault(entry.get(field), index)
    return problems


def text(limit: int) -> Holds:
    """A text that says something, of `limit` characters at most, all of which can be shown."""
    return lambda value: isinstance(value, str) and 0 < len(value.strip()) <= limit and not UNWANTED.search(value)


def number(low: int, high: int) -> Holds:
    """A whole number from `low` to `high`."""
    return lambda value: type(value) is int and low <= value <= high


def tenths(low: float, high: float) -> Holds:
    """A number from `low` to `high` with one decimal at most."""
    return lambda value: fraction(low, high)(value) and round(value, 1) == value


def matching(pattern: re.Pattern[str]) -> Holds:
    """A text that `pattern` describes whole."""
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def one_of(choices: Collection[str]) -> Holds:
    """One of these words."""
    return lambda value: isinstance(value, str) and value in choices


def fraction(low: float, high: float) -> Holds:
    """A number from `low` to `high`."""
    return lambda value: type(value) in (int, float) and low <= value <= high


def list_of(holds: Holds) -> Holds:
    """A list, of values that hold."""
    return lambda value: isinstance(value, list) and all(holds(one) for one in value)


def is_json(value: Any) -> bool:
    """Say whether a value can be kept as JSON: no date, no infinite number."""
    if isinstance(value, dict):
        return all(isinstance(name, str) and is_json(part) for name, part in value.items())
    if isinstance(value, list):
        return all(is_json(part) for part in value)
    if isinstance(value, str):
        return not UNWANTED.search(value)
    return value is None or type(value) in (bool, int) or (type(value) is float and math.isfinite(value))
