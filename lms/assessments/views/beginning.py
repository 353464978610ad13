"""Before the first item: what can be taken, what will happen, the start."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.origin import SAFE_METHODS, same_origin_only
from kernel.refusals import refuse_method

from .. import delivery, selectors, wording
from ..context import audience_of, remember
from ..models import Assessment, Attempt, Wording
from ..models.offer import Audience, Purpose
from ..services import start_attempt
from .visitor import POSTED, address, entrance, see_other, tells_refusals, viewer_id


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Show what can be taken, one door for each audience."""
    return render(request, "assessments/catalogue.html", {"doors": _doors(audience_of(request))})


def _doors(own: str) -> list[dict[str, Any]]:
    """Return what can be taken, by audience: the reader's own first; in each, what measures before what trains."""
    offers = sorted(selectors.open_assessments(), key=lambda offer: offer.purpose == Purpose.TRAINING)
    doors = [
        {
            "audience": audience,
            "words": wording.door(audience),
            "is_own": audience == own,
            "offers": [offer for offer in offers if offer.audience == audience],
        }
        for audience in sorted(Audience.values, key=lambda audience: audience != own)
    ]
    return [door for door in doors if door["offers"]]


@require_safe
@tells_refusals
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Say what will happen before it does; whoever has left an attempt open is led back to it first."""
    offer, language = selectors.open_assessment(key), get_language() or "fr"
    begun = selectors.left_open(owner_id=viewer_id(request), assessment=offer, now=clock.now())
    context = {
        "speaks_to": offer.audience,
        "assessment": {
            "key": offer.key,
            "title": offer.title(language),
            "audience": offer.audience,
            "purpose": offer.purpose,
            "minutes": offer.minutes,
            "length": offer.blueprint.length_max,
        },
        "begun": _told(begun) if begun else None,
        "is_anonymous": viewer_id(request) is None,
        "sign_in": entrance(request, "account_login", request.get_full_path()),
        "erase_days": selectors.anonymous_lifetime().days,
        "items_language_note": _items_language_note(offer, language),
        "has_plain_wording": language == "fr" and delivery.is_offered_in(offer, Wording.PLAIN),
    }
    return render(request, "assessments/start.html", context)


@same_origin_only
@tells_refusals
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Open an attempt and go to its first item; an address copied without its gesture goes back to the start page."""
    if request.method in SAFE_METHODS:
        return see_other(request, "start", key)
    if request.method != "POST":
        return refuse_method(request, POSTED)
    said = Wording.PLAIN if request.POST.get("wording") == Wording.PLAIN else Wording.STANDARD
    owner_id = viewer_id(request)
    step = start_attempt(assessment=key, locale=get_language() or "fr", owner_id=owner_id, wording=said)
    if owner_id is not None:
        remember(request, owner_id)
    return see_other(request, "question", step.attempt.token)


def _told(begun: Attempt) -> dict[str, Any]:
    """Return what the start page says of an attempt left open: each situation before that on screen has its answer."""
    return {
        "started_at": begun.started_at,
        "answered": begun.position - 1,
        "url": address("question", begun.token),
    }


def _items_language_note(offer: Assessment, language: str) -> str:
    if language == "fr" or delivery.is_offered_in(offer, language):
        return ""
    return _("Pour l’instant, les situations sont en français ; le reste de la page est traduit.")
