"""The professions that modules name, as people call themselves, in a few families."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The codes are those of question_bank/data/professions.yaml: a test holds that each is here, once.
FAMILIES: Final[tuple[tuple[Promise, Mapping[str, Promise]], ...]] = (
    (
        _("Professions médicales et pharmacie"),
        {
            "medecine": _("Médecin"),
            "odontologie": _("Chirurgien-dentiste"),
            "pharmacie": _("Pharmacien, pharmacienne"),
            "maieutique": _("Sage-femme"),
        },
    ),
    (
        _("Métiers infirmiers"),
        {
            "infirmier": _("Infirmier, infirmière"),
            "ipa": _("Infirmier, infirmière en pratique avancée"),
            "iade": _("Infirmier, infirmière anesthésiste"),
            "ibode": _("Infirmier, infirmière de bloc opératoire"),
            "puer": _("Puériculteur, puéricultrice"),
        },
    ),
    (
        _("Rééducation et appareillage"),
        {
            "mk": _("Masseur-kinésithérapeute"),
            "ergo": _("Ergothérapeute"),
            "podo": _("Pédicure-podologue"),
            "orthoptie": _("Orthoptiste"),
            "audio": _("Audioprothésiste"),
            "orthophonie": _("Orthophoniste"),
            "psychomot": _("Psychomotricien, psychomotricienne"),
            "dietetique": _("Diététicien, diététicienne"),
        },
    ),
    (
        _("Imagerie et laboratoire"),
        {
            "merm": _("Manipulateur, manipulatrice d’électroradiologie médicale"),
            "tlm": _("Technicien, technicienne de laboratoire médical"),
        },
    ),
    (
        _("Travail social"),
        {
            "ass": _("Assistant, assistante de service social"),
            "es": _("Éducateur spécialisé, éducatrice spécialisée"),
            "eje": _("Éducateur, éducatrice de jeunes enfants"),
            "ets": _("Éducateur technique spécialisé, éducatrice technique spécialisée"),
            "cesf": _("Conseiller, conseillère en économie sociale familiale"),
        },
    ),
)
NAMES: Final[Mapping[str, Promise]] = {code: name for _family, names in FAMILIES for code, name in names.items()}


def menu(chosen: str, among: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return what a menu of professions offers, by family; `among`: those alone, all of them when it is empty."""
    kept = set(among) or set(NAMES)
    found = [
        {"family": family, "professions": [(code, names[code], code == chosen) for code in names if code in kept]}
        for family, names in FAMILIES
    ]
    return [one for one in found if one["professions"]]
