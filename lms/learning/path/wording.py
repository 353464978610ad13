"""Why a module is proposed, in a sentence of its own: what is missing, how far, how long. It never says more than the
intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.assessments.types import Standing
from lms.learning.models.entry import Level

FAR: Final = 200  # points: beyond, a figure says nothing of the next step, and only discourages
ROUND: Final = 10  # points: a gap is said to the nearest ten, since it is an estimate


@dataclass(frozen=True)
class Rung:
    """A level: where it begins, in points, and its name."""

    points: int
    title: str


@dataclass(frozen=True)
class Aim:
    """How far an audience is led, in points, and the levels, the lowest first. `is_plain`: said without points."""

    points: int
    levels: Sequence[Rung]
    is_plain: bool = False

    def around(self, score: int) -> tuple[Rung, Rung | None]:
        """Return the level reached at `score`, and the one just above it: None at the top."""
        place = max(index for index, rung in enumerate(self.levels) if rung.points <= score or index == 0)
        return self.levels[place], (self.levels[place + 1] if place + 1 < len(self.levels) else None)


@dataclass(frozen=True)
class Subject:
    """What a module is about: the code and the title of a competency; whether an earlier module was about it too."""

    code: str
    title: str
    is_again: bool = False


def reason(standing: Standing | None, subject: Subject, aim: Aim, *, level: str, minutes: int) -> str:
    """Say why a module about a competency comes here, whom its level (a Level) is for, and how long it takes."""
    told = {"title": subject.title, "far": _far(standing, subject.code, aim)}
    return f"{_why(standing, subject, aim, level) % told} {_length(minutes, level)}"


def _why(standing: Standing | None, subject: Subject, aim: Aim, level: str) -> str:
    if subject.is_again:
        return _("Pour continuer : « %(title)s »%(far)s.")
    if standing is None or subject.code not in standing.scores:
        return _("Pour commencer : « %(title)s »%(far)s.")
    if subject.code == weakest(standing):
        return _("Votre point le moins sûr : « %(title)s »%(far)s.")
    if subject.code in standing.missed:
        return _("Une réponse attendue vous a échappé : « %(title)s »%(far)s.")
    if subject.code in standing.inferred:
        return _little_known(standing, subject.code)
    score, low, _ignored = standing.scores[subject.code]
    if low >= aim.points or (score >= aim.points and level == Level.FURTHER):
        return _("Pour aller plus loin : « %(title)s »%(far)s.")
    if score < aim.points:
        return _("Encore un pas : « %(title)s »%(far)s.")
    return _("À confirmer : « %(title)s »%(far)s.")


def _little_known(standing: Standing, code: str) -> str:
    if code in standing.asked:
        return _("Peu de réponses ici, à vérifier : « %(title)s ».")
    return _("Déduit de vos autres réponses, à vérifier : « %(title)s ».")


def _far(standing: Standing | None, code: str, aim: Aim) -> str:
    """Say which level is next, as the end of a sentence; nothing where nothing was measured by itself.

    The level named is the one just above that reached in this competency, or the one reached when what it leads to is
    to be confirmed: how far an audience is led is no step of somebody two levels below.
    """
    if standing is None or code not in standing.scores or code in standing.inferred:
        return ""
    score, low, _ignored = standing.scores[code]
    reached, above = aim.around(score)
    if score >= aim.points and low < reached.points:
        return _(", où le niveau « %(level)s » n’est pas encore sûr") % {"level": reached.title}
    if above is None:
        return _(", où le niveau « %(level)s » est atteint") % {"level": reached.title}
    gap = max(ROUND, round((above.points - score) / ROUND) * ROUND)
    if aim.is_plain or gap > FAR:
        return _(", pour atteindre le niveau « %(level)s »") % {"level": above.title}
    return _(", à environ %(gap)d points du niveau « %(level)s »") % {"gap": gap, "level": above.title}


def weakest(standing: Standing) -> str:
    """Return the competency with the lowest score, those missed before the others; nothing when none was measured."""
    codes = sorted(standing.scores.keys() - standing.inferred)
    return min(codes, key=lambda code: (code not in standing.missed, standing.scores[code][0]), default="")


def _length(minutes: int, level: str) -> str:
    said = ngettext("%(minutes)d minute, %(level)s.", "%(minutes)d minutes, %(level)s.", minutes)
    return said % {"minutes": minutes, "level": Level(level).label}
