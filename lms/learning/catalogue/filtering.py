"""Choosing among modules: by domain, competency, level, audience, profession, minutes and language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from competencies.api import current_framework
from competencies.types import DomainEntry
from lms.learning.audiences import AUDIENCES
from lms.learning.models import Module
from lms.learning.models.entry import Level
from lms.learning.professions import NAMES, menu

Domains = tuple[DomainEntry, ...]
MINUTES: Final = ("15", "20")
LANGUAGES: Final = ("fr", "en")

PARAMETERS: Final = (
    ("domaine", "domain"),
    ("competence", "competency"),
    ("niveau", "level"),
    ("public", "audience"),
    ("metier", "profession"),
    ("minutes", "minutes"),
    ("langue", "language"),
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of the catalogue; an empty field asks nothing. `refused`: what was asked and does not exist.

    `place`: a domain (D3) or a competency (D3.C1).
    """

    place: str = ""
    level: str = ""
    audience: str = ""
    minutes: str = ""
    language: str = ""
    profession: str = ""
    refused: tuple[str, ...] = field(default=())

    @property
    def are_set(self) -> bool:
        """Whether anything is asked."""
        return any((self.place, self.level, self.audience, self.minutes, self.language, self.profession))

    def suit(self, module: Module) -> bool:
        """Say whether a module is one of those asked for."""
        return (
            (not self.place or any(_is_in(code, self.place) for code in module.competencies))
            and self.level in ("", module.level)
            and (not self.audience or self.audience in module.audiences)
            and (not self.profession or self.profession in module.professions)
            and (not self.minutes or module.minutes <= int(self.minutes))
            and (not self.language or self.language in module.languages)
        )


def _is_in(code: str, place: str) -> bool:
    return code == place or code.startswith(f"{place}.")


def domains_in_force() -> Domains:
    """Return the domains of the framework in force, none when nothing is loaded: one query."""
    try:
        return current_framework().domains
    except ObjectDoesNotExist:
        return ()


def read(asked: Mapping[str, str], domains: Domains) -> Filters:
    """Return the filters of an address: domaine, competence, niveau, public, metier, minutes, langue.

    What does not exist is set aside and said (`refused`).
    """
    known = choices(domains)
    found = {name: asked.get(parameter, "").strip()[:40] for parameter, name in PARAMETERS}
    kept = {name: value if value in known[name] else "" for name, value in found.items()}
    refused = tuple(value.replace("\0", "") for name, value in found.items() if value and not kept[name])
    domain, competency = kept.pop("domain"), kept.pop("competency")
    return Filters(place=competency or domain, refused=refused, **kept)


def choices(domains: Domains) -> dict[str, tuple[str, ...]]:
    """Return what each filter may say."""
    competencies = tuple(one.code for domain in domains for one in domain.competencies)
    return {
        "domain": tuple(domain.code for domain in domains),
        "competency": (*(domain.code for domain in domains), *competencies),
        "level": tuple(Level.values),
        "audience": tuple(key for key, _label in AUDIENCES),
        "profession": tuple(NAMES),
        "minutes": MINUTES,
        "language": LANGUAGES,
    }


def described(filters: Filters, domains: Domains, language: str) -> str:
    """Return what is asked, in words that end a sentence: « sur la télésanté, pour débuter, en 15 minutes au plus »."""
    said = [
        _("sur « %(title)s »") % {"title": place_title(filters.place, domains, language)} if filters.place else "",
        str(Level(filters.level).label) if filters.level else "",
        _("pour les %(audience)s") % {"audience": dict(AUDIENCES)[filters.audience]} if filters.audience else "",
        _("dans le métier « %(name)s »") % {"name": NAMES[filters.profession]} if filters.profession else "",
        _("en %(minutes)s minutes au plus") % {"minutes": filters.minutes} if filters.minutes else "",
        {"fr": _("en français"), "en": _("en anglais")}.get(filters.language, ""),
    ]
    return ", ".join(part for part in said if part)


def place_title(place: str, domains: Domains, language: str) -> str:
    """Return the title of a domain or a competency."""
    for domain in domains:
        for one in (domain, *domain.competencies):
            if one.code == place:
                return one.title(language)
    return place


def suiting(modules: Iterable[Module], filters: Filters) -> list[Module]:
    """Return the modules asked for, in their order."""
    return [module for module in modules if filters.suit(module)]


def options(filters: Filters, domains: Domains, language: str) -> dict[str, Any]:
    """Return what each menu of the form offers: (value, label, whether it is chosen); competencies by domain."""
    return {
        "places": [(_menu_entry(domain, filters, language), _inside(domain, filters, language)) for domain in domains],
        "levels": [(value, label, value == filters.level) for value, label in Level.choices],
        "audiences": [(value, label, value == filters.audience) for value, label in AUDIENCES],
        "professions": menu(filters.profession),
        "minutes": [(value, value, value == filters.minutes) for value in MINUTES],
        "languages": [(value, value, value == filters.language) for value in LANGUAGES],
    }


def _menu_entry(one: Any, filters: Filters, language: str) -> tuple[str, str, bool]:
    return one.code, one.title(language), one.code == filters.place


def _inside(domain: Any, filters: Filters, language: str) -> list[tuple[str, str, bool]]:
    return [_menu_entry(one, filters, language) for one in domain.competencies]
