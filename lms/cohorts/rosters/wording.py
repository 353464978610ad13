"""What a roster does, in words: before it is applied and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

DONE: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        "abandon": _("L’import est abandonné et son fichier effacé. Rien n’a changé."),
        "abandon-cohorte": _("L’import est abandonné : son fichier est effacé, et la cohorte qu’il ouvrait aussi."),
    }
)


CHANGES: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        "student_number": _("numéro"),
        "first_name": _("prénom"),
        "other_names": _("autres prénoms"),
        "last_name": _("nom"),
        "usage_name": _("nom d’usage"),
        "email": _("adresse"),
        "birth_date": _("date de naissance"),
    }
)


@dataclass(frozen=True)
class Said:
    """A count and its words; `tone`: what deserves the eye (“sun”, “alarm”) or nothing."""

    count: int
    words: str
    tone: str = ""


def sentences(counts: Mapping[str, int], *, is_replacing: bool, is_done: bool = False) -> list[Said]:
    """Return what to say of each count; what is nought is left out, unless it is what people look for."""
    n = counts.__getitem__
    found = [
        Said(n("new"), ngettext("nouvel étudiant", "nouveaux étudiants", n("new"))),
        Said(n("placed"), ngettext("déjà connu, inscrit ici", "déjà connus, inscrits ici", n("placed"))),
        Said(n("changed"), ngettext("fiche corrigée", "fiches corrigées", n("changed"))),
        Said(n("same"), ngettext("déjà là, inchangé", "déjà là, inchangés", n("same"))),
    ]
    found = [found[0], *(one for one in found[1:] if one.count)]
    if is_replacing:
        found.append(Said(n("leaving"), ngettext("sort de la cohorte", "sortent de la cohorte", n("leaving")), "sun"))
    if n("doubts") and not is_done:
        found.append(Said(n("doubts"), ngettext("doute à trancher", "doutes à trancher", n("doubts")), "sun"))
    if n("skipped"):
        found.append(Said(n("skipped"), ngettext("ligne écartée par vous", "lignes écartées par vous", n("skipped"))))
    if n("repeated"):
        found.append(Said(n("repeated"), ngettext("ligne en double", "lignes en double", n("repeated"))))
    if n("wrong"):
        found.append(
            Said(n("wrong"), ngettext("ligne en erreur, laissée", "lignes en erreur, laissées", n("wrong")), "alarm")
        )
    return found


def changes(names: Iterable[str]) -> str:
    """Return which facts of a line change, in words; none of them is the group."""
    return ", ".join(str(CHANGES[name]) for name in names) or str(_("groupe"))
