"""Data files in YAML, read so that a complaint can name the line it is about."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 2_000_000
Key = str | int


@dataclass(frozen=True)
class DataFile:
    """A parsed file: `value` is plain data, `lines` gives the line (from 1) of every path of keys inside it."""

    path: Path
    value: Any
    lines: dict[tuple[Key, ...], int] = field(repr=False)

    def line(self, *keys: Key) -> int:
        """Return the line of the value at `keys`, or of its nearest parent that exists."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)

    def at(self, sentence: str, *keys: Key) -> str:
        """Return `sentence` as a complaint with the file's name and the line of `keys`."""
        return f"{self.path}:{self.line(*keys)}: {sentence}"


class DataFileError(Exception):
    """The file cannot be used; `problems` says why, one `file:line: sentence` each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read(path: Path) -> DataFile:
    """Parse the YAML file at `path` (UTF-8, 2 MB at most, no anchors, no duplicate keys).

    Raises DataFileError with the line of what is wrong.
    """
    text = _text(path)
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        if node is None:
            raise DataFileError([f"{path}:1: the file is empty"])
        _refuse_repeats(path, node, set())
        _refuse_unreadable(path, node)
        return DataFile(path, yaml.load(text, Loader=yaml.SafeLoader), dict(_lines(node, ())))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise DataFileError([f"{path}:{line}: not YAML: {getattr(error, 'problem', None) or error}"]) from error
    except RecursionError as error:
        raise DataFileError([f"{path}:1: lists or mappings are nested too deeply"]) from error


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataFileError([f"{path}:1: larger than {MAX_BYTES} bytes"])
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise DataFileError([f"{path}:1: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise DataFileError([f"{path}:1: not UTF-8 at byte {error.start}"]) from error


def _refuse_repeats(path: Path, node: yaml.Node, seen: set[int]) -> None:
    """Refuse a node met twice (an anchor: the way to a file that unfolds without end) and a key written twice."""
    if id(node) in seen:
        raise DataFileError([f"{path}:{node.start_mark.line + 1}: anchors and aliases are not allowed"])
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_repeats(path, child, seen)
    elif isinstance(node, yaml.MappingNode):
        names: set[str] = set()
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise DataFileError(
                    [f"{path}:{key.start_mark.line + 1}: a name is a plain word, not a list or a mapping"]
                )
            if key.value in names:
                raise DataFileError([f"{path}:{key.start_mark.line + 1}: “{key.value}” is written twice"])
            names.add(key.value)
            _refuse_repeats(path, child, seen)


def _refuse_unreadable(path: Path, node: yaml.Node) -> None:
    """Refuse what looks like a date or a number and is none (2026-13-45): the parser would not say where it is."""
    if isinstance(node, yaml.ScalarNode):
        try:
            yaml.SafeLoader("").construct_object(node)
        except (ValueError, OverflowError) as error:
            raise DataFileError(
                [f"{path}:{node.start_mark.line + 1}: “{node.value}” cannot be read: {error}"]
            ) from error
        return
    for child in node.value:
        for part in child if isinstance(child, tuple) else (child,):
            _refuse_unreadable(path, part)


def _lines(node: yaml.Node, keys: tuple[Key, ...]) -> Iterator[tuple[tuple[Key, ...], int]]:
    yield keys, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            yield from ((path, line) for path, line in _lines(child, (*keys, key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _lines(child, (*keys, index))
