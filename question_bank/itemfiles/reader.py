"""Reading one item file: plain YAML, every scalar as the text that was written, every value with its line.

Only what an item needs is accepted: no anchor, alias, tag or second document, no key twice, little depth, 64 KB
(a module of learning is read the same way, with more room). So a file cannot unfold without end, and `08:12` or `no`
stays what the author wrote.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml import events

from kernel.datafile import DataFile, DataFileError
from question_bank.shapes import Keys

MAX_BYTES = 64 * 1024
MAX_DEPTH = 8
EMPTY = ("", "~", "null", "Null", "NULL")
# CBaseLoader reads six times faster; both resolve nothing.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_item_file(path: Path, *, most_bytes: int = MAX_BYTES, most_depth: int = MAX_DEPTH) -> DataFile:
    """Return the file at `path` parsed. Raises DataFileError with the line of what is wrong."""
    try:
        return Reader(path, _text(path, most_bytes), most_depth).file()
    except yaml.YAMLError as error:
        mark: Any = getattr(error, "problem_mark", None)
        raise _refusal(path, mark.line + 1 if mark else 1, f"not YAML: {_reason(error)}") from error


def _reason(error: yaml.YAMLError) -> str:
    reason = getattr(error, "problem", None) or str(error).splitlines()[0]
    hints = {
        "mapping values are not allowed": " (a text that holds “: ” goes between double quotes or in a block “>-”)",
        "found character": " (no tabs; a text that starts with @, `, % or & goes between double quotes)",
    }
    return reason + next((hint for start, hint in hints.items() if reason.startswith(start)), "")


def _refusal(path: Path, line: int, sentence: str) -> DataFileError:
    return DataFileError([f"{path}:{line}: {sentence}"])


def _text(path: Path, most: int) -> str:
    try:
        data = path.read_bytes() if path.stat().st_size <= most else None
    except OSError as error:
        raise _refusal(path, 1, f"cannot be read: {error.strerror}") from error
    if data is None:
        raise _refusal(path, 1, f"larger than {most // 1024} KB")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refusal(path, data.count(b"\n", 0, error.start) + 1, "not UTF-8") from error


class Reader:
    """One pass over the events of a YAML text."""

    def __init__(self, path: Path, text: str, most_depth: int = MAX_DEPTH) -> None:
        self.path = path
        self.most_depth = most_depth
        self.lines: dict[Keys, int] = {}
        self.events: Iterator[Any] = yaml.parse(text, Loader=LOADER)

    def file(self) -> DataFile:
        """Return the whole document."""
        next(self.events)
        first = next(self.events)
        if not isinstance(first, events.DocumentStartEvent):
            raise _refusal(self.path, 1, "the file is empty")
        value = self._value(next(self.events), ())
        next(self.events)
        after: Any = next(self.events)
        if not isinstance(after, events.StreamEndEvent):
            raise self._error(after, "a second document begins here; one file holds one item")
        return DataFile(self.path, value, dict(self.lines))

    def _error(self, event: Any, sentence: str) -> DataFileError:
        return _refusal(self.path, _line(event), sentence)

    def _value(self, event: Any, keys: Keys) -> Any:
        self._refuse_tricks(event, keys)
        self.lines.setdefault(keys, _line(event))
        if isinstance(event, events.ScalarEvent):
            return _scalar(event)
        return self._mapping(keys) if isinstance(event, events.MappingStartEvent) else self._sequence(keys)

    def _refuse_tricks(self, event: Any, keys: Keys) -> None:
        if isinstance(event, events.AliasEvent) or event.anchor:
            raise self._error(
                event, "anchors and aliases (& and *) are not used in items; quote a text that starts with one"
            )
        if event.tag:
            raise self._error(event, "tags (!…) are not used in items; quote a text that starts with “!”")
        if len(keys) > self.most_depth:
            raise self._error(event, f"nested deeper than {self.most_depth} levels")

    def _until(self, end: type[events.Event]) -> Iterator[Any]:
        while not isinstance(event := next(self.events), end):
            yield event

    def _mapping(self, keys: Keys) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self._until(events.MappingEndEvent):
            if not isinstance(event, events.ScalarEvent):
                raise self._error(event, "a field has a name, then a colon; quote a text that starts with { or [")
            if event.value in found:
                raise self._error(event, f"“{event.value}” is written twice")
            self.lines[(*keys, event.value)] = _line(event)
            found[event.value] = self._value(next(self.events), (*keys, event.value))
        return found

    def _sequence(self, keys: Keys) -> list[Any]:
        found: list[Any] = []
        for event in self._until(events.SequenceEndEvent):
            found.append(self._value(event, (*keys, len(found))))
        return found


def _line(event: Any) -> int:
    line: int = event.start_mark.line + 1
    return line


def _scalar(event: Any) -> str | None:
    if event.implicit[0] and event.value in EMPTY:
        return None
    return str(event.value).rstrip() if event.style in ("|", ">") else str(event.value)
