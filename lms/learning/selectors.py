"""Reading modules and journeys."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from .models import Journey, Module, ModulePage


def modules() -> QuerySet[Module]:
    """Return the published modules, by key."""
    return Module.objects.filter(is_published=True).order_by("key")


def professions_of_modules(keys: Collection[str] | None = None) -> dict[str, list[str]]:
    """Return the professions that each published module names, by key, or of those of `keys`: one query."""
    chosen = modules() if keys is None else modules().filter(key__in=keys)
    return dict(chosen.values_list("key", "professions"))


def journeys() -> QuerySet[Journey]:
    """Return the published journeys, by key."""
    return Journey.objects.filter(is_published=True).order_by("key")


def module(key: str) -> Module | None:
    """Return a module, published or not."""
    return Module.objects.filter(key=key).order_by("pk").first()


def journey(key: str) -> Journey | None:
    """Return a journey, published or not."""
    return Journey.objects.filter(key=key).order_by("pk").first()


def titles_of(keys: Collection[str], language: str) -> dict[str, tuple[str, str]]:
    """Return the title of each module, published or not, and the language it is in: one query, none for no module."""
    rows = Module.objects.filter(key__in=keys).order_by("pk") if keys else ()
    return {row.key: (row.title(language), language if language in row.titles else "fr") for row in rows}


def module_page(key: str, language: str) -> ModulePage | None:
    """Return the published page of a module in `language`."""
    found = ModulePage.objects.live().filter(slug=key, locale__language_code=language).select_related("locale")
    page: ModulePage | None = found.order_by("pk").first()
    return page


def cards(language: str, keys: list[str] | None = None) -> list[dict[str, Any]]:
    """Return what a card says of each published module, in the order of `keys` when given: one query."""
    rows = {row.key: row for row in (modules() if keys is None else modules().filter(key__in=keys))}
    return [card(rows[key], language) for key in (rows if keys is None else keys) if key in rows]


def journey_cards(language: str) -> list[dict[str, Any]]:
    """Return what a card says of each published journey: one query."""
    return [card(row, language) for row in journeys()]


def card(row: Module | Journey, language: str) -> dict[str, Any]:
    """Return what a card says of a module or a journey, in `language` when it speaks it, else in French."""
    spoken = language if language in row.languages else "fr"
    return {
        "entry": row,
        "key": row.key,
        "title": row.title(spoken),
        "summary": row.summary(spoken),
        "language": spoken,
        "is_foreign": spoken != language,
        "url": page_url(row.key, spoken),
    }


def page_url(key: str, language: str, part: str = "") -> str:
    """Return the address of a module or a journey, or of one of its parts (a step's key, `fiche`, `bilan`)."""
    prefix = "" if language == "fr" else f"/{language}"
    return f"{prefix}/parcours/{key}/" + (f"{part}/" if part else "")


def catalogue_url(language: str) -> str:
    """Return the address of the catalogue."""
    return "/parcours/" if language == "fr" else f"/{language}/parcours/"
