"""What an attestation says, in each language, frozen the day it is issued."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from themes.api import duration

Said = dict[str, str]
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, kw_only=True)
class Completed:
    """What somebody completed. Dates are those of their time zone; `measured`: whole minutes, 0 when none was."""

    titles: Said
    from_date: date
    to_date: date
    planned: int
    measured: int
    objectives: dict[str, list[str]]
    modules: dict[str, list[str]]
    check: int | None = None
    mark: int = 0


def details(what: Completed) -> dict[str, Any]:
    """Return the facts and the sentences, as certificates keep them."""
    facts = [
        _fact(lambda: _("Dates"), lambda: _dates(what)),
        _fact(lambda: _("Durée prévue"), lambda: duration(what.planned)),
        _fact(lambda: _("Temps mesuré"), lambda: _measured(what.measured)),
        _list(lambda: _("Objectifs"), what.objectives),
        _list(lambda: _("Modules"), what.modules),
    ]
    if what.check is not None:
        facts.insert(3, _fact(lambda: _("Résultat"), lambda: _result(what)))
    if settings.TRAINING_REGISTRATION:
        facts.append(_fact(lambda: _("Déclaration d’activité"), lambda: str(settings.TRAINING_REGISTRATION)))
    said = {"facts": [fact for fact in facts if fact], "notices": [_said(one) for one in _notices()]}
    return said | {"document": "attestation"}  # the word by which a verification calls it


def kind(of: str) -> Said:
    """Return what the document is called: `of` is module or journey."""
    if of == "journey":
        return _said(lambda: _("Attestation de suivi d’un parcours"))
    return _said(lambda: _("Attestation de suivi d’un module"))


def organisation() -> str:
    """Return who attests."""
    return str(settings.PUBLISHER or "Socle")


def local_date(moment: datetime, zone: str) -> date:
    """Return the day it was for the person."""
    return moment.astimezone(ZoneInfo(zone)).date()


def _dates(what: Completed) -> str:
    first, last = (date_format(day, "j F Y") for day in (what.from_date, what.to_date))
    if first == last:
        return _("le %(day)s") % {"day": last}
    return _("du %(first)s au %(last)s") % {"first": first, "last": last}


def _measured(count: int) -> str:
    if not count:
        return _("non mesuré : les pages ont été lues sans ce qui compte le temps, ou en moins d’une minute")
    return _("%(time)s, pages à l’écran") % {"time": duration(count)}


def _result(what: Completed) -> str:
    return _("%(check)d %% des points du bilan final, pour %(mark)d %% demandés") % {
        "check": what.check,
        "mark": what.mark,
    }


def _notices() -> Iterable[Callable[[], str]]:
    yield lambda: _(
        "Cette attestation dit qu’une formation a été suivie. Elle ne constitue pas, à elle seule, une action de "
        "développement professionnel continu (DPC)."
    )
    if settings.DEMO:
        yield lambda: _("Données de démonstration : cette attestation n’a aucune valeur.")


def _fact(label: Callable[[], str], text: Callable[[], str]) -> dict[str, Any]:
    return {"label": _said(label), "text": _said(text)}


def _list(label: Callable[[], str], items: dict[str, list[str]]) -> dict[str, Any]:
    kept = {language: found for language, found in items.items() if found}
    return {"label": _said(label), "items": kept} if kept else {}


def _said(words: Callable[[], str]) -> Said:
    """Return a text in each language of the platform."""
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = words()
    return said
