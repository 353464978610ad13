"""Answering with a file when the address asks for one: `?format=csv`, `xlsx`, `ods` or `pdf`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from kernel.errors import NotFound

from . import csv_file, ods_file, xlsx_file
from .naming import file_name
from .page_file import page_as_pdf
from .types import Table

WRITERS = {
    "csv": (csv_file.pieces, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_file.pieces, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": (ods_file.pieces, "application/vnd.oasis.opendocument.spreadsheet"),
}
PDF = "pdf"
FORMATS = (*WRITERS, PDF)
MOST_PRINTED = 200  # rows: a page of fifty takes a second or two to lay out, and nobody prints nine thousand


@dataclass(frozen=True)
class Printed:
    """What PDF prints when no table is named: the page itself, under a name and with the date of its data."""

    name: str
    as_of: datetime
    render: Callable[[], HttpResponse]


def respond(request: HttpRequest, *tables: Table, page: Printed | None = None) -> HttpResponseBase | None:
    """Return the file that the address asks for; None when it asks for none, and the view shows its page.

    `?table=<key>` says which table, the first when it says nothing; of a PDF, it then is the page (without `page`, the
    first table). Raises NotFound for a table or a format that is not there.
    """
    wanted, key = request.GET.get("format", ""), request.GET.get("table", "")
    table = _chosen(tables, key)
    if not wanted:
        return None
    if wanted == PDF and page and not key:
        return _attached(HttpResponse(_page_printed(page), "application/pdf"), page.name, page.as_of, wanted)
    if wanted not in FORMATS or table is None:
        raise NotFound(_("Ce fichier n’existe pas. Un tableau s’emporte en CSV, XLSX, ODS ou PDF, depuis sa page."))
    if wanted == PDF:
        return _attached(HttpResponse(_printed(request, table), "application/pdf"), table.title, table.as_of, wanted)
    write, content_type = WRITERS[wanted]
    response = StreamingHttpResponse(_spoken(write(table), get_language() or "fr"), content_type)
    return _attached(response, table.title, table.as_of, wanted)


def is_asked(request: HttpRequest) -> bool:
    """Say whether the address names a file or a table: a page whose tables cost something makes them then only."""
    return bool(request.GET.get("format") or request.GET.get("table"))


def _chosen(tables: tuple[Table, ...], key: str) -> Table | None:
    if not key:
        return tables[0] if tables else None
    for table in tables:
        if table.key == key:
            return table
    raise NotFound(_("Cette page n’a pas de tableau de ce nom. Les siens s’emportent par les liens qu’ils portent."))


def _spoken(pieces: Iterator[bytes], language: str) -> Iterator[bytes]:
    """Yield the pieces in the language of the request: a stream is read after the middleware has put it away."""
    while True:
        with override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _page_printed(page: Printed) -> bytes:
    return page_as_pdf(page.render().content.decode())


def _printed(request: HttpRequest, table: Table) -> bytes:
    """Return one table as PDF, its first rows when there are too many to print: its other files have them all."""
    rows = list(islice(table, MOST_PRINTED + 1))
    context = {
        "table": table.page(rows[:MOST_PRINTED]),
        "is_cut": len(rows) > MOST_PRINTED,
        "most": MOST_PRINTED,
    }
    return page_as_pdf(render_to_string("dashboards/table_pdf.html", context, request))


def _attached(response: HttpResponseBase, title: str, as_of: datetime, extension: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{file_name(title, as_of, extension)}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@dataclass(frozen=True)
class FileLink:
    """A file that a table can be had as."""

    name: str
    url: str


def links(request: HttpRequest, table: Table) -> list[FileLink]:
    """Return the links to a table’s files: the page’s own address and filters, without the page number."""
    return [FileLink(name.upper(), _address(request, table=table.key, format=name)) for name in FORMATS]


def page_link(request: HttpRequest) -> str:
    """Return the address of the page itself as PDF, with what was asked of it."""
    return _address(request, format=PDF)


def _address(request: HttpRequest, **asked: str) -> str:
    kept = [(key, value) for key, value in request.GET.items() if key not in {"format", "table", "page", "fait"}]
    return f"{request.path}?{urlencode([*kept, *asked.items()])}"
