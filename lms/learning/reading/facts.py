"""The facts of a module in words: its competencies, its level, whom it is for, its sources."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from competencies.api import current_framework
from lms.learning.audiences import AUDIENCES
from lms.learning.models import ModulePage
from lms.learning.professions import NAMES
from lms.learning.selectors import page_url


def about(page: ModulePage) -> dict[str, Any]:
    """Return what the cover, the sheet and the cards say of a module."""
    named = dict(AUDIENCES)
    return {
        "speaks_to": speaks_to(page),
        "competencies": competencies(page.competencies, page.locale.language_code),
        "level": page.get_level_display(),
        "professions": [NAMES[code] for code in page.professions if code in NAMES],
        "audiences": for_whom([str(named[code]) for code in page.audiences if code in named]),
        "sources": [source.value for source in page.sources],
        "authorities": ", ".join(dict.fromkeys(source.value["authority"] for source in page.sources)),
        "objectives": [objective.value for objective in page.objectives],
        "steps": steps(page),
    }


def speaks_to(page: ModulePage) -> str:
    """Return the one audience that a module is for; nothing when it is for several."""
    return str(page.audiences[0]) if len(page.audiences) == 1 else ""


def for_whom(names: Sequence[str]) -> str:
    """Say whom a module is for: “pour étudiants et professionnels”; nothing when nobody is named."""
    if not names:
        return ""
    *first, last = names
    who = _("%(first)s et %(last)s") % {"first": ", ".join(first), "last": last} if first else last
    return _("pour %(who)s") % {"who": who}


def steps(page: ModulePage) -> list[dict[str, Any]]:
    """Return each step: its number, key, title, minutes and address."""
    language = page.locale.language_code
    return [
        {
            "number": number,
            "key": step.value["key"],
            "title": step.value["title"],
            "minutes": step.value["minutes"],
            "url": page_url(page.slug, language, step.value["key"]),
        }
        for number, step in enumerate(page.steps, start=1)
    ]


def competencies(codes: Iterable[str], language: str) -> list[dict[str, Any]]:
    """Return each competency with its title and the number of its domain, which gives its colour."""
    known = framework(language)
    return [known[code] for code in codes if code in known]


def framework(language: str) -> dict[str, dict[str, Any]]:
    """Return each competency of the framework in force, by code; nothing before one is loaded. One query."""
    try:
        tree = current_framework()
    except ObjectDoesNotExist:  # no framework is loaded yet
        return {}
    return {
        competency.code: {
            "code": competency.code,
            "title": competency.title(language),
            "domain": domain.title(language),
            "hue": domain.number,
        }
        for domain in tree.domains
        for competency in domain.competencies
    }
