"""What /parcours/ shows: journeys, modules by domain or as found, the form, and honest sentences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.learning import selectors
from lms.learning.models import Journey, Module
from lms.learning.models.entry import Audience

from . import filtering
from .filtering import Domains, Filters
from .normalising import indexed
from .searching import MOST_CHARACTERS, Found, Hit, asked_words, search

SHOWN_HITS, WITH_HITS = 2, 10  # hits of a module, and modules that show theirs: the page stays light
FIRST = 3  # modules of a domain, and journeys, that are seen at once when nothing is asked: a row on a wide screen


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: words to find, filters, and what could not be done of it (`notes`)."""

    text: str
    words: tuple[str, ...]
    filters: Filters
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Modules under one title (of a domain), or without one; journeys too."""

    title: str
    hue: int
    cards: list[dict[str, Any]] = field(default_factory=list)
    is_folded: bool = False

    @property
    def shown(self) -> list[dict[str, Any]]:
        """Those that are seen at once; one more rather than a fold for a single one."""
        return self.cards[:FIRST] if self.is_folded and len(self.cards) > FIRST + 1 else self.cards

    @property
    def folded(self) -> list[dict[str, Any]]:
        """Those that are unfolded when asked for."""
        return self.cards[len(self.shown) :]


def context(request: HttpRequest, language: str) -> dict[str, Any]:
    """Return what the template shows, in `language`; four queries at most, whatever there is."""
    domains = filtering.domains_in_force()
    asked = read(request.GET, domains)
    modules = list(selectors.modules())
    found = search(asked.words, language) if asked.words else None
    chosen = _cards(filtering.suiting(modules, asked.filters), found, domains, language)
    journeys = _journeys(asked, language)
    return {
        "speaks_to": asked.filters.audience,
        "asked": asked,
        "groups": _groups(chosen, domains, asked, language) if found is None else _found(chosen),
        "journeys": Group("", 0, journeys, _is_whole(asked)) if journeys else None,
        "count": _count(len(chosen), len(journeys), asked, domains, language),
        "is_empty": not chosen and not journeys,
        "without_filters": _without_filters(modules, asked, found, language) if not chosen else None,
        "options": filtering.options(asked.filters, domains, language),
        "chips": _chips(asked, domains, language),
        "has_details": any(getattr(asked.filters, name) for _parameter, name in ADDRESS),
        "catalogue_url": selectors.catalogue_url(language),
        "glossary_url": selectors.page_url("glossaire", language),
    }


def read(address: Mapping[str, str], domains: Domains) -> Asked:
    """Return what an address asks; what cannot be done is said, never guessed."""
    filters = filtering.read(address, domains)
    text = "".join(letter if letter.isprintable() else " " for letter in address.get("q", "")).strip()
    notes = [
        _("Le filtre « %(value)s » n’existe pas : il est laissé de côté.") % {"value": value}
        for value in filters.refused
    ]
    if len(text) > MOST_CHARACTERS:
        sentence = _(
            "Une recherche tient en %(most)s caractères : gardez les mots qui comptent. Voici tout ce qu’il y a."
        )
        return Asked("", (), filters, (*notes, sentence % {"most": MOST_CHARACTERS}))
    words = tuple(asked_words(text))
    if text and not words:
        notes.append(_wordless(filters) % {"text": text})
    return Asked(text, words, filters, tuple(notes))


def _wordless(filters: Filters) -> str:
    if filters.are_set:
        return _("« %(text)s » ne contient aucun mot à chercher. Voici tout ce que laissent les filtres.")
    return _("« %(text)s » ne contient aucun mot à chercher. Voici tout ce qu’il y a.")


def _cards(modules: list[Module], found: list[Found] | None, domains: Domains, language: str) -> list[dict[str, Any]]:
    """Cards in the order of the framework, or of what was found."""
    hues = {domain.code: domain for domain in domains}
    order = {one.code: place for place, one in enumerate(one for domain in domains for one in domain.competencies)}
    if found is None:
        modules = sorted(modules, key=lambda one: (order.get(_main(one), 99), one.level, one.key))
        return [_card(module, hues, language, ()) for module in modules]
    known = {module.pk: module for module in modules}
    kept = [one for one in found if one.module_id in known]
    return [
        _card(known[one.module_id], hues, language, one.hits[:SHOWN_HITS] if place < WITH_HITS else ())
        for place, one in enumerate(kept)
    ]


def _main(module: Module) -> str:
    return str(module.competencies[0]) if module.competencies else ""


def _card(module: Module, hues: Mapping[str, Any], language: str, hits: Iterable[Hit]) -> dict[str, Any]:
    card = selectors.card(module, language)
    domain = hues.get(_main(module).partition(".")[0])
    spoken = card["language"]
    return {
        **card,
        "minutes": module.minutes,
        "level": module.get_level_display(),
        "domain": domain.title(language) if domain else "",
        "code": domain.code if domain else "",
        "hue": domain.number if domain else 0,
        "is_for_citizens": "citizen" in module.audiences,
        "hits": [{"hit": hit, "url": selectors.page_url(module.key, spoken, hit.step)} for hit in hits],
    }


def _groups(cards: list[dict[str, Any]], domains: Domains, asked: Asked, language: str) -> list[Group]:
    by_code = {domain.code: [card for card in cards if card["code"] == domain.code] for domain in domains}
    groups = [
        Group(domain.title(language), domain.number, by_code[domain.code], _is_whole(asked)) for domain in domains
    ]
    rest = [card for card in cards if not card["code"]]
    return [group for group in (*groups, Group("", 0, rest)) if group.cards]


def _found(cards: list[dict[str, Any]]) -> list[Group]:
    return [Group("", 0, cards)] if cards else []


def _is_whole(asked: Asked) -> bool:
    """Say whether the page shows everything there is: what was asked for is never folded."""
    return not asked.words and not asked.filters.are_set


def _journeys(asked: Asked, language: str) -> list[dict[str, Any]]:
    """Journeys come first, the longest before the others; a level or minutes are asked of modules alone."""
    if asked.filters.level or asked.filters.minutes:
        return []
    found = [journey for journey in selectors.journeys() if _suits(journey, asked, language)]
    return [
        {
            **selectors.card(journey, language),
            "query": urlencode({"metier": asked.filters.profession}) if asked.filters.profession else "",
            "count": len(journey.module_keys),
            "audience": journey.get_audience_display(),
        }
        for journey in sorted(found, key=lambda journey: (-len(journey.module_keys), journey.key))
    ]


def _suits(journey: Journey, asked: Asked, language: str) -> bool:
    filters, said = asked.filters, indexed(f"{journey.title(language)} {journey.summary(language)}")
    in_place = not filters.place or any(code.startswith(filters.place) for code in journey.competencies)
    return (
        in_place
        and filters.audience in ("", journey.audience)
        and (not filters.profession or _is_for(journey, filters.profession))
        and (not filters.language or filters.language in journey.languages)
        and all(f" {word}" in said for word in asked.words)
    )


def _is_for(journey: Journey, profession: str) -> bool:
    return journey.audience == Audience.PROFESSIONAL and profession in (journey.professions or [profession])


def _count(modules: int, journeys: int, asked: Asked, domains: Domains, language: str) -> str:
    """Say in a sentence how much there is of what is asked."""
    said = [
        ngettext("%(n)s parcours", "%(n)s parcours", journeys) % {"n": journeys} if journeys else "",
        ngettext("%(n)s module", "%(n)s modules", modules) % {"n": modules} if modules or not journeys else "",
    ]
    counted = _(" et ").join(part for part in said if part) if modules or journeys else _("Aucun module")
    about = _(" sur « %(text)s »") % {"text": asked.text} if asked.words else ""
    where = filtering.described(asked.filters, domains, language)
    return f"{counted}{about}{', ' if where and about else ' ' if where else ''}{where}."


def _without_filters(
    modules: list[Module], asked: Asked, found: list[Found] | None, language: str
) -> dict[str, Any] | None:
    """What the same search finds everywhere, when the filters leave nothing of it."""
    if not asked.filters.are_set:
        return None
    known = {module.pk for module in modules}
    count = len(modules) if found is None else sum(one.module_id in known for one in found)
    query = urlencode({"q": asked.text}) if asked.words else ""
    return {"count": count, "query": query} if count else None


def _chips(asked: Asked, domains: Domains, language: str) -> list[dict[str, Any]]:
    """One link for each domain, which keeps the rest of what is asked."""
    chosen = asked.filters.place.partition(".")[0]
    return [
        {
            "title": domain.title(language),
            "hue": domain.number,
            "is_chosen": domain.code == chosen,
            "query": _query(asked, "" if domain.code == chosen else domain.code),
        }
        for domain in domains
    ]


ADDRESS: Final = (
    ("niveau", "level"),
    ("public", "audience"),
    ("metier", "profession"),
    ("minutes", "minutes"),
    ("langue", "language"),
)


def _query(asked: Asked, place: str) -> str:
    kept = {parameter: getattr(asked.filters, name) for parameter, name in ADDRESS}
    return urlencode({name: value for name, value in {"q": asked.text, "domaine": place, **kept}.items() if value})
