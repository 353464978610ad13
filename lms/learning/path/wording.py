"""Why a module is proposed, in a sentence. It never says more than the intervals."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.assessments.types import Standing

from .ordering import UNKNOWN


def reason(standing: Standing | None, code: str, title: str, level: str, target: int, minutes: int) -> str:
    """Say why a module about competency `code` comes here, and how long it takes."""
    return f"{_why(standing, code, target, level) % {'title': title}} {_length(minutes)}"


def _why(standing: Standing | None, code: str, target: int, level: str) -> str:
    if standing is None or code not in standing.scores:
        return _("Pour commencer : « %(title)s ».")
    if code == weakest(standing):
        return _("Votre point le moins sûr : « %(title)s ».")
    if code in standing.missed:
        return _("Une réponse attendue vous a échappé : « %(title)s ».")
    score, low, _ignored = standing.scores.get(code, UNKNOWN)
    if low >= target or (score >= target and level == "further"):
        return _("Pour aller plus loin : « %(title)s ».")
    if score < target:
        return _("Encore un pas vers le niveau visé : « %(title)s ».")
    return _("À confirmer : « %(title)s ».")


def weakest(standing: Standing) -> str:
    """Return the competency with the lowest score, those missed before the others; nothing when none was measured."""
    codes = sorted(standing.scores)
    return min(codes, key=lambda code: (code not in standing.missed, standing.scores[code][0]), default="")


def _length(minutes: int) -> str:
    return ngettext("%(minutes)d minute.", "%(minutes)d minutes.", minutes) % {"minutes": minutes}
