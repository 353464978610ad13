"""Reading the file of what can be taken: every rule it must hold, every complaint with its line."""

import re
from pathlib import Path
from typing import Any

from kernel.datafile import DataFile, DataFileError, read
from kernel.entries import Rule, Rules, entries, fraction, matching, number, one_of, text

from .models.offer import Audience, Purpose

LISTS = ("blueprints", "assessments")
LONGEST = 200  # items
KEY = Rule(
    "a name of 50 small letters, digits and hyphens at most",
    matching(re.compile(r"(?=.{1,50}\Z)[a-z0-9]+(-[a-z0-9]+)*")),
    True,
)
AT_LEAST = Rule(f"a whole number of items, {LONGEST} at most", number(0, LONGEST))
LENGTH = Rule(f"a whole number of items from 1 to {LONGEST}", number(1, LONGEST), is_needed=True)
TITLE = Rule("a text of 120 characters at most", text(120), is_needed=True)
BLUEPRINT: Rules = {
    "key": KEY,
    "version": Rule("a whole number from 1", number(1, 32_000), is_needed=True),
    "length_min": LENGTH,
    "length_max": LENGTH,
    "standard_error_target": Rule("a number of logits from 0 to 10", fraction(0, 10), is_needed=True),
    "domain_minimum": AT_LEAST,
    "competency_minimum": AT_LEAST,
    "competency_maximum": AT_LEAST,
    "exposure_limit": Rule("a share from 0.01 to 1", fraction(0.01, 1)),
}
ASSESSMENT: Rules = {
    "key": KEY,
    "title_fr": TITLE,
    "title_en": TITLE,
    "purpose": Rule(f"one of {', '.join(Purpose.values)}", one_of(Purpose.values), is_needed=True),
    "audience": Rule(f"one of {', '.join(Audience.values)}", one_of(Audience.values), is_needed=True),
    "blueprint": Rule("the key of a blueprint of this file", text(50), is_needed=True),
    "minutes": Rule("a whole number of minutes from 1 to 600", number(1, 600), is_needed=True),
    "is_focused": Rule("true or false", lambda value: isinstance(value, bool)),
}


def read_offers(path: Path) -> DataFile:
    """Return the parsed file at `path`. Raises DataFileError with every line that is wrong."""
    file = read(path)
    unknown = [name for name in file.value if name not in LISTS] if isinstance(file.value, dict) else []
    if unknown:
        raise DataFileError([file.at(f"“{name}” is not one of {', '.join(LISTS)}", name) for name in unknown])
    blueprints = entries(file, "blueprints", BLUEPRINT, unique=("key",))
    assessments = entries(file, "assessments", ASSESSMENT, unique=("key",))
    problems = [*_lengths(file, blueprints), *_references(file, assessments, {row["key"] for row in blueprints})]
    if problems:
        raise DataFileError(problems)
    return file


def _lengths(file: DataFile, blueprints: list[dict[str, Any]]) -> list[str]:
    return [
        file.at("“length_min” is not over “length_max”", "blueprints", index, "length_min")
        for index, row in enumerate(blueprints)
        if row["length_min"] > row["length_max"]
    ]


def _references(file: DataFile, assessments: list[dict[str, Any]], known: set[str]) -> list[str]:
    return [
        file.at(f"“{row['blueprint']}” is not one of {', '.join(sorted(known))}", "assessments", index, "blueprint")
        for index, row in enumerate(assessments)
        if row["blueprint"] not in known
    ]
