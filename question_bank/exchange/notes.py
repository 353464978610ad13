"""What reading a file says: the items found, what each lacks, what was left out and why, with the line.

Sentences are French msgids with named values: the readers stay without Django, the screens translate them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .limits import MAX_NOTES


def gettext_noop(msgid: str) -> str:
    """Mark a sentence for the catalogue; it is translated where it is shown."""
    return msgid


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to tell: a sentence, the line it is about (0: the whole file), the file inside an archive."""

    msgid: str
    values: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0
    place: str = ""

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.place, self.line) if part)
        return f"{where}: {self.msgid % self.values}" if where else self.msgid % self.values


class Refused(Exception):
    """A file, or one item of it, cannot be taken; `note` says why."""

    def __init__(self, msgid: str, line: int = 0, place: str = "", **values: Any) -> None:
        self.note = Note(msgid, {name: shown(value) for name, value in values.items()}, line, place)
        super().__init__(str(self.note))

    def at(self, place: str) -> "Refused":
        """Name the file inside an archive."""
        self.note = replace(self.note, place=self.note.place or place)
        return self


def shown(value: Any) -> str:
    """Return a value short enough for a sentence, on one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(value)[:80]).split())


@dataclass(frozen=True, slots=True)
class Found:
    """An item as the file says it (the mapping of docs/items.md, perhaps incomplete), and what to know of it."""

    data: dict[str, Any]
    line: int = 0
    place: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A file read: its format, the items, and what of it is not taken (`left_out`), each with its line."""

    format: str
    items: tuple[Found, ...]
    left_out: tuple[Note, ...] = ()
    about: tuple[Note, ...] = ()  # the file as a whole: its encoding, columns that mean nothing here


@dataclass(frozen=True, slots=True)
class Written:
    """Items written: the file, how many it holds, and what the format could not hold (`lost`)."""

    data: bytes
    count: int
    lost: tuple[Note, ...] = ()


class Gathering:
    """Items and notes as they come; a file of faults does not become a page of a million lines."""

    def __init__(self) -> None:
        self.items: list[Found] = []
        self.left_out: list[Note] = []
        self.about: list[Note] = []
        self.untold = 0
        self.met = 0  # questions, taken or not

    def leave_out(self, note: Note) -> None:
        """Name what is not taken."""
        if len(self.left_out) < MAX_NOTES:
            self.left_out.append(note)
        else:
            self.untold += 1

    def reading(self, name: str) -> Reading:
        """Return what was gathered."""
        if self.untold:
            self.left_out.append(Note(gettext_noop("Et %(count)d autres lignes non reprises."), {"count": self.untold}))
        return Reading(name, tuple(self.items), tuple(self.left_out), tuple(self.about))
