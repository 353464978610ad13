"""A journey: its parts, their modules, its hours and, for students, what each hour of the programme teaches."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lms.learning import selectors
from lms.learning.models import JourneyPage

from .facts import framework


def journey(page: JourneyPage, request: HttpRequest) -> HttpResponse:
    """Show a journey; as many queries for one module as for thirty."""
    language = page.locale.language_code
    keys = [key for part in page.parts for key in part.value["modules"]]
    cards = {card["key"]: card for card in selectors.cards(language, list(dict.fromkeys(keys)))}
    _colour(cards.values(), language)
    parts = [_part(part.value, cards) for part in page.parts]
    context = {
        "page": page,
        "parts": parts,
        "minutes": sum(card["entry"].minutes for card in cards.values()),
        "count": len(cards),
        "hours": sum(part["hours"] for part in parts),
        "audience": page.get_audience_display(),
        "urls": {"catalogue": selectors.catalogue_url(language)},
    }
    return render(request, "learning/journey_page.html", context)


def _colour(cards: Iterable[dict[str, Any]], language: str) -> None:
    """Give each card the number of its main competency's domain, which gives its colour."""
    known = framework(language)
    for card in cards:
        card["hue"] = next((known[code]["hue"] for code in card["entry"].competencies if code in known), 0)


def _part(part: Any, cards: dict[str, dict[str, Any]]) -> dict[str, Any]:
    shown = [cards[key] for key in part["modules"] if key in cards]
    return {
        "key": part["key"],
        "title": part["title"],
        "hours": part["hours"] or 0,
        "in_class": part["in_class"],
        "modules": shown,
        "hue": shown[0]["hue"] if shown else 0,
        "minutes": sum(card["entry"].minutes for card in shown),
        "programme": [_hour(hour, cards) for hour in part["programme"]],
    }


def _hour(hour: Any, cards: dict[str, dict[str, Any]]) -> dict[str, Any]:
    named = [cards[key] for key in hour["modules"] if key in cards]
    return {"hour": hour["hour"], "text": hour["text"], "modules": named, "in_class": bool(hour["in_class"])}
