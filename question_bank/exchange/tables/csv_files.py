"""CSV: read with `,` `;` or tab, whatever the line ends; written so that spreadsheets neither run nor bend anything."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from question_bank.exchange.decoding import decode
from question_bank.exchange.limits import MAX_LINE
from question_bank.exchange.notes import Reading, Refused, Written
from question_bank.exchange.notes import gettext_noop as _

from .columns import CHOICE_PARTS, cells
from .rows import Row, read_rows

BOM = "\ufeff"  # without it, spreadsheets read the accents wrong
FIRST = ("key", "competency", "capacity", "cluster", "audiences", "professions", "difficulty", "status", "interaction",
         "enemies", "source", "valid_from", "review_by", "answer", "fr", "plain", "en")  # fmt: skip
WITHIN = ("title", "context", "artefact", "question", "text", "choices")


def read_csv(data: bytes) -> Reading:
    """Return the items of a CSV file. Raises Refused when it is not one."""
    found = decode(data)
    return read_rows(_rows(found.text), "csv", found.notes)


def _rows(text: str) -> Iterator[Row]:
    lines = _Lines(text)
    csv.field_size_limit(MAX_LINE)
    reader = csv.reader(lines, delimiter=_delimiter(text), strict=True)
    while True:
        start = reader.line_num + 1
        lines.spent = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(_("Ce n’est pas du CSV : un guillemet n’est pas refermé, ou mal placé."), start) from error
        yield start, cells


class _Lines:
    """The lines of a text one at a time, none of them, and no row of them, over the limit."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.number, self.spent = text, 0, 0, 0
        self.ending = "\n" if "\n" in text else "\r"

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.at >= len(self.text):
            raise StopIteration
        end = self.text.find(self.ending, self.at) + 1 or len(self.text)
        self.number, self.spent = self.number + 1, self.spent + end - self.at
        if self.spent > MAX_LINE:
            raise Refused(_("La ligne dépasse %(most)s caractères."), self.number, most=MAX_LINE)
        line, self.at = self.text[self.at : end], end
        return line


def _delimiter(text: str) -> str:
    """Return the separator that the first line uses most."""
    first = text[:MAX_LINE].partition("\n")[0].partition("\r")[0]
    return max(",;\t", key=first.count)


def write_csv(items: Iterable[Mapping[str, Any]]) -> Written:
    """Return items as a table, one row each; reading it gives them back equal."""
    rows = [cells(item) for item in items]
    columns = sorted({name for row in rows for name in row}, key=_place)
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    writer.writerows([row.get(name, "") for name in columns] for row in rows)
    return Written((BOM + out.getvalue()).encode("utf-8"), len(rows))


def _place(name: str) -> tuple[Any, ...]:
    """Where a column goes: as in docs/items.md, the choices by number."""
    top, *rest = name.partition(" ")[0].split(".")
    sub, number, part = (*rest, "", "", "")[:3]
    return (
        FIRST.index(top) if top in FIRST else len(FIRST),
        top,
        WITHIN.index(sub) if sub in WITHIN else len(WITHIN),
        sub,
        int(number or 0),
        CHOICE_PARTS.index(part) if part else 0,
        name,
    )
