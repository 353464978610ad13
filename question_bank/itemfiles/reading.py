"""From a folder of item files to items and problems."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kernel.datafile import DataFile, DataFileError
from question_bank.shapes import Problem

from .item_shape import read_item
from .reader import read_item_file
from .references import APP
from .rules import Context, item_problems

CONTENT = APP / "content"
PLACE = re.compile(r"(.*?):(\d+): ", re.DOTALL)  # a path may hold a colon


@dataclass(frozen=True)
class ItemFile:
    """An item as its file says it; `data` keeps the order of the author."""

    path: Path
    data: dict[str, Any]
    file: DataFile
    shape_problems: tuple[Problem, ...] = ()

    def problems(self, context: Context) -> list[str]:
        """Return everything wrong with the file: its shape, then the rules that its shape lets us read."""
        wrong = frozenset(str(keys[0]) for keys, _sentence in self.shape_problems if keys)
        broken = item_problems(self.data, self.path.resolve(), context, wrong)
        return [self.file.at(sentence, *keys) for keys, sentence in (*self.shape_problems, *broken)]


@dataclass(frozen=True)
class ReadBank:
    """What was read: the items nothing is wrong with, and every problem (`file:line: sentence`)."""

    items: tuple[ItemFile, ...]
    problems: tuple[str, ...]


def item_paths(path: Path) -> list[Path]:
    """Return the item files under `path` (or the one file it is), in order."""
    return sorted(path.rglob("*.yaml")) if path.is_dir() else [path]


def read_bank(path: Path = CONTENT) -> ReadBank:
    """Read every item under `path` and check each against the rules; the keys of question_bank/content exist."""
    problems = [f"{shown(file)}:1: the name of an item file ends in .yaml" for file in sorted(path.rglob("*.yml"))]
    found = [item for file in item_paths(path) if (item := _read_one(shown(file), problems))]
    context = Context(frozenset(file.stem for file in (*item_paths(path), *item_paths(CONTENT))))
    broken = [(item, item.problems(context)) for item in found]
    problems.extend(problem for _, its_own in broken for problem in its_own)
    problems.extend(_repeated_keys([item for item in found if not item.shape_problems]))
    sound = tuple(item for item, its_own in broken if not its_own)
    if not found and not problems:
        problems.append(f"{path}:1: no item file (*.yaml) here")
    return ReadBank(sound, tuple(in_order(problems)))


def read_items(path: Path) -> list[dict[str, Any]]:
    """Return the items under `path` as their files say them. Raises ValueError with the first line that is wrong."""
    bank = read_bank(path)
    if bank.problems:
        raise ValueError(bank.problems[0])
    return [item.data for item in bank.items]


def shown(path: Path) -> Path:
    """Return the path as one would type it from here."""
    resolved, here = path.resolve(), Path.cwd()
    return resolved.relative_to(here) if resolved.is_relative_to(here) else resolved


def _read_one(path: Path, problems: list[str]) -> ItemFile | None:
    """Return the item with what is wrong with its shape, or None (and why, in `problems`) when it is not YAML."""
    try:
        file = read_item_file(path)
    except DataFileError as error:
        problems.extend(error.problems)
        return None
    wrong: list[Problem] = []
    data = read_item(file.value, lambda keys, sentence: wrong.append((keys, sentence)))
    return ItemFile(path, data, file, tuple(wrong))


def _repeated_keys(items: Sequence[ItemFile]) -> list[str]:
    places: dict[str, list[ItemFile]] = defaultdict(list)
    for item in items:
        places[item.data["key"]].append(item)
    twice = (same for same in places.values() if len(same) > 1)
    return [same[1].file.at(f"the key “{same[1].data['key']}” is also that of {same[0].path}", "key") for same in twice]


def in_order(problems: Iterable[str]) -> list[str]:
    """Return problems by file, then line; each said once."""

    def place(problem: str) -> tuple[str, int]:
        found = PLACE.match(problem)
        return (found[1], int(found[2])) if found else ("", 0)

    return sorted(dict.fromkeys(problems), key=place)
