"""What Socle keeps of one's way, in words; and the same as a program reads it."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.accounts.api import User
from themes.preferences import carry

from . import selectors
from .wording import Line, line

PAGE = 50


@require_safe
@never_cache
def timeline(request: HttpRequest) -> HttpResponse:
    """Show a person what was kept of what they did, day by day, the latest first."""
    person = _person(request)
    pages = Paginator(selectors.statements_of(person.pk), PAGE)
    page = pages.get_page(request.GET.get("page"))
    zone = ZoneInfo(person.time_zone)
    context = {
        "page": page,
        "days": _days([line(row) for row in page.object_list], zone),
        "zone": zone.key,
        "newer": carry(request, f"?page={page.number - 1}") if page.has_previous() else "",
        "older": carry(request, f"?page={page.number + 1}") if page.has_next() else "",
    }
    return render(request, "records/timeline.html", context)


@require_safe
@never_cache
def download(request: HttpRequest) -> StreamingHttpResponse:
    """Give a person all their statements, oldest first, as they are kept."""
    response = StreamingHttpResponse(_array(selectors.raw_of(_person(request).pk)), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="traces-socle.json"'
    return response


def _days(lines: list[Line], zone: ZoneInfo) -> list[dict[str, Any]]:
    return [
        {"date": day, "lines": list(found)}
        for day, found in groupby(lines, key=lambda one: one.at.astimezone(zone).date())
    ]


def _array(raws: Iterator[str]) -> Iterator[str]:
    """Join texts that are JSON already into a JSON array."""
    separator = "["
    for raw in raws:
        yield separator + raw
        separator = ",\n"
    yield "]" if separator != "[" else "[]"


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
