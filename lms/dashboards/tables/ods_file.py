"""A table as ODS, written and sent as its rows are read."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from stream_write_ods import stream_write_ods

from . import about
from .naming import sheet_name
from .types import Column, Kind, Table
from .values import exact

# The library keeps a reference per bit of text until this many bytes are compressed: small, so that memory is flat.
PIECE = 4096


class Share(float):
    """A number that reads as a percentage."""


# By type: what the cell holds, the attribute of its value, its style, its text (see stream_write_ods).
CELLS = (
    (str, ("string", None, None, str)),
    (int, ("float", "office:value", None, str)),
    (float, ("float", "office:value", None, repr)),
    (Share, ("percentage", "office:value", None, float.__repr__)),
    (date, ("date", "office:date-value", "date", date.isoformat)),
    (type(None), (None, None, None, str)),
)


def pieces(table: Table) -> Iterator[bytes]:
    """Yield the file. Texts are written as texts: none can be taken for a formula."""
    made_at = timezone.make_naive(table.as_of)
    yield from stream_write_ods(_sheets(table), encoders=CELLS, get_modified_at=lambda: made_at, chunk_size=PIECE)


def _sheets(table: Table) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    rows = (tuple(_cell(column, value) for column, value in zip(table.columns, row, strict=True)) for row in table)
    yield sheet_name(table.title), tuple(column.label for column in table.columns), rows
    yield sheet_name(_("Définitions et source")), (_("Quoi"), _("Précision")), about.lines(table)


def _cell(column: Column, raw: Any) -> str | int | float | date | None:
    value = exact(column, raw)
    return Share(value) if column.kind == Kind.PERCENT and isinstance(value, float) else value
