"""Statements in plain words, for the person they are about."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .models import Statement
from .vocabulary import JOURNEY, MODULE, PROGRESS, VERB_OF, extension


@dataclass(frozen=True)
class Line:
    """A statement as it is read: when, what, and what came of it (may be empty)."""

    at: datetime
    verb: str
    what: str
    outcome: str


def line(row: Statement) -> Line:
    """Return a statement in words, in the active language."""
    told = json.loads(row.raw)
    verb, definition = VERB_OF[row.verb], told["object"]["definition"]
    name = _in_language(definition["name"])
    what = _sentence(verb, definition.get("type", "")) % {"name": name}
    return Line(row.happened_at, verb, what, _outcome(verb, told.get("result", {})))


def _in_language(texts: dict[str, str]) -> str:
    return texts.get((get_language() or "fr")[:2]) or texts.get("fr") or next(iter(texts.values()))


def _sentence(verb: str, kind: str) -> str:
    if verb == "completed" and kind == JOURNEY:
        return _("Vous avez terminé le parcours « %(name)s ».")
    if kind == MODULE and verb in ("initialized", "completed"):
        return {
            "initialized": _("Vous avez commencé le module « %(name)s »."),
            "completed": _("Vous avez terminé le module « %(name)s »."),
        }[verb]
    return {
        "initialized": _("Vous avez commencé « %(name)s »."),
        "answered": _("Vous avez répondu à « %(name)s »."),
        "progressed": _("Vous avez avancé dans le module « %(name)s »."),
        "completed": _("Vous avez terminé « %(name)s »."),
        "passed": _("Vous avez réussi le bilan de « %(name)s »."),
        "failed": _("Le bilan de « %(name)s » n’a pas encore atteint le seuil."),
        "achieved": _("Compétence établie : « %(name)s »."),
        "earned": _("Vous avez reçu l’attestation « %(name)s »."),
    }[verb]


def _outcome(verb: str, result: dict[str, Any]) -> str:
    """Return what came of it; a score goes with its interval."""
    extensions = result.get("extensions", {})
    if verb == "answered":
        return _answer(result, is_unknown=bool(extensions.get(extension("unknown"))))
    if verb == "progressed":
        return _("%(share)d %% des étapes lues") % {"share": extensions.get(PROGRESS, 0)}
    score = result.get("score")
    return _score(score, extensions) if score else ""


def _answer(result: dict[str, Any], *, is_unknown: bool) -> str:
    if is_unknown:
        return _("« Je ne sais pas »")
    if result["success"]:
        return _("la réponse attendue")
    return _("en partie la réponse attendue") if result["score"]["raw"] else _("une autre réponse que celle attendue")


def _score(score: dict[str, Any], extensions: dict[str, Any]) -> str:
    values = {"score": round(score["raw"]), "top": round(score["max"])}
    if extension("low") in extensions:
        values |= {name: extensions[extension(name)] for name in ("low", "high")}
        return _("%(score)d sur %(top)d, entre %(low)d et %(high)d") % values
    if score["max"] == 100:
        return _("%(score)d %% des points du bilan") % values
    return _("%(score)d sur %(top)d") % values
