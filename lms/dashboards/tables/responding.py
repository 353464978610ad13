"""Answering with a file when the address asks for one: `?format=csv`, `xlsx`, `ods` or `pdf`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from . import csv_file, ods_file, xlsx_file
from .naming import file_name
from .page_file import page_as_pdf
from .types import Table

WRITERS = {
    "csv": (csv_file.pieces, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_file.pieces, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": (ods_file.pieces, "application/vnd.oasis.opendocument.spreadsheet"),
}
FORMATS = (*WRITERS, "pdf")


def respond(
    request: HttpRequest, *tables: Table, page: Callable[[], HttpResponse] | None = None
) -> HttpResponseBase | None:
    """Return the file that the address asks for; None when it asks for none, and the view shows its page.

    Of several tables, `?table=<key>` says which, the first when it says nothing. `page`: what gives the page that PDF
    prints; without it, the table alone is printed.
    """
    wanted = request.GET.get("format", "")
    table = _chosen(request, tables)
    if wanted == "pdf":
        return _attached(HttpResponse(_printed(request, table, page), "application/pdf"), table, wanted)
    if wanted not in WRITERS:
        return None
    write, content_type = WRITERS[wanted]
    return _attached(StreamingHttpResponse(_spoken(write(table), get_language() or "fr"), content_type), table, wanted)


def _chosen(request: HttpRequest, tables: tuple[Table, ...]) -> Table:
    key = request.GET.get("table", "")
    return next((table for table in tables if table.key == key), tables[0])


def _spoken(pieces: Iterator[bytes], language: str) -> Iterator[bytes]:
    """Yield the pieces in the language of the request: a stream is read after the middleware has put it away."""
    while True:
        with override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece


def _printed(request: HttpRequest, table: Table, page: Callable[[], HttpResponse] | None) -> bytes:
    if page:
        return page_as_pdf(page().content.decode())
    return page_as_pdf(render_to_string("dashboards/table_pdf.html", {"table": table}, request))


def _attached(response: HttpResponseBase, table: Table, extension: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{file_name(table, extension)}"'
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
    kept = [(key, value) for key, value in request.GET.items() if key not in {"format", "table", "page"}]
    return [
        FileLink(name.upper(), f"{request.path}?{urlencode([*kept, ('table', table.key), ('format', name)])}")
        for name in FORMATS
    ]
