"""A table as CSV: UTF-8 with its mark, « ; » and the decimal comma in French, « , » and the point in English."""

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import formats

from .types import Column, Kind, Table
from .values import exact, percent_sign

BOM = "\ufeff"
# What spreadsheets take for the start of a formula (OWASP, “CSV injection”), full-width forms included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LINES = 200


class _Echo:
    """A file that gives back what is written in it."""

    def write(self, text: str) -> str:
        return text


def pieces(table: Table) -> Iterator[bytes]:
    """Yield the file, some lines at a time, in the active language."""
    comma = formats.get_format("DECIMAL_SEPARATOR") == ","
    writer: Any = csv.writer(_Echo(), delimiter=";" if comma else ",")
    lines = [BOM + writer.writerow([harmless(column.label) for column in table.columns])]
    for row in table:
        lines.append(writer.writerow([_cell(*pair, comma) for pair in zip(table.columns, row, strict=True)]))
        if len(lines) >= LINES:
            yield "".join(lines).encode()
            lines = []
    yield "".join(lines).encode()


def harmless(text: str) -> str:
    """Return a text that no spreadsheet will take for a formula."""
    return f"’{text}" if text.startswith(FORMULA) else text


def _cell(column: Column, value: Any, comma: bool) -> str:
    known = exact(column, value)
    if known is None:
        return ""
    if isinstance(known, date):
        return known.isoformat()
    if isinstance(known, str):
        return harmless(known)
    return _written(column, known, comma)


def _written(column: Column, value: float, comma: bool) -> str:
    is_percent = column.kind == Kind.PERCENT
    text = f"{value * 100 if is_percent else value:.{column.places}f}"
    return (text.replace(".", ",") if comma else text) + (percent_sign() if is_percent else "")
