"""The names that authors read instead of codes: competencies, capacities, professions, interactions, fields."""

from functools import lru_cache
from typing import Any, Final

import yaml
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from question_bank.interactions.registry import INTERACTIONS
from question_bank.itemfiles.references import FRAMEWORK, LOADER, PROFESSIONS

Choices = list[tuple[str, str]]

AUDIENCES: Final = {"student": lazy("étudiants"), "professional": lazy("professionnels"), "citizen": lazy("citoyens")}
DIFFICULTIES: Final = {
    1: lazy("1 – presque tout le monde répond juste"),
    2: lazy("2 – la plupart"),
    3: lazy("3 – la moitié"),
    4: lazy("4 – peu de gens"),
}
WORDINGS: Final = {"fr": lazy("français"), "plain": lazy("français simple"), "en": lazy("anglais")}
KINDS: Final = {
    "single_choice": lazy("choix unique"),
    "multiple_choice": lazy("choix multiple"),
    "graded_choice": lazy("choix gradué"),
    "order": lazy("mise en ordre"),
    "number": lazy("nombre et unité"),
    "text": lazy("réponse courte"),
    "match": lazy("association"),
    "inline_choice": lazy("texte à menus"),
    "fill_in": lazy("texte à compléter"),
    "hotspot": lazy("zone à désigner"),
    "categorize": lazy("tri en catégories"),
    "simulation": lazy("simulation"),
}
FIELDS: Final[dict[str, str | Promise]] = {
    "key": lazy("clé"),
    "competency": lazy("compétence"),
    "capacity": lazy("capacité"),
    "cluster": lazy("groupe"),
    "audiences": lazy("publics"),
    "professions": lazy("professions"),
    "difficulty": lazy("difficulté"),
    "interaction": lazy("interaction"),
    "enemies": lazy("incompatibles"),
    "source": lazy("source"),
    "valid_from": lazy("valable depuis"),
    "valid_to": lazy("valable jusqu’au"),
    "review_by": lazy("à relire avant"),
    "answer": lazy("réponse"),
    "title": lazy("titre"),
    "context": lazy("contexte"),
    "artefact": lazy("document montré"),
    "question": lazy("question"),
    "choices": lazy("choix"),
    "feedback": lazy("à retenir"),
    "rationale": lazy("explication"),
    "text": lazy("texte"),
    "url": lazy("adresse"),
    "authority": lazy("texte ou organisme"),
    "checked_at": lazy("lue le"),
    "facts": lazy("faits"),
    "read": lazy("ce qui a été lu"),
}


@lru_cache(maxsize=1)
def _framework() -> Any:
    return yaml.load(FRAMEWORK.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader


def _titled(thing: dict[str, str]) -> tuple[str, str]:
    language = "en" if get_language() == "en" else "fr"
    return thing["id"], f"{thing['id']} – {thing[f'title_{language}']}"


def _competencies() -> list[Any]:
    return [competency for domain in _framework()["domains"] for competency in domain["competencies"]]


def competencies() -> Choices:
    """Return each competency with its code and its title."""
    return [_titled(competency) for competency in _competencies()]


def capacities() -> Choices:
    """Return each capacity with its code and its title."""
    return [_titled(capacity) for competency in _competencies() for capacity in competency["capacities"]]


@lru_cache(maxsize=1)
def professions() -> tuple[tuple[str, str], ...]:
    """Return each profession with its name."""
    found = yaml.load(PROFESSIONS.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader
    return tuple(found["professions"].items())


def interactions() -> Choices:
    """Return each interaction there is, with its name."""
    return [(name, interaction(name)) for name in INTERACTIONS]


def interaction(name: str) -> str:
    """Return the name of an interaction in words."""
    return str(KINDS.get(name, name))


def named(value: str) -> str:
    """Return codes (one, or several with commas between) by their names; any other text as it is."""
    names = [FIELDS.get(word) or AUDIENCES.get(word) or KINDS.get(word) for word in value.split(", ")]
    return ", ".join(map(str, names)) if all(names) else value


def place(keys: tuple[str | int, ...]) -> str:
    """Say where in an item something is: “français, choix 2, explication”."""
    words: list[str] = []
    for key in keys:
        if isinstance(key, int):
            words[-1:] = [f"{words[-1]} {key + 1}" if words else str(key + 1)]
        else:
            words.append(str(WORDINGS.get(key) or FIELDS.get(key) or key))
    return ", ".join(words) or _("toute la situation")
