"""What a module owes its reader before it is published: each promise, broken alone, is said in a sentence."""

from collections.abc import Callable
from typing import Any

import pytest

from lms.learning.promises import broken_promises, has_words

FIGURE = {"figure": {"drawing": "<svg/>", "alt": "Un schéma"}}


def module() -> dict[str, Any]:
    sources = [{"url": f"https://a.example/{n}", "checked_at": "2026-11-21"} for n in (1, 2)]
    return {"competencies": ["D1.C1"], "minutes": 16, "review_by": "2027-11-21", "sources": sources}


def words() -> dict[str, Any]:
    steps = [{"key": f"etape-{n}", "minutes": 4, "blocks": [{"item": f"item-{n}"}]} for n in range(4)]
    steps[0]["blocks"] = [{"situation": {"who": "Nadia"}}, FIGURE, {"item": "item-0"}]
    return {
        "title": "Un titre", "summary": "Un résumé.", "objectives": ["Dire", "Faire", "Choisir"], "steps": steps,
        "sheet": [{"key_points": ["Un point"]}],
    }  # fmt: skip


def put(path: str, value: Any) -> Callable[[dict[str, Any], dict[str, Any]], None]:
    """Change one thing: `shared.…` of the module, else of its words."""

    def change(shared: dict[str, Any], said: dict[str, Any]) -> None:
        *keys, last = path.removeprefix("shared.").split(".")
        found: Any = shared if path.startswith("shared.") else said
        for key in keys:
            found = found[int(key)] if isinstance(found, list) else found[key]
        found[last] = value

    return change


def sentences(change: Callable[[dict[str, Any], dict[str, Any]], None] | None = None) -> list[str]:
    shared, said = module(), words()
    if change:
        change(shared, said)
    return [str(broken.sentence) for broken in broken_promises(shared, said)]


@pytest.mark.parametrize(("left", "said"), [(0, "aucune situation"), (1, "que 1 situation à"), (2, "que 2 situations")])
def test_what_is_missing_is_counted_in_french(left: int, said: str) -> None:
    def only(shared: dict[str, Any], told: dict[str, Any]) -> None:
        for place, step in enumerate(told["steps"]):
            step["blocks"] = [one for one in step["blocks"] if "item" not in one or place < left]

    (found,) = [sentence for sentence in sentences(only) if "situation" in sentence and "quatre" in sentence]
    assert said in found and "0" not in found


def test_a_module_that_keeps_them_all_is_told_nothing() -> None:
    assert sentences() == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (put("title", ""), "un titre"),
        (put("summary", ""), "un résumé"),
        (put("objectives", ["Dire", "Faire"]), "trois à cinq objectifs"),
        (put("shared.competencies", []), "compétence principale"),
        (put("steps.3.key", "etape-1"), "Deux étapes ont la clé «\u00a0etape-1\u00a0»"),
        (put("steps.1.key", "bilan"), "déjà une adresse"),
        (put("steps.1.blocks", []), "étape 2 est vide"),
        (put("steps.1.minutes", 9), "font 21 minutes, et le module en annonce 16"),
        (put("shared.minutes", 40), "de 12 à 25 minutes"),
        (put("steps.0.blocks", [FIGURE, {"item": "item-0"}]), "Il manque une situation"),
        (put("steps.3.blocks", [{"text": "<p>x</p>"}]), "que 3 situations à décider"),
        (put("steps.0.blocks", [{"situation": {}}, {"item": "item-0"}]), "Il manque une figure"),
        (put("sheet", []), "la fiche d’une page"),
        (put("sheet", [{"figure": {"drawing": "<svg/>", "alt": "  "}}]), "Une figure n’a pas son texte"),
        (put("sheet", [{"figure": {"drawing": "<svg/>"}}]), "Une figure n’a pas son texte"),
        (put("shared.sources", []), "deux sources"),
        (put("shared.sources.1.url", "https://a.example/1"), "deux sources"),
        (put("shared.sources.0.checked_at", ""), "la date à laquelle elle a été lue"),
        (put("shared.review_by", None), "la date à laquelle relire"),
    ],
)
def test_each_one_broken_is_said(change: Callable[[dict[str, Any], dict[str, Any]], None], sentence: str) -> None:
    assert any(sentence in said for said in sentences(change))


@pytest.mark.parametrize("kind", ["video", "audio"])
@pytest.mark.parametrize("transcript", [None, "", "<p></p>", "<p>&nbsp;</p>", "<p> <br/> </p>"])
def test_nothing_that_is_heard_goes_without_its_transcript(kind: str, transcript: str | None) -> None:
    def change(shared: dict[str, Any], said: dict[str, Any]) -> None:
        said["steps"][1]["blocks"].append({kind: {"title": "Une visite", "transcript": transcript}})

    assert any("«\u00a0Une visite\u00a0» n’a pas sa transcription" in told for told in sentences(change))


def test_a_simulation_does_instead_of_four_items() -> None:
    def change(shared: dict[str, Any], said: dict[str, Any]) -> None:
        for step in said["steps"][1:]:
            step["blocks"] = [{"text": "<p>x</p>"}]
        said["steps"][0]["blocks"][-1] = {"simulation": "boite"}

    assert sentences(change) == []


def test_an_empty_mapping_breaks_nothing_but_promises() -> None:
    assert len(broken_promises({}, {})) > 8


@pytest.mark.parametrize(("html", "is_said"), [("<p>mot</p>", True), ("", False), ("<img alt='mot'>", False)])
def test_words_are_what_can_be_read(html: str, is_said: bool) -> None:
    assert has_words(html) is is_said
