"""A module that is withdrawn, or that is not in this language: what remains, and where to go."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from lms.learning import selectors


def gone(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """Say what became of the module or the journey `key`: 410 when it is withdrawn, 404 when it is only elsewhere.

    Raises Http404 when there never was one.
    """
    entry = selectors.module(key) or selectors.journey(key)
    if entry is None or not entry.titles:  # never published: a draft is nobody’s business
        raise Http404
    if entry.is_published and language in entry.languages:  # it is there: only this part of it is nowhere
        raise Http404
    others = [code for code in entry.languages if code != language and entry.is_published]
    context = {
        "title": entry.title(language),
        "other": {"language": others[0], "url": selectors.page_url(key, others[0])} if others else None,
        "catalogue_url": selectors.catalogue_url(language),
    }
    return render(request, "learning/gone.html", context, status=404 if others else 410)
