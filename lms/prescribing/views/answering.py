"""What the views of prescribing share: where one goes next, fifty lines a page."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from themes.preferences import carry

PAGE = 50


def see_other(request: HttpRequest, name: str, *args: object, said: str = "") -> HttpResponse:
    """Return a 303 to the page `name`, which will say the sentence called `said`."""
    query = f"?{urlencode({'fait': said})}" if said else ""
    return go(request, reverse(f"prescribing:{name}", args=args) + query)


def go(request: HttpRequest, url: str) -> HttpResponse:
    """Return a 303 to `url`, with the reader's preferences."""
    response = HttpResponseRedirect(carry(request, url))
    response.status_code = 303
    return response


def pages(request: HttpRequest, rows: Any) -> dict[str, Any]:
    """Return one page of `rows`, fifty at a time, and the addresses of those around it."""
    page: Page[Any] = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "newer": _page_url(request, page.number - 1) if page.has_previous() else "",
        "older": _page_url(request, page.number + 1) if page.has_next() else "",
    }


def _page_url(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    query.pop("fait", None)
    return carry(request, f"?{query.urlencode()}")
