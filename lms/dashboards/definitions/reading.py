"""Definitions, read once from their files."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from kernel.datafile import DataFile, DataFileError, read

FOLDER = Path(__file__).parents[1] / "data" / "definitions"
GROUPS = ("people", "results", "training", "country")  # as the page shows them
LANGUAGES = ("fr", "en")
WORDS = ("name", "counts", "how", "source", "is_not")


@dataclass(frozen=True)
class Definition:
    """A figure: its name, what it counts, how, from where, since when, and what it is not, in one language."""

    key: str
    since: date
    name: str
    counts: str
    how: str
    source: str
    is_not: str


@dataclass(frozen=True)
class Group:
    """Definitions that go together, in one language."""

    key: str
    title: str
    definitions: list[Definition]


def groups(language: str = "") -> list[Group]:
    """Return every definition in `language` (the active one when it is not said), by group, in their order."""
    return _known(_spoken(language))


def all_definitions(language: str = "") -> list[Definition]:
    """Return every definition, one group after the other."""
    return [one for group in groups(language) for one in group.definitions]


def definition(key: str, language: str = "") -> Definition | None:
    """Return one definition; None when there is none."""
    return _by_key(_spoken(language)).get(key)


def meaning(key: str, language: str = "") -> str:
    """Return what a column holds, in a sentence or two: what its figure counts and how, or its name in other words."""
    known = definition(key, language)
    return f"{known.counts} {known.how}" if known else names()[key][_spoken(language)]


@cache
def names() -> dict[str, dict[str, str]]:
    """Return {key: {language: sentence}} of the columns that count nothing. Raises DataFileError."""
    file = read(FOLDER / "names.yaml")
    entries = _entries(file, "names")
    wanted = {"key", *LANGUAGES}
    problems = [
        file.at("a name has key, fr and en", "names", place)
        for place, entry in enumerate(entries)
        if not isinstance(entry, dict) or set(entry) != wanted or not all(entry.values())
    ]
    if problems:
        raise DataFileError(problems)
    return {entry["key"]: {language: entry[language] for language in LANGUAGES} for entry in entries}


def load(path: Path) -> list[dict[str, Any]]:
    """Return the entries of a file; raises DataFileError naming every line that is wrong."""
    file = read(path)
    entries = _entries(file, "definitions")
    problems = [problem for place, entry in enumerate(entries) for problem in _problems(file, place, entry)]
    if problems:
        raise DataFileError(problems)
    return entries


@cache
def _known(language: str) -> list[Group]:
    return [
        Group(
            key,
            read(FOLDER / f"{key}.yaml").value["title"][language],
            [Definition(one["key"], one["since"], **one[language]) for one in load(FOLDER / f"{key}.yaml")],
        )
        for key in GROUPS
    ]


@cache
def _by_key(language: str) -> dict[str, Definition]:
    return {one.key: one for group in _known(language) for one in group.definitions}


def _spoken(language: str) -> str:
    asked = language or get_language() or LANGUAGES[0]
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _entries(file: DataFile, name: str) -> list[Any]:
    entries = file.value.get(name) if isinstance(file.value, dict) else None
    if not isinstance(entries, list):
        raise DataFileError([file.at(f"a list called “{name}” is expected")])
    return entries


def _problems(file: DataFile, place: int, entry: Any) -> list[str]:
    if not isinstance(entry, dict) or set(entry) != {"key", "since", *LANGUAGES}:
        return [file.at("a definition has key, since, fr and en", "definitions", place)]
    return [
        file.at(f"{language} says {', '.join(WORDS)}", "definitions", place, language)
        for language in LANGUAGES
        if set(entry[language]) != set(WORDS) or not all(str(text).strip() for text in entry[language].values())
    ]
