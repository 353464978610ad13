"""One sound item of each interaction, to break one thing at a time; and the folder of a bank to load."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from question_bank.interactions import ItemContent, OptionMask, build_content
from question_bank.itemfiles.writer import item_text
from question_bank.services.versions import content_of

VERSION = UUID("0192d3a0-0000-7000-8000-000000000001")
MASK = OptionMask(b"the secret of one attempt")
NB = "\u00a0"


def _choices(*ids: str) -> list[dict[str, str]]:
    return [{"id": i, "text": f"Le choix {i} du texte.", "rationale": f"Raison de {i}."} for i in ids]


ANSWERS: dict[str, dict[str, Any]] = {
    "single_choice": {"correct": "b"},
    "multiple_choice": {"correct": ["a", "c"]},
    "number": {"value": 72, "unit": "h", "tolerance": 0, "equivalents": [{"value": 3, "unit": "d"}]},
    "text": {"checker": "text", "accept": ["qualifiée", "identité qualifiée"]},
    "order": {"order": ["c", "a", "b"]},
    "match": {"pairs": {"p1": "c2", "p2": "c1", "p3": "c3"}},
    "inline_choice": {"blanks": {"b1": "x", "b2": "y"}},
    "fill_in": {
        "blanks": {
            "b1": {"checker": "text", "accept": ["INS", "identité nationale de santé"]},
            "b2": {"checker": "code", "accept": ["RPPS"]},
            "b3": {"checker": "text", "accept": ["72"]},
        }
    },
    "hotspot": {"correct": "b"},
    "categorize": {"pairs": {"p1": "c1", "p2": "c2", "p3": "c1", "p4": "c2"}},
    "graded_choice": {"points": {"a": 0, "b": 2, "c": 1}},
}
WORDINGS: dict[str, dict[str, Any]] = {
    "single_choice": {"choices": _choices("a", "b", "c")},
    "multiple_choice": {"choices": _choices("a", "b", "c", "d")},
    "number": {
        "units": [{"id": "h", "text": "heures"}, {"id": "d", "text": "jours"}],
        "mistakes": [{"value": 24, "unit": "h", "rationale": "Un jour ne suffit pas."}],
    },
    "text": {"hint": "En un mot", "mistakes": [{"text": "validée", "rationale": "Il manque le téléservice."}]},
    "order": {"choices": _choices("a", "b", "c")},
    "match": {
        "prompts": _choices("p1", "p2", "p3"),
        "choices": [{"id": i, "text": f"La cible {i}."} for i in ("c1", "c2", "c3", "c4")],
    },
    "inline_choice": {
        "text": "Le matricule est {b1}. Il vient de {b2}.",
        "blanks": [{"id": "b1", "choices": _choices("x", "y")}, {"id": "b2", "choices": _choices("x", "y", "z")}],
    },
    "fill_in": {
        "text": "L’identité est {b1}. Le soignant a un numéro {b2}. Le délai est de {b3} heures.",
        "blanks": [
            {
                "id": "b1",
                "label": "L’identité",
                "rationale": "Raison de b1.",
                "mistakes": [{"text": "NIR", "rationale": "Raison du NIR."}],
            },
            {"id": "b2", "label": "Le numéro", "rationale": "Raison de b2."},
            {"id": "b3", "label": "Le délai", "rationale": "Raison de b3."},
        ],
    },
    "hotspot": {
        "picture": {
            "kind": "email",
            "alt": "Courriel d’un inconnu",
            "from": "Assurance",
            "address": "aide@assurance.example",
            "to": "Vous",
            "subject": "Votre compte",
            "date": "2 mars 2026",
            "body": "Bonjour,\n\nVotre compte va fermer.",
            "zones": {"a": "subject", "b": "address", "c": "body-2"},
        },
        "choices": _choices("a", "b", "c"),
    },
    "categorize": {
        "prompts": _choices("p1", "p2", "p3", "p4"),
        "choices": [{"id": i, "text": f"La case {i}."} for i in ("c1", "c2")],
    },
    "graded_choice": {"choices": _choices("a", "b", "c")},
}
SCHEME: dict[str, Any] = {
    "kind": "scheme",
    "alt": "Un poste, un serveur et ce qui les relie",
    "width": 320,
    "height": 200,
    "shapes": [
        {"shape": "rect", "x": 10, "y": 10, "width": 100, "height": 60, "label": "Le poste", "zone": "a"},
        {"shape": "circle", "x": 240, "y": 60, "radius": 50, "label": "Le serveur", "zone": "b"},
        {"shape": "line", "x": 110, "y": 40, "to_x": 190, "to_y": 60},
        {"shape": "rect", "x": 10, "y": 120, "width": 140, "height": 60, "label": "Le coffre", "zone": "c"},
        {"shape": "text", "x": 170, "y": 160, "text": "Un service"},
    ],
}
KINDS = tuple(ANSWERS)
ARTEFACT = {
    "kind": "email",
    "alt": "Courriel d’une patiente",
    "from": "Lina Benali",
    "address": "lina@courriel.example",
    "to": "Vous",
    "subject": "Compte rendu",
    "date": "2 mars 2026",
    "body": "Bonjour,\n\nPouvez-vous m’envoyer le compte rendu de mon père ?".replace(" ?", f"{NB}?"),
}


def item(kind: str = "single_choice", key: str = "courriel-fille-benali", **changes: Any) -> dict[str, Any]:
    """Return a sound item, as its file says it; `changes` replace top-level fields."""
    wording = {
        "title": "Un compte rendu",
        "context": "La fille de M. Benali vous écrit.\n\nElle est pressée.",
        "artefact": deepcopy(ARTEFACT),
        "question": f"Lesquels de ces gestes faites-vous d’abord{NB}?",
        **deepcopy(WORDINGS[kind]),
        "feedback": f"Le secret s’impose{NB}: demandez l’accord du patient.",
    }
    sound = {
        "key": key,
        "competency": "D3.C1",
        "capacity": "D3.C1.K2",
        "audiences": ["student", "professional"],
        "professions": [],
        "difficulty": 2,
        "status": "published",
        "interaction": kind,
        "enemies": [],
        "source": {
            "authority": "Code de la santé publique, article L. 1110-4",
            "url": "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000043895798",
            "checked_at": "2026-11-21",
            "facts": ["secret-02"],
            "read": "Le texte en vigueur.",
        },
        "valid_from": "2016-01-28",
        "review_by": "2027-11-21",
        "answer": deepcopy(ANSWERS[kind]),
        "fr": wording,
    }
    return {**sound, **changes}


def english(data: dict[str, Any]) -> dict[str, Any]:
    """Return the item with an English wording beside the French one."""
    wording = deepcopy(data["fr"]) | {"title": "A report", "question": "Which of these do you do first?"}
    wording |= {"feedback": "Ask the patient first.", "context": "His daughter writes to you."}
    wording["artefact"]["body"] = "Could you send me the report?"
    return {**data, "en": wording}


def content(kind: str = "single_choice", **changes: Any) -> ItemContent:
    """Return a sound item ready to be asked."""
    data = item(kind, **changes)
    return build_content(
        version_uuid=VERSION,
        key=data["key"],
        data=content_of(data),
        valid_from=date(2016, 1, 28),
        review_by=date(2027, 11, 21),
    )


def write(folder: Path, *items: dict[str, Any]) -> Path:
    """Write items to their files under `folder`, and return it."""
    for data in items:
        place = folder / data["competency"] / f"{data['key']}.yaml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(item_text(data), encoding="utf-8")
    return folder
