"""A journey: its parts, their modules, its hours and, for students, what each hour of the programme teaches.

One for professionals has a way for each profession: `?metier=` says which, so that a way is an address to share.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lms.learning import professions, selectors
from lms.learning.models import JourneyPage
from lms.learning.models.entry import Audience
from lms.learning.ways import Professions, followed

from .facts import framework


@dataclass(frozen=True)
class Way:
    """Which way is asked for: the code of a profession or "", and its name; `unknown`: what was asked and is none."""

    code: str = ""
    name: str = ""
    unknown: str = ""


def journey(page: JourneyPage, request: HttpRequest) -> HttpResponse:
    """Show a journey; as many queries for one module as for thirty."""
    language, way = page.locale.language_code, _asked(page, request)
    keys = [key for part in page.parts for name in ("modules", "reserved") for key in part.value[name]]
    cards = {card["key"]: card for card in selectors.cards(language, list(dict.fromkeys(keys)))}
    _mark(cards.values(), language, way)
    parts = [_part(part.value, cards, way) for part in page.parts]
    shown = {card["key"]: card for part in parts for card in part["modules"]}
    context = {
        "page": page,
        "speaks_to": page.audience,
        "parts": [part for part in parts if part["modules"] or not way.code],
        "minutes": sum(card["entry"].minutes for card in shown.values()),
        "count": len(shown),
        "hours": sum(part["hours"] for part in parts),
        "audience": page.get_audience_display(),
        "way": way,
        "own": sum(card["is_own"] for card in shown.values()),
        "professions": professions.menu(way.code, page.professions) if _has_ways(page) else (),
        "urls": {"catalogue": selectors.catalogue_url(language), "journey": selectors.page_url(page.slug, language)},
    }
    return render(request, "learning/journey_page.html", context)


def _has_ways(page: JourneyPage) -> bool:
    return page.audience == Audience.PROFESSIONAL


def _asked(page: JourneyPage, request: HttpRequest) -> Way:
    """Return the way that the address asks for; that of everybody on a journey that has no other."""
    said = request.GET.get("metier", "").strip()[:40] if _has_ways(page) else ""
    if said in professions.NAMES and said in (page.professions or professions.NAMES):
        return Way(said, str(professions.NAMES[said]))
    return Way(unknown="".join(letter for letter in said if letter.isprintable()))


def _mark(cards: Iterable[dict[str, Any]], language: str, way: Way) -> None:
    """Give each card the number of its main competency's domain, which gives its colour, and say if it is one's own."""
    known = framework(language)
    for card in cards:
        card["hue"] = next((known[code]["hue"] for code in card["entry"].competencies if code in known), 0)
        card["is_own"] = bool(way.code) and way.code in card["entry"].professions


def _part(part: Any, cards: dict[str, dict[str, Any]], way: Way) -> dict[str, Any]:
    known: Professions = {key: card["entry"].professions for key, card in cards.items()}
    shown = [cards[key] for key in followed(part, known, way.code)]
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
