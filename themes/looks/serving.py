"""Serving the stylesheet of a look: once per browser, for ever."""

from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from kernel.errors import NotFound
from kernel.refusals import refuse
from themes.models import Look

from .sheet import colours, in_words, logo_rule
from .wardrobe import as_worn

A_YEAR = 31_536_000
A_MINUTE = 60


class Renamed(Exception):
    """The look has changed: its sheet has another name; `text` is what it says now."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__()


@require_safe
@login_not_required
@gzip_page
def sheet(request: HttpRequest, key: str, digest: str) -> HttpResponse:
    """Return the stylesheet of a look.

    An address whose digest is no longer its own gets the present sheet for a minute: the page that names it was drawn
    before a change, or by a process that has not heard of it yet.
    """
    try:
        text, is_named = _named(key, digest), True
    except Look.DoesNotExist:
        return refuse(request, NotFound())
    except Renamed as changed:
        text, is_named = changed.text, False
    response = HttpResponse(text, content_type="text/css; charset=utf-8")
    kept = {"max_age": A_YEAR, "immutable": True} if is_named else {"max_age": A_MINUTE}
    patch_cache_control(response, public=True, **kept)
    return response


@lru_cache(maxsize=64)
def _named(key: str, digest: str) -> str:
    """Return what the digest names, which never becomes something else. Raises Look.DoesNotExist, Renamed."""
    look = Look.objects.get(key=key)
    text = text_of(look)
    if as_worn(look).digest != digest:
        raise Renamed(text)
    return text


def sheet_at(path: str) -> str:
    """Return the present stylesheet of the look whose sheet is at `path`, for whoever draws a page without a browser.

    "" when there is none there.
    """
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    look = Look.objects.filter(key=match.kwargs["key"]).first() if match.url_name == "look_sheet" else None
    return text_of(look) if look else ""


def text_of(look: Look) -> str:
    """Return the stylesheet of a look, saved or not."""
    rules = colours(look.brand, look.wash)
    if not look.logo:
        return rules
    return rules + logo_rule(look.logo_width, look.logo_height, in_words(bytes(look.logo)))
