"""A table as every reader gives it: lines of texts, each with its number in the file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .notes import Note
from .spans import Range


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file, numbered from 1 as its reader's software does; a cell is a text, a date as 2004-12-31."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Say whether no cell says anything."""
        return not any(self.cells)


@dataclass(frozen=True)
class Table:
    """What a file holds. `rows` reads it anew from its beginning, a line at a time; `merged`: merged cells."""

    kind: str
    notes: list[Note]
    rows: Callable[[], Iterator[Row]]
    merged: list[Range] = field(default_factory=list)
