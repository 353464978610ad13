"""Reading a framework file: every rule it must hold, every complaint with its line."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kernel.datafile import DataFile, read
from kernel.entries import (
    Keys,
    Problem,
    Rule,
    Rules,
    is_json,
    list_of,
    matching,
    number,
    one_of,
    problems_of,
    tenths,
    text,
)

from .errors import FrameworkFileRefused
from .models import Provenance

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")
STATUSES = ("working", "official")
MAX_LEVELS = 10


def _words(limit: int, *, is_needed: bool = True) -> Rule:
    return Rule(f"a text of {limit} characters at most", text(limit), is_needed)


def _shown(limit: int, *, is_needed: bool = True) -> Rule:
    """Words that a reader meets: an apostrophe is ’, as everywhere else on the page."""
    holds = text(limit)
    return Rule(
        f"a text of {limit} characters at most, whose apostrophes are ’ and not '",
        lambda value: holds(value) and "'" not in value,
        is_needed,
    )


def _list_of(kind: str) -> Rule:
    return Rule(f"a list of {kind} with at least one entry", lambda v: isinstance(v, list) and bool(v), is_needed=True)


KEY = Rule("a name of 50 small letters, digits and hyphens at most", lambda v: matching(SLUG)(v) and len(v) <= 50, True)
CODE_RULE = Rule(
    "a code of 20 letters, digits, dots and hyphens at most", lambda v: matching(CODE)(v) and len(v) <= 20, True
)
FRAMEWORK: Rules = {
    "key": KEY,
    "version": Rule('a text of 20 characters at most, in quotes: "2026.1"', text(20), is_needed=True),
    "status": Rule("working or official", one_of(STATUSES), is_needed=True),
    "title_fr": _shown(200),
    "title_en": _shown(200),
    "notice_fr": _shown(2000, is_needed=False),
    "notice_en": _shown(2000, is_needed=False),
    "levels": Rule(
        f"a list of 2 to {MAX_LEVELS} proficiency levels",
        lambda value: isinstance(value, list) and 2 <= len(value) <= MAX_LEVELS,
        is_needed=True,
    ),
    "domains": _list_of("domains"),
    "meta": Rule(
        "named facts about where it comes from: texts, numbers, lists", lambda v: isinstance(v, dict) and is_json(v)
    ),
}
LEVEL: Rules = {
    "key": KEY,
    "cut_score": Rule("a whole number from 0 to 1000", number(0, 1000), is_needed=True),
    "title_fr": _shown(60),
    "title_en": _shown(60),
    "text_fr": _shown(2000),
    "text_en": _shown(2000),
}
PART: Rules = {
    "id": CODE_RULE,
    "title_fr": _shown(250),
    "title_en": _shown(250),
    "source": _words(2000),
    "confidence": Rule(f"one of {', '.join(Provenance.values)}", one_of(Provenance.values), is_needed=True),
}
CHILDREN = {"domains": "competencies", "competencies": "capacities"}
PARTS: dict[str, Rules] = {
    "domains": {
        **PART,
        "hours_source": _words(2000, is_needed=False),
        "hours": Rule("a number of hours up to 999.9, with one decimal at most", tenths(0.1, 999.9), is_needed=True),
        "competencies": _list_of("competencies"),
    },
    "competencies": {**PART, "capacities": _list_of("capacities")},
    "capacities": {**PART, "fact_topics": Rule("a list of short texts", list_of(text(200)))},
}


def read_framework(path: Path) -> DataFile:
    """Return the parsed file at `path`. Raises DataFileError or FrameworkFileRefused, with every line that is wrong."""
    file = read(path)
    problems = [file.at(sentence, *keys) for keys, sentence in _problems(file.value)]
    if problems:
        raise FrameworkFileRefused(problems)
    return file


def _problems(value: Any) -> Iterator[Problem]:
    yield from problems_of(value, FRAMEWORK)
    if isinstance(value, dict):
        yield from _level_problems(value.get("levels"))
        yield from _part_problems(value.get("domains"), ("domains",), set())


def _level_problems(levels: Any) -> Iterator[Problem]:
    previous, seen = -1, set[str]()
    for index, level in enumerate(levels if isinstance(levels, list) else ()):
        here: Keys = ("levels", index)
        yield from problems_of(level, LEVEL, here)
        if not isinstance(level, dict):
            continue
        cut = level.get("cut_score")
        if type(cut) is int and (not previous < cut or (index == 0 and cut != 0)):
            yield (*here, "cut_score"), "cut scores rise from 0, each above the one before"
        previous = cut if type(cut) is int else previous
        yield from _repeated(level.get("key"), (*here, "key"), seen)


def _part_problems(parts: Any, keys: Keys, seen: set[str]) -> Iterator[Problem]:
    kind = str(keys[-1])
    for index, part in enumerate(parts if isinstance(parts, list) else ()):
        here = (*keys, index)
        yield from problems_of(part, PARTS[kind], here)
        if isinstance(part, dict):
            yield from _repeated(part.get("id"), (*here, "id"), seen)
            if kind in CHILDREN:
                yield from _part_problems(part.get(CHILDREN[kind]), (*here, CHILDREN[kind]), seen)


def _repeated(name: Any, keys: Keys, seen: set[str]) -> Iterator[Problem]:
    if isinstance(name, str) and name in seen:
        yield keys, f"“{name}” is used twice"
    seen.add(str(name))
