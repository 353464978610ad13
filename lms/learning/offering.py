"""Files of modules, to anybody: a document, a video by pieces as players ask for it, a picture at one size."""

import re
from collections.abc import Iterator
from mimetypes import guess_type
from typing import Any, Final

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve

RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
PIECE: Final = 64 * 1024
PICTURES: Final = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif")


@require_safe
def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Send a document, or the piece that the player of a video or of a recording asks for."""
    wanted = RANGE.fullmatch(request.headers.get("Range", ""))
    if wanted is not None and any(wanted.groups()):
        found = get_object_or_404(get_document_model(), pk=document_id)
        return _refusal(request, found, document_filename) or _piece(found, *wanted.groups())
    response: HttpResponseBase = serve(request, document_id, document_filename)
    response.headers["Accept-Ranges"] = "bytes"
    return response


def _refusal(request: HttpRequest, found: Any, name: str) -> HttpResponse | None:
    """Ask what Wagtail asks before it sends a document: its name, and who may have it."""
    if found.filename != name:
        raise Http404
    answers = (ask(found, request) for ask in hooks.get_hooks("before_serve_document"))
    return next((answer for answer in answers if isinstance(answer, HttpResponse)), None)


def _piece(found: Any, first: str, last: str) -> HttpResponseBase:
    size = found.file.size
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_read(found.file, start, end - start + 1), status=206)
    response["Content-Type"] = found.content_type
    response["Content-Disposition"] = found.content_disposition
    response["Content-Length"] = str(end - start + 1)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


def _read(file: Any, start: int, length: int) -> Iterator[bytes]:
    with file.open("rb") as opened:
        opened.seek(start)
        while length > 0 and (read := opened.read(min(PIECE, length))):
            length -= len(read)
            yield read


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a picture of a page; in production the proxy does it before us (docs/operating.md)."""
    kind = guess_type(name)[0]
    try:
        if kind not in PICTURES or not default_storage.exists(f"images/{name}"):
            raise Http404
        opened = default_storage.open(f"images/{name}")
    except (SuspiciousFileOperation, ValueError, OSError) as error:
        raise Http404 from error
    response = FileResponse(opened, content_type=kind)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
