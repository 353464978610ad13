"""What the gates say is said in French on screen: every sentence of the rules has its line."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from question_bank import shapes
from question_bank.authoring import sentences
from question_bank.itemfiles.references import APP

SPOKEN = (
    *(APP / "itemfiles" / f"{name}.py" for name in ("rules", "prose", "plainness", "artefacts")),
    *(APP / "interactions" / f"{name}.py" for name in (
        "single_choice", "number", "order", "match", "inline_choice", "choosing", "graded_choice", "categorize",
    )),
)  # fmt: skip
OF_FILES = ("the key is", "the competency is")  # about a file's name: cannot happen to a form


def spoken(path: Path) -> Iterator[str]:
    """Yield the sentences of a module, `{}` for what varies: those it yields after a place, and those it says."""
    for node in ast.walk(ast.parse(path.read_text())):
        value: ast.expr | None = None
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
            value = node.value.elts[1]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
            value = node.args[1]
        if (text := template(value)) and not text.startswith(OF_FILES):
            yield text


def template(value: ast.expr | None) -> str:
    if isinstance(value, ast.Constant):
        return str(value.value)
    if isinstance(value, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in value.values)
    return ""


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: path.stem)
def test_every_sentence_has_its_french(path: Path) -> None:
    with translation.override("fr"):
        untold = [text for text in spoken(path) if sentences.in_words(text) == text]
    assert [text for text in untold if text.replace("x", "").strip(" ;:“”")] == []


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        (shapes.text(5), ""),
        (shapes.text(5), ["a"]),
        (shapes.text(5), "trop long"),
        (shapes.text(50), "deux\nlignes"),
        (shapes.identifier, "é"),
        (shapes.web_address, "ici"),
        (shapes.one_of("email", "sms"), "emial"),
        (shapes.one_of("email", "sms"), "z"),
        (shapes.whole(1, 4), "9"),
        (shapes.number, "a"),
        (shapes.day, "hier"),
        (shapes.listing(shapes.number), "3"),
        (shapes.listing(shapes.number, 2), ["3"]),
        (shapes.listing(shapes.number, unique=True), ["3", "3"]),
        (shapes.mapping(shapes.number, 1, 2), {}),
        (shapes.fields({"a": shapes.number}), "a"),
        (shapes.fields({"a": shapes.number}), {}),
        (shapes.fields({"abcd": shapes.number}), {"abcd": "1", "abce": "2"}),
        (shapes.fields({"abcd": shapes.number}), {"abcd": "1", "z": "2"}),
    ],
)
def test_every_shape_has_its_french(shape: shapes.Shape, value: Any) -> None:
    said: list[str] = []
    shape(value, ("fr", "title"), lambda _keys, sentence: said.append(sentence))
    with translation.override("fr"):
        assert said
        assert not [sentence for sentence in said if sentences.in_words(sentence) == sentence]


def test_what_varies_is_kept_and_french_is_well_spaced() -> None:
    with translation.override("fr"):
        told = sentences.in_words("“fr.title” has 80 characters; 1 to 60 are expected")
    assert told == "80 caractères\u00a0; de 1 à 60 sont attendus"


def test_english_reads_the_rules_as_they_are() -> None:
    with translation.override("en"):
        assert sentences.in_words("“fr” has no “title”") == "“fr” has no “title”"


def test_a_sentence_that_is_not_known_is_shown() -> None:
    with translation.override("fr"):
        assert sentences.in_words("something new") == "something new"
