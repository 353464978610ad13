"""The catalogue for programs: what there is to learn, as the page shows it (/api/v1/modules)."""

import re
from typing import Annotated, Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import override
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from kernel.errors import Invalid

from . import selectors
from .catalogue import filtering
from .catalogue.filtering import Filters
from .catalogue.searching import MOST_CHARACTERS, asked_words, search
from .models import Module

router = Router(tags=["modules"])
WHOLE_NUMBER: Final = re.compile(r"[1-9][0-9]{0,2}")


class ModulesIn(Schema):
    """The filters; none asks for everything."""

    model_config = ConfigDict(extra="ignore")

    competency: str = Field("", description="a competency (D3.C1) or a domain (D3)", max_length=20)
    level: str = Field("", description="entry or further", max_length=20)
    audience: str = Field("", description="student, professional or citizen", max_length=20)
    profession: str = Field("", description="whose situations: infirmier, pharmacie… (`professions`)", max_length=20)
    minutes: str = Field("", description="a whole number: what takes no longer", max_length=20)
    language: str = Field("", description="fr or en: the modules that speak it, titled in it", max_length=10)
    q: str = Field(
        "", description="words to find in modules; accents, capitals and plurals do not count", max_length=500
    )


class ModuleOut(Schema):
    key: str
    title: str
    minutes: int
    competencies: list[str] = Field(description="codes; the first is the main one")
    audience: list[str]
    professions: list[str] = Field(description="whose situations these are; none: nobody’s in particular")
    level: str = Field(description="entry, further")
    languages: list[str]
    summary: str
    url: str = Field(description="where people read it, on this site")


class ModulesOut(Schema):
    count: int
    results: list[ModuleOut]


class ModulesErrorDetail(Schema):
    code: str
    message: str
    field: str | None = None


class ModulesErrorOut(Schema):
    error: ModulesErrorDetail


@router.get("", response={200: ModulesOut, 422: ModulesErrorOut, 503: ModulesErrorOut}, summary="Modules")
def modules(request: HttpRequest, asked: Annotated[ModulesIn, Query()]) -> dict[str, Any]:
    """Return the published modules, by key; with `q`, those that say every word, the best first."""
    _refuse_unknown(request)
    filters = _filters(asked)
    spoken = filters.language or "fr"
    chosen = filtering.suiting(selectors.modules(), filters)
    if asked.q:
        chosen = _found(asked.q, chosen, spoken)
    with override(spoken):
        results = [_as_body(module, spoken) for module in chosen]
    return {"count": len(results), "results": results}


def _refuse_unknown(request: HttpRequest) -> None:
    """Refuse a filter that does not exist: passed over, a slip of the pen would return every module.

    Raises:
        Invalid: `field` is the parameter.
    """
    for name in request.GET:
        if name not in ModulesIn.model_fields:
            said = _("Ce filtre n’existe pas ; %(known)s.") % {"known": ", ".join(ModulesIn.model_fields)}
            raise Invalid(said, field=name[:40])


def _filters(asked: ModulesIn) -> Filters:
    known = filtering.choices(filtering.domains_in_force())
    for name in ("competency", "level", "audience", "profession", "language"):
        value = getattr(asked, name)
        if value and value not in known[name]:
            said = _("« %(value)s » n’existe pas ; %(known)s.") % {"value": value, "known": ", ".join(known[name])}
            raise Invalid(said, field=name)
    if asked.minutes and not WHOLE_NUMBER.fullmatch(asked.minutes):
        raise Invalid(_("Les minutes sont un nombre entier, de 1 à 999."), field="minutes")
    return Filters(
        place=asked.competency,
        level=asked.level,
        audience=asked.audience,
        minutes=asked.minutes,
        language=asked.language,
        profession=asked.profession,
    )


def _found(text: str, chosen: list[Module], language: str) -> list[Module]:
    words = asked_words(text)
    if len(text) > MOST_CHARACTERS or not words:
        sentence = _("Une recherche tient en %(most)s caractères et contient au moins un mot.")
        raise Invalid(sentence % {"most": MOST_CHARACTERS}, field="q")
    known = {module.pk: module for module in chosen}
    return [known[one.module_id] for one in search(words, language) if one.module_id in known]


def _as_body(module: Module, language: str) -> dict[str, Any]:
    card = selectors.card(module, language)
    return {
        "key": module.key,
        "title": card["title"],
        "minutes": module.minutes,
        "competencies": module.competencies,
        "audience": module.audiences,
        "professions": module.professions,
        "level": module.level,
        "languages": module.languages,
        "summary": card["summary"],
        "url": card["url"],
    }
