"""Definitions, read once from their file."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from kernel.datafile import DataFile, DataFileError, read

FILE = Path(__file__).parents[1] / "data" / "definitions.yaml"
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


def all_definitions(language: str = "") -> list[Definition]:
    """Return every definition in `language` (the active one when it is not said), in the order of the file."""
    return list(_known(language or get_language() or "fr").values())


def definition(key: str, language: str = "") -> Definition | None:
    """Return one definition; None when there is none."""
    return _known(language or get_language() or "fr").get(key)


def load(path: Path = FILE) -> list[dict[str, Any]]:
    """Return the entries of a file; raises DataFileError naming every line that is wrong."""
    file = read(path)
    entries = file.value.get("definitions") if isinstance(file.value, dict) else None
    if not isinstance(entries, list):
        raise DataFileError([file.at("a list called “definitions” is expected")])
    problems = [problem for place, entry in enumerate(entries) for problem in _problems(file, place, entry)]
    if problems:
        raise DataFileError(problems)
    return entries


@cache
def _known(language: str) -> dict[str, Definition]:
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    return {entry["key"]: Definition(entry["key"], entry["since"], **entry[spoken]) for entry in load()}


def _problems(file: DataFile, place: int, entry: Any) -> list[str]:
    if not isinstance(entry, dict) or set(entry) != {"key", "since", *LANGUAGES}:
        return [file.at("a definition has key, since, fr and en", "definitions", place)]
    return [
        file.at(f"{language} says {', '.join(WORDS)}", "definitions", place, language)
        for language in LANGUAGES
        if set(entry[language]) != set(WORDS) or not all(str(text).strip() for text in entry[language].values())
    ]
