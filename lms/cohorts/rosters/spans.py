"""How far the values of a workbook span, read in its XML before another reader keeps that whole rectangle in memory.

One value in the last cell of a sheet would make 17 billion of them; a repeat count in a spreadsheet document too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from .archives import DAMAGED
from .limits import MAX_AREA
from .notes import FileRefused
from .notes import gettext_noop as _

PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
MOST_COLUMNS = 16_384
MOST_ROWS = 1_048_576
Range = tuple[int, int, int, int]  # first line, first column, last line, last column; from 1


@dataclass
class Span:
    """What the values of one sheet span, how many are formulas, and which cells are merged."""

    top: int = 0
    left: int = 0
    bottom: int = 0
    right: int = 0
    formulas: int = 0
    merged: list[Range] = field(default_factory=list)

    def take(self, row: int, column: int, row_end: int = 0, column_end: int = 0) -> None:
        """Count a value, or a block of the same value. Raises FileRefused when the whole becomes too wide."""
        self.top = min(self.top or row, row)
        self.left = min(self.left or column, column)
        self.bottom, self.right = max(self.bottom, row_end or row), max(self.right, column_end or column)
        if self.bottom > MOST_ROWS or self.right > MOST_COLUMNS or self._area() > MAX_AREA:
            raise FileRefused(
                _(
                    "La feuille s’étend jusqu’à la cellule %(cell)s. "
                    "Effacez ce qui est loin du tableau, puis renvoyez-la."
                ),
                cell=f"{letters(self.right)}{self.bottom}",
            )

    def _area(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


class _Reader:
    """Handlers of an XML parser; entities, which unfold without end, are refused."""

    def read(self, pieces: Iterable[bytes]) -> None:
        parser = expat.ParserCreate()
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = lambda name, attributes: self.start(name.rpartition(":")[2], attributes)
        parser.EndElementHandler = lambda name: self.end(name.rpartition(":")[2])
        try:
            for piece in pieces:
                parser.Parse(piece)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:  # not XML; an encoding that nobody knows
            raise FileRefused(DAMAGED) from error

    def _refuse(self, *declaration: object) -> None:
        raise FileRefused(DAMAGED)

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...


class SheetReader(_Reader):
    """One sheet of an XLSX workbook."""

    def __init__(self) -> None:
        self.span, self.row, self.column, self.is_in_cell = Span(), 0, 0, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row, self.column = _number(attributes.get("r"), self.row + 1), 0
        elif name == "c":
            self._place(attributes.get("r", ""))
        elif name in ("v", "is") and self.is_in_cell:
            self.span.take(self.row, self.column)
        elif name == "f":
            self.span.formulas += 1
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name == "c":
            self.is_in_cell = False

    def _place(self, reference: str) -> None:
        self.is_in_cell = True
        found = PLACE.fullmatch(reference)
        self.column = column_of(found[1]) if found else self.column + 1
        self.row = int(found[2]) if found else self.row

    def _merge(self, reference: str) -> None:
        ends = [PLACE.fullmatch(part) for part in reference.split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            first, last = ends[0], ends[1]
            self.span.merged.append((int(first[2]), column_of(first[1]), int(last[2]), column_of(last[1])))


class DocumentReader(_Reader):
    """All the sheets of an OpenDocument spreadsheet, in one file; what repeats is counted as many times as it says."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.row, self.row_repeats, self.column, self.repeats, self.has_value = 1, 1, 1, 1, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        said = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "table":
            self.spans.append(Span())
            self.row = 1
        elif name == "table-row":
            self.column, self.row_repeats = 1, _number(said.get("number-rows-repeated"), 1)
        elif name in ("table-cell", "covered-table-cell") and self.spans:
            self._begin_cell(said)
        elif name == "p":
            self.has_value = True

    def _begin_cell(self, said: dict[str, str]) -> None:
        self.repeats = _number(said.get("number-columns-repeated"), 1)
        self.has_value = "value-type" in said or "formula" in said
        span = self.spans[-1]
        span.formulas += "formula" in said
        height, width = _number(said.get("number-rows-spanned"), 1), _number(said.get("number-columns-spanned"), 1)
        if height > 1 or width > 1:
            span.merged.append((self.row, self.column, self.row + height - 1, self.column + width - 1))

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell") and self.spans:
            if self.has_value:
                last = (self.row + self.row_repeats - 1, self.column + self.repeats - 1)
                self.spans[-1].take(self.row, self.column, *last)
            self.column += self.repeats
            self.has_value = False
        elif name == "table-row":
            self.row += self.row_repeats


def column_of(name: str) -> int:
    """Return the number, from 1, of a column named by letters."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def letters(number: int) -> str:
    """Return the letters of a column numbered from 1."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 9 else otherwise
