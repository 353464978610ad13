"""A module as one light file, to read without a connection: all its steps, its drawings, its styles, no script."""

from functools import lru_cache
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from themes import preferences
from themes.api import excerpt

from . import selectors
from .reading import gone, offline

# What a page to read needs: no form, no sitting, no profile.
STYLES: Final = (
    "10-tokens.css",
    "20-base.css",
    "learning/10-blocks.css",
    "learning/20-steps.css",
    "taken/file.css",
)


@require_safe
def take_away(request: HttpRequest, key: str) -> HttpResponse:
    """Send the module `key` in the language of the address, shown as its reader wishes; 410 when it is withdrawn."""
    language = get_language() or "fr"
    page = selectors.module_page(key, language)
    if page is None:
        return gone(request, key, language)
    context = {
        **offline(page),
        "preferences": preferences.of(request),
        "styles": styles(),
        "updated": timezone.localdate(page.last_published_at) if page.last_published_at else "",
        "origin": request.build_absolute_uri("/")[:-1],
    }
    response = HttpResponse(_with_whole_addresses(render_to_string("learning/file.html", context), context["origin"]))
    response["Content-Disposition"] = f'attachment; filename="{page.slug}-{language}.html"'
    return response


def _with_whole_addresses(file: str, origin: str) -> str:
    """A video is too heavy to be in the file: it is seen, and fetched, where it is."""
    documents = reverse("wagtaildocs_serve", args=(0, "x")).removesuffix("0/x")
    return file.replace(f'="{documents}', f'="{origin}{documents}')


@lru_cache(maxsize=1)
def styles() -> SafeString:
    """Return the styles of the file, in the same layers as those of our pages."""
    return mark_safe(excerpt(*STYLES))  # noqa: S308 - our own styles
