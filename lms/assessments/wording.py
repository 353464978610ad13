"""The sentences of a profile. They never say more than the intervals: what is not sure is said to be to confirm."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WIDE = 150  # points either way: as much as a whole level
ROUND = 10  # points: a margin is said to the nearest ten


def door(audience: str) -> str:
    """Say, as one would of oneself, whom an audience is made of."""
    return {
        "student": _("J’étudie en santé"),
        "professional": _("Je soigne, j’accompagne"),
        "citizen": _("Je m’informe pour moi"),
    }.get(audience, audience)


def headline(rank: int, span: int) -> str:
    """Say where somebody of level `rank` (from 0) is; `span`: how many levels the interval covers."""
    sure = [
        _("Vous posez les premières pierres."),
        _("Vous avez de solides bases."),
        _("Vous êtes à l’aise."),
        _("Vous maîtrisez le sujet."),
    ]
    likely = [
        _("De premières pierres, à confirmer."),
        _("Des bases qui semblent solides, à confirmer."),
        _("Vous semblez à l’aise, à confirmer."),
        _("Vous semblez maîtriser le sujet, à confirmer."),
    ]
    sentences = sure if span <= 2 else likely
    return sentences[min(rank, len(sentences) - 1)]


def when(moment: datetime, *, beside: datetime) -> str:
    """Say the day of `moment`, with its hour when `beside` is of the same day: the day alone would tell nothing."""
    there, day = timezone.localtime(moment), date_format(timezone.localtime(moment), "j F Y")
    if there.date() != timezone.localtime(beside).date():
        return day
    return _("%(day)s à %(hour)s h %(minute)s") % {"day": day, "hour": there.hour, "minute": f"{there:%M}"}


def level_range(lowest: str, level: str, highest: str) -> str:
    """Say the level of an estimate with those of the ends of its interval."""
    if lowest == highest:
        return level
    return _("%(level)s, entre %(lowest)s et %(highest)s") % {"level": level, "lowest": lowest, "highest": highest}


def summary(best: str, least: str, *, is_apart: bool) -> str:
    """Say how the domains stand; `is_apart`: the intervals of the first and the last do not meet."""
    if not is_apart:
        return _("Vos cinq domaines se tiennent : leurs écarts sont plus petits que ce qui reste à mesurer.")
    return _("Votre point fort : « %(best)s ». « %(least)s » est le terrain où vous progresserez le plus vite.") % {
        "best": best,
        "least": least,
    }


def plain_summary(best: str, least: str, *, is_apart: bool) -> str:
    """Say the same in plain French."""
    if not is_apart:
        return _("Vos cinq résultats sont proches. On ne peut pas encore dire où vous êtes le plus à l’aise.")
    return _("Vous êtes le plus à l’aise ici : « %(best)s ». À travailler d’abord : « %(least)s ».") % {
        "best": best,
        "least": least,
    }


def stop_reason(reason: str, margin: int) -> str:
    """Say why an attempt ended; `margin`: that of the whole, in points either way, as it is drawn.

    The rule aims at a standard error that its format can reach, ten situations or twenty, before the interval is
    widened to stay honest: that it was reached says nothing of how wide the interval is, so the sentence does.
    """
    planned = _(
        "L’évaluation s’est arrêtée à la précision prévue pour ce format : l’ensemble est connu à environ "
        "%(margin)d points près."
    ) % {"margin": max(ROUND, round(margin / ROUND) * ROUND)}
    wide = _("C’est encore large : fiez-vous à l’intervalle plus qu’au score.")
    return {
        "precision_reached": f"{planned} {wide}" if margin > WIDE else planned,
        "precision_unreachable": _(
            "L’évaluation s’est arrêtée : même au bout, la mesure n’aurait pas atteint la précision visée."
        ),
        "maximum_length": _("L’évaluation est allée jusqu’au nombre de situations prévu."),
        "pool_exhausted": _("L’évaluation s’est arrêtée faute d’autres situations à proposer."),
        "out_of_time": _("Le temps prévu est écoulé ; vos réponses données jusque-là comptent."),
    }.get(reason, "")


def step_reason(answers: list[bool]) -> str:
    """Say why a competency is a next step; `answers`: for each situation met in it, whether the answer was right."""
    if not answers:
        return _("Pas rencontrée cette fois : votre niveau ici se déduit du reste.")
    right, met = sum(answers), len(answers)
    if right == met:
        return _("Bien répondu cette fois : une situation plus difficile dira jusqu’où vous allez.")
    if not right:
        return ngettext(
            "La situation rencontrée n’a pas eu la réponse attendue.",
            "Les %(all)d situations rencontrées n’ont pas eu la réponse attendue.",
            met,
        ) % {"all": met}
    return ngettext(
        "%(right)d réponse attendue sur %(all)d situations.",
        "%(right)d réponses attendues sur %(all)d situations.",
        right,
    ) % {"right": right, "all": met}
