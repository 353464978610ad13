"""A table as XLSX: rows go to disk as they come (constant memory), then the file is sent a piece at a time."""

from collections.abc import Iterator, Sequence
from datetime import date
from tempfile import TemporaryFile
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from . import about
from .naming import sheet_name
from .types import Column, Kind, Table
from .values import exact

PIECE = 64 * 1024
WIDEST = 48
LONGEST = 32_767  # characters of a cell; beyond, the writer would leave the cell out


def pieces(table: Table) -> Iterator[bytes]:
    """Yield the file. Texts are written as texts: none can be taken for a formula."""
    with TemporaryFile() as file:
        _write(table, file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _write(table: Table, file: Any) -> None:
    with Workbook(file, {"constant_memory": True}) as book:
        _figures(table, book)
        sheet = book.add_worksheet(sheet_name(_("Définitions et source")))
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 100)
        for number, pair in enumerate(about.lines(table)):
            for place, text in enumerate(pair):
                sheet.write_string(number, place, text[:LONGEST])


def _figures(table: Table, book: Workbook) -> None:
    sheet = book.add_worksheet(sheet_name(table.title))
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    styles = [book.add_format({"num_format": _pattern(column)}) for column in table.columns]
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, column.label, bold)
    for number, row in enumerate(table, start=1):
        _line(sheet, number, table.columns, row, styles)


def _line(sheet: Any, number: int, columns: Sequence[Column], row: Sequence[Any], styles: list[Any]) -> None:
    for place, (column, raw) in enumerate(zip(columns, row, strict=True)):
        value = exact(column, raw)
        if isinstance(value, str):
            sheet.write_string(number, place, value[:LONGEST])
        elif isinstance(value, date):
            sheet.write_datetime(number, place, value, styles[place])
        elif value is not None:
            sheet.write_number(number, place, value, styles[place])


def _pattern(column: Column) -> str:
    if column.kind == Kind.DATE:
        return "yyyy-mm-dd"
    if not column.is_number:
        return "General"
    decimals = f".{'0' * column.places}" if column.places else ""
    return f"0{decimals}%" if column.kind == Kind.PERCENT else f"#,##0{decimals}"


def _width(column: Column) -> int:
    return min(WIDEST, max(len(column.label) + 2, 12 if column.is_number or column.kind == Kind.DATE else 24))
