"""A small module that keeps every promise, in two languages, from items of the real bank."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from lms.learning.models import Module
from lms.learning.services import create_home_pages, write_journey, write_module
from lms.learning.types import (
    HourWords,
    JourneyFacts,
    JourneyWords,
    ModuleFacts,
    ModuleWords,
    PartWords,
    StepWords,
)
from question_bank import api as bank

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 120"><rect class="d-wash" x="10" y="10" width="150"'
    ' height="60" rx="10"/><text class="t-mid t-bold" x="85" y="46">Vous</text><path id="way" class="s-ink"'
    ' d="M170 40h60"/><text x="240" y="46">Le patient</text></svg>'
)
SOURCES = [
    {"authority": "ANS", "title": f"Page {n}", "url": f"https://esante.gouv.fr/{n}", "checked_at": "2026-11-21"}
    for n in (1, 2)
]
KEYS = ("la-situation", "comprendre", "faire", "decider")


def items(count: int = 4, locale: str = "en") -> list[str]:
    """Return the keys of published single choices worded in `locale`."""
    entries = bank.release(bank.current_release_id()).entries
    found = [entry.key for entry in entries if entry.interaction == "single_choice" and locale in entry.locales]
    assert len(found) >= count
    return found[:count]


def facts(**changes: Any) -> ModuleFacts:
    """Return what the module says in every language."""
    values: dict[str, Any] = {
        "competencies": ["D1.C1"], "level": "entry", "audiences": ["student", "professional"], "minutes": 16,
        "review_by": date(2027, 11, 21), "sources": SOURCES,
    }  # fmt: skip
    return ModuleFacts(**{**values, **changes})


def words(keys: Sequence[str], title: str = "Vérifier une identité", **changes: Any) -> ModuleWords:
    """Return the module in one language: four steps, an item in each."""
    values: dict[str, Any] = {
        "title": title,
        "summary": "Reconnaître la bonne personne, même à distance.",
        "objectives": ["Nommer les traits d’identité", "Choisir un document", "Dire ce que l’on fait ensuite"],
        "steps": [
            StepWords(key=key, title=f"{title} {n}", minutes=4, blocks=_blocks(n, keys)) for n, key in enumerate(KEYS)
        ],
        "sheet": [{"type": "key_points", "value": ["Demander", "Vérifier"]}],
    }
    return ModuleWords(**{**values, **changes})


def _blocks(number: int, keys: Sequence[str]) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = [{"type": "text", "value": "<p>Un <strong>texte</strong> court.</p>"}]
    if number == 0:
        shown = [
            {"type": "situation", "value": {"who": "Nadia, infirmière", "text": "<p>On l’appelle.</p>"}},
            {
                "type": "figure",
                "value": {"drawing": DRAWING, "image": None, "alt": "Vous et le patient", "caption": ""},
            },
        ]
    return [*shown, {"type": "item", "value": keys[number]}] if number < len(keys) else shown


def make(key: str = "verifier-identite", *, english: bool = True, publish: bool = True, **changes: Any) -> Module:
    """Write the module, published unless told otherwise; `bank` must be loaded."""
    create_home_pages()
    keys = items()
    said = {"fr": words(keys)} | ({"en": words(keys, "Checking an identity")} if english else {})
    return write_module(key=key, shared=facts(**changes), words=said, publish=publish, digest="d" * 64)


def make_journey(modules: Sequence[str], key: str = "socle-etudiants") -> Any:
    """Write a journey of one part."""
    hours = (HourWords(1, "Les traits d’identité", list(modules)), HourWords(2, "Un cas en groupe", (), in_class=True))
    part = PartWords("donnees", "Données de santé", list(modules), 2, "<p>Une mise en situation.</p>", hours)
    said = JourneyWords("Le socle des étudiants", "Tout le socle.", [part], "<p>Vingt-huit heures.</p>")
    return write_journey(key=key, shared=JourneyFacts("student"), words={"fr": said})
