"""After the last answer: the profile as a page, a print, a PDF and data; the answers with their reasons."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from themes.preferences import carry

from .. import checking, pictures, profile, selectors
from ..models import Attempt
from ..pdf import profile_document
from ..types import Suggestion
from .visitor import reads, see_other, viewer_id

WHOLE = "entier"  # in the address: the whole profile after a check, not only what it was about
NEXT = 3


@reads
def profile_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the profile of a finished attempt; an open one goes back to its item."""
    attempt = selectors.attempt(token=token, viewer_id=viewer_id(request))
    if attempt.is_open:
        return see_other(request, "question", token)
    if attempt.is_check and WHOLE not in request.GET:
        return render(request, "assessments/check.html", _check_context(request, attempt))
    return render(request, "assessments/profile.html", _context(request, attempt))


@reads
def profile_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """Return the profile of a finished attempt as an A4 document; an open one goes back to its item."""
    attempt = selectors.attempt(token=token, viewer_id=viewer_id(request))
    if attempt.is_open:
        return see_other(request, "question", token)
    document = profile_document(_context(request, attempt))
    response = HttpResponse(document, content_type="application/pdf")
    response["Content-Disposition"] = _attachment("pdf")
    return response


@reads
def profile_json(request: HttpRequest, token: str) -> HttpResponse:
    """Return the profile of a finished attempt as data; an open one goes back to its item."""
    attempt = selectors.attempt(token=token, viewer_id=viewer_id(request))
    if attempt.is_open:
        return see_other(request, "question", token)
    response = JsonResponse(profile.as_json(attempt), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = _attachment("json")
    return response


@reads
def review(request: HttpRequest, token: str) -> HttpResponse:
    """Show every answer with what was right and why, once the attempt is over."""
    attempt = selectors.attempt(token=token, viewer_id=viewer_id(request))
    if attempt.is_open:
        return see_other(request, "question", token)
    answers = profile.explanations(attempt, selectors.responses(attempt))
    for entry in answers:
        entry["report_url"] = _link(request, "report", token, entry["position"])
    context = {"answers": answers, "profile_url": _link(request, "profile", token), "attempt": attempt}
    context["speaks_to"] = attempt.assessment.audience
    return render(request, "assessments/review.html", context)


def _context(request: HttpRequest, attempt: Attempt) -> dict[str, Any]:
    whole = profile.profile(attempt)
    previous = profile.previous(attempt)
    names = ("pdf", "json", "review", "keep", "erase")
    return {
        "speaks_to": attempt.assessment.audience,
        "profile": whole,
        "previous": previous,
        "suggestions": _suggestions(attempt),
        "links": {name: _link(request, name, attempt.token) for name in names},
        "pictures": pictures.of(whole, previous),
    }


def _check_context(request: HttpRequest, attempt: Attempt) -> dict[str, Any]:
    found = checking.result(attempt)
    profile_url = _link(request, "profile", attempt.token)
    return {
        "speaks_to": attempt.assessment.audience,
        "check": found,
        "pictures": checking.pictures(found),
        "profile": found.whole,
        "suggestions": _suggestions(attempt, but=found.origin.url if found.origin else ""),
        "origin_url": carry(request, found.origin.url) if found.origin else "",
        "whole_url": f"{profile_url}{'&' if '?' in profile_url else '?'}{WHOLE}=1",
        "links": {name: _link(request, name, attempt.token) for name in ("review", "keep", "erase")},
    }


def _suggestions(attempt: Attempt, but: str = "") -> list[Suggestion]:
    """Return what comes next; `but`: an address of the module that one has just left."""
    return [one for one in profile.modules(attempt) if not but.startswith(one.url)][:NEXT]


def _attachment(kind: str) -> str:
    name = _("profil-socle")
    return f'attachment; filename="{name}.{kind}"'


def _link(request: HttpRequest, name: str, *args: object) -> str:
    return carry(request, reverse(f"assessments:{name}", args=args))
