"""The one thing to do first, from an institution's figures. Words and an address; no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import number_format as number
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..figures import Figures

ENOUGH = 0.05  # of those enrolled: fewer are for the lists below, not for the top of the page


@dataclass(frozen=True)
class NextStep:
    """A sentence, why, one button."""

    sentence: str
    why: str
    action: str
    url: str


def next_step(
    figures: Figures, helped: Mapping[str, Any], gaps: Sequence[Mapping[str, Any]], institution: str
) -> NextStep | None:
    """Return what comes first: places to take, people to set going, a test to ask for, what to teach; None for nobody.

    `helped` is what `to_help` returns; `institution`: its key.
    """
    enough = max(ENOUGH * figures.enrolled, 1)
    if helped["to_claim"] >= enough and helped["cohorts"]:
        return _places(helped["to_claim"], helped["cohorts"][0])
    if helped["to_begin"] >= enough:
        return _beginning(helped["to_begin"], institution)
    if figures.enrolled - figures.measured >= enough:
        return _measuring(figures.enrolled - figures.measured, institution)
    return _teaching(gaps[0]) if gaps else None


def _places(count: int, cohort: Mapping[str, Any]) -> NextStep:
    sentence = ngettext(
        "%(shown)s étudiant n’a pas encore pris sa place.",
        "%(shown)s étudiants n’ont pas encore pris leur place.",
        count,
    ) % {"shown": number(count, force_grouping=True)}
    why = _("Sans elle, ni demande ni rappel ne leur parvient. Le plus grand nombre est ici : %(cohort)s.")
    return NextStep(sentence, why % {"cohort": cohort["label"]}, _("Voir la liste"), str(cohort["url"]))


def _beginning(count: int, institution: str) -> NextStep:
    sentence = ngettext(
        "%(shown)s étudiant a sa place et n’a pas commencé.",
        "%(shown)s étudiants ont leur place et n’ont pas commencé.",
        count,
    ) % {"shown": number(count, force_grouping=True)}
    return NextStep(sentence, _("Une demande datée met en route mieux qu’un rappel."), *_asking(institution))


def _measuring(count: int, institution: str) -> NextStep:
    sentence = ngettext(
        "%(shown)s étudiant n’a pas passé le test.", "%(shown)s étudiants n’ont pas passé le test.", count
    ) % {"shown": number(count, force_grouping=True)}
    return NextStep(
        sentence, _("Vingt situations, un quart d’heure : la suite s’adapte à chacun."), *_asking(institution)
    )


def _asking(institution: str) -> tuple[str, str]:
    return _("Prescrire"), f"{reverse('prescribing:create')}?{urlencode({'institution': institution})}"


def _teaching(gap: Mapping[str, Any]) -> NextStep:
    why = _("%(share)s %% de ceux qui partagent sont sous la cible.") % {"share": gap["share"]}
    sentence = _("À travailler d’abord : %(title)s.") % {"title": gap["title"]}
    return NextStep(sentence, why, _("Voir les compétences"), "#niveaux")
