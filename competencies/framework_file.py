"""Reading a framework file: every rule it must hold, every complaint with its line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kernel.datafile import DataFile, read

from .errors import FrameworkFileRefused
from .models import Provenance

TOP_FIELDS = ("key", "version", "status", "title_fr", "title_en", "levels", "domains")
LEVEL_FIELDS = ("key", "cut_score", "title_fr", "title_en", "text_fr", "text_en")
PART_FIELDS = ("id", "title_fr", "title_en", "source", "confidence")
CHILDREN = {"domains": "competencies", "competencies": "capacities"}


def read_framework(path: Path) -> DataFile:
    """Return the parsed file at `path`. Raises DataFileError or FrameworkFileRefused, with every line that is wrong."""
    file = read(path)
    problems = [file.at(sentence, *keys) for keys, sentence in _problems(file.value)]
    if problems:
        raise FrameworkFileRefused(problems)
    return file


Problem = tuple[tuple[str | int, ...], str]


def _problems(value: Any) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield (), "a framework is a mapping of fields"
        return
    yield from _missing(value, TOP_FIELDS, ())
    if value.get("status") not in ("working", "official"):
        yield ("status",), "“status” is working or official"
    yield from _level_problems(value.get("levels"))
    yield from _part_problems(value.get("domains"), ("domains",), set())


def _missing(value: Any, fields: tuple[str, ...], keys: tuple[str | int, ...]) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield keys, "a mapping of fields is expected here"
        return
    for name in fields:
        if value.get(name) in (None, "", []):
            yield keys, f"“{name}” is missing"


def _level_problems(levels: Any) -> Iterator[Problem]:
    if not isinstance(levels, list):
        yield ("levels",), "“levels” is a list of proficiency levels"
        return
    previous = -1
    for index, level in enumerate(levels):
        yield from _missing(level, LEVEL_FIELDS, ("levels", index))
        cut = level.get("cut_score") if isinstance(level, dict) else None
        if not isinstance(cut, int) or isinstance(cut, bool) or not previous < cut <= 1000 or (index == 0 and cut != 0):
            yield ("levels", index, "cut_score"), "cut scores are whole numbers that rise from 0 to 1000"
        previous = cut if isinstance(cut, int) else previous


def _part_problems(parts: Any, keys: tuple[str | int, ...], seen: set[str]) -> Iterator[Problem]:
    kind = str(keys[-1])
    if not isinstance(parts, list) or not parts:
        yield keys, f"“{kind}” is a list with at least one entry"
        return
    for index, part in enumerate(parts):
        here = (*keys, index)
        yield from _missing(part, PART_FIELDS, here)
        if isinstance(part, dict):
            yield from _one_part_problems(part, here, kind, seen)


def _one_part_problems(
    part: dict[str, Any], here: tuple[str | int, ...], kind: str, seen: set[str]
) -> Iterator[Problem]:
    code = part.get("id")
    if not isinstance(code, str) or code in seen:
        yield (*here, "id"), f"the code “{code}” is used twice or is not a text"
    seen.add(str(code))
    if part.get("confidence") not in Provenance.values:
        yield (*here, "confidence"), f"“confidence” is one of {', '.join(Provenance.values)}"
    if kind == "domains" and not isinstance(part.get("hours"), int | float):
        yield (*here, "hours"), "“hours” is a number"
    if kind in CHILDREN:
        yield from _part_problems(part.get(CHILDREN[kind]), (*here, CHILDREN[kind]), seen)
