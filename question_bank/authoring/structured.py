"""What has no form of its own yet, written as in item files; what is wrong is said with its line."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kernel.datafile import DataFile, DataFileError
from question_bank.itemfiles.reader import MAX_BYTES, Reader
from question_bank.itemfiles.writer import item_text
from question_bank.shapes import Keys

NOWHERE = Path("-")


class NotReadable(Exception):
    """It cannot be read as it is written; `line` and `sentence` say where and why."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line, self.sentence = line, sentence


@dataclass(frozen=True)
class Structured:
    """A part of an item, and the line each of its values is on."""

    value: dict[str, Any] = field(default_factory=dict)
    file: DataFile = field(default_factory=lambda: DataFile(NOWHERE, {}, {}))

    def line(self, keys: Keys) -> int:
        """Return the line of what `keys` names in this part."""
        return self.file.line(*keys)


def read(text: str) -> Structured:
    """Return what a structured text says. Raises NotReadable."""
    if not text.strip():
        return Structured()
    if len(text.encode()) > MAX_BYTES:
        raise NotReadable(1, f"larger than {MAX_BYTES // 1024} KB")
    file = _file(text)
    if not isinstance(file.value, dict):
        raise NotReadable(1, "a field has a name, then a colon; quote a text that starts with { or [")
    return Structured(file.value, file)


def _file(text: str) -> DataFile:
    import yaml

    try:
        return Reader(NOWHERE, text).file()
    except DataFileError as error:
        _path, line, sentence = error.problems[0].split(":", 2)
        raise NotReadable(int(line), sentence.strip()) from error
    except yaml.YAMLError as error:
        mark: Any = getattr(error, "problem_mark", None)
        sentence = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise NotReadable(mark.line + 1 if mark else 1, f"not YAML: {sentence}") from error


def write(value: dict[str, Any]) -> str:
    """Return a part of an item as its file would say it; nothing for nothing."""
    return item_text(value) if value else ""
