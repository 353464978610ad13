"""Every interaction: what is shown, how an answer is read, judged and told."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from question_bank.errors import InvalidAnswer
from question_bank.interactions import DONT_KNOW, Answer, OptionMask, check, explain, parse_form, parse_json, present
from tests.question_bank.answers import form, payload
from tests.question_bank.samples import KINDS, MASK, VERSION, content, english, item

OTHER = OptionMask(b"the secret of another attempt")
every_kind = pytest.mark.parametrize("kind", KINDS)


def strings(value: Any) -> list[str]:
    """Every text inside a structure, names of fields included."""
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in strings(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


@every_kind
def test_a_right_answer_is_right_however_it_comes(kind: str) -> None:
    asked = content(kind)
    by_api, by_form = (
        parse_json(asked, payload(asked, MASK, True), MASK),
        parse_form(asked, form(asked, MASK, True), MASK),
    )
    assert by_api == by_form
    assert check(asked, by_api).is_correct
    assert check(asked, by_api).score == asked.top_score


@every_kind
def test_a_wrong_answer_is_wrong_however_it_comes(kind: str) -> None:
    asked = content(kind)
    by_api, by_form = (
        parse_json(asked, payload(asked, MASK, False), MASK),
        parse_form(asked, form(asked, MASK, False), MASK),
    )
    assert by_api == by_form
    assert not check(asked, by_api).is_correct
    assert check(asked, by_api).score == 0


@every_kind
def test_not_knowing_is_an_answer(kind: str) -> None:
    asked = content(kind)
    assert parse_json(asked, {"kind": "unknown"}, MASK) == parse_form(asked, {"unknown": "1"}, MASK) == DONT_KNOW
    assert not check(asked, DONT_KNOW).is_correct
    told = explain(asked, DONT_KNOW, "fr")
    assert told["is_unknown"]
    assert told["given"] == []
    assert told["expected"]
    assert told["rationale"] == ""


@every_kind
def test_what_is_shown_never_tells_the_answer(kind: str) -> None:
    shown = strings(present(content(kind), "fr", MASK))
    assert not {"correct", "rationale", "answer", "accept", "mistakes", "score", "feedback", "key"} & set(shown)
    assert not [text for text in shown if "Raison" in text or "Un jour ne suffit" in text or "téléservice" in text]
    real = {"a", "b", "c", "d", "h", "p1", "p2", "p3", "c1", "c2", "c3", "c4", "b1", "b2", "x", "y", "z"}
    assert not real & set(shown)


@every_kind
def test_what_is_shown_is_json_and_names_its_language(kind: str) -> None:
    data = english(item(kind))
    asked = content(kind, en=data["en"])
    assert json.loads(json.dumps(present(asked, "en", MASK)))["language"] == "en"
    assert present(asked, "en-gb", MASK)["title"] == "A report"
    assert present(content(kind), "en", MASK)["language"] == "fr"


@every_kind
def test_options_are_those_of_the_attempt(kind: str) -> None:
    asked = content(kind)
    assert present(asked, "fr", MASK) == present(asked, "fr", OptionMask(b"the secret of one attempt"))
    if kind != "text":  # nothing in it has an id
        assert present(asked, "fr", MASK) != present(asked, "fr", OTHER)
        with pytest.raises(InvalidAnswer):
            parse_json(asked, payload(asked, OTHER, True), MASK)
        with pytest.raises(InvalidAnswer):
            parse_form(asked, form(asked, OTHER, True), MASK)


@every_kind
def test_an_answer_is_kept_as_json_and_comes_back(kind: str) -> None:
    asked = content(kind)
    for answer in (parse_json(asked, payload(asked, MASK, False), MASK), DONT_KNOW):
        assert Answer.from_json(json.loads(json.dumps(answer.to_json()))) == answer


@every_kind
def test_an_explanation_says_what_was_given_what_was_right_and_why(kind: str) -> None:
    asked = content(kind)
    told = explain(asked, parse_json(asked, payload(asked, MASK, False), MASK), "fr")
    assert told["given"] != told["expected"]
    assert told["rationale"]
    assert any(row["is_key"] for row in told["rows"])
    assert told["source"]["url"].startswith("https://")
    assert told["source"]["checked_at"] == date(2026, 11, 21)
    assert told["feedback"] == ["Le secret s’impose\u00a0: demandez l’accord du patient."]
    assert told["review_by"].year == 2027
    assert explain(asked, parse_json(asked, payload(asked, MASK, True), MASK), "fr")["is_correct"]


def test_the_rationale_is_that_of_the_choice_made() -> None:
    told = explain(content(), Answer("choice", "a"), "fr")
    assert told["rationale"] == "Raison de a."
    assert [(row["is_key"], row["is_given"]) for row in told["rows"]] == [(False, True), (True, False), (False, False)]


def test_a_number_is_told_with_its_unit_and_the_mistake_made() -> None:
    told = explain(content("number"), Answer("number", "24,0", "h"), "fr")
    assert told["given"] == ["24\u00a0heures"]
    assert told["expected"] == ["72\u00a0heures"]
    assert told["rationale"] == "Un jour ne suffit pas."


def test_an_equivalent_is_right_and_its_like_is_not() -> None:
    asked = content("number")
    assert check(asked, Answer("number", "3", "d")).is_correct
    assert not check(asked, Answer("number", "3", "h")).is_correct


def test_a_tolerance_is_of_the_same_unit() -> None:
    asked = content("number", answer={"value": 1.5, "unit": "h", "tolerance": 0.1})
    assert [check(asked, Answer("number", n, "h")).is_correct for n in ("1,4", "1.6", "1,39", "1,61")] == [
        True,
        True,
        False,
        False,
    ]
    assert not check(asked, Answer("number", "1,5", "d")).is_correct


def test_the_text_of_a_cloze_comes_in_segments_with_labelled_menus() -> None:
    segments = present(content("inline_choice"), "fr", MASK)["segments"]
    assert [segment.get("text") for segment in segments] == ["Le matricule est ", None, ". Il vient de ", None, "."]
    assert [segment["label"] for segment in segments if "blank" in segment] == ["Choix 1", "Choix 2"]
    assert len({choice["id"] for segment in segments for choice in segment.get("choices", ())}) == 5


def test_the_paragraphs_of_context_and_artefact() -> None:
    shown = present(content(), "fr", MASK)
    assert shown["context"] == ["La fille de M. Benali vous écrit.", "Elle est pressée."]
    assert shown["artefact"]["body"][0] == "Bonjour,"


def test_opaque_ids_are_long_safe_and_tell_nothing_of_the_order() -> None:
    drawn = [present(content(), "fr", OptionMask(bytes([n]) * 16))["choices"] for n in range(60)]
    assert all(re.fullmatch(r"[\w-]{16}", choice["id"]) for choices in drawn for choice in choices)
    assert len({tuple(choice["text"] for choice in choices) for choices in drawn}) == 6  # every order of three
    by_id = {tuple(c["text"] for c in sorted(choices, key=lambda c: c["id"])) for choices in drawn}
    assert len(by_id) == 6
    assert MASK.reveal(VERSION, MASK.hide(VERSION, "b"), ["a", "b"]) == "b"
    assert MASK.reveal(VERSION, "b", ["a", "b"]) is None


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        OptionMask(b"short")


REFUSED: list[tuple[str, Any, str]] = [
    ("single_choice", None, "answer"),
    ("single_choice", [], "answer"),
    ("single_choice", {}, "kind"),
    ("single_choice", {"kind": ["choice"]}, "kind"),
    ("single_choice", {"kind": "choices", "value": []}, "kind"),
    ("single_choice", {"kind": "choice"}, "value"),
    ("single_choice", {"kind": "choice", "value": "b"}, "value"),
    ("single_choice", {"kind": "choice", "value": ["b"]}, "value"),
    ("multiple_choice", {"kind": "choices", "value": []}, "value"),
    ("multiple_choice", {"kind": "choices", "value": "abc"}, "value"),
    ("multiple_choice", {"kind": "choices", "value": [MASK.hide(VERSION, "a")] * 2}, "value"),
    ("multiple_choice", {"kind": "choices", "value": ["x"] * 10_000}, "value"),
    ("number", {"kind": "number", "value": {"value": "72"}}, "unit"),
    ("number", {"kind": "number", "value": True, "unit": "h"}, "value"),
    ("number", {"kind": "number", "value": float("nan"), "unit": "h"}, "value"),
    ("number", {"kind": "number", "value": 10**5000, "unit": "h"}, "value"),
    ("number", {"kind": "number", "value": {"value": "72 h"}}, "value"),
    ("text", {"kind": "text", "value": "a\x00b"}, "value"),
    ("text", {"kind": "text", "value": "\ud800"}, "value"),
    ("text", {"kind": "text", "value": "x" * 501}, "value"),
    ("text", {"kind": "text", "value": " \n"}, "value"),
    ("text", {"kind": "text", "value": 12}, "value"),
    ("order", {"kind": "order", "value": [MASK.hide(VERSION, "a")]}, "value"),
    ("match", {"kind": "pairs", "value": {}}, "value"),
    ("match", {"kind": "pairs", "value": {str(n): "x" for n in range(50)}}, "value"),
    ("inline_choice", {"kind": "blanks", "value": {"b1": "x"}}, "value"),
    ("inline_choice", {"kind": "blanks", "value": []}, "value"),
]


@pytest.mark.parametrize(("kind", "sent", "field"), REFUSED)
def test_an_answer_of_the_wrong_shape_names_its_field(kind: str, sent: Any, field: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        parse_json(content(kind), sent, MASK)
    assert refusal.value.field == field
    assert refusal.value.sentence.endswith((".", "?"))
    assert refusal.value.status == 422


def test_a_number_may_come_flat() -> None:
    sent = {"kind": "number", "value": 72, "unit": MASK.hide(VERSION, "unit:h")}
    assert check(content("number"), parse_json(content("number"), sent, MASK)).is_correct


def test_a_form_names_the_field_beside_which_to_say_it() -> None:
    asked = content("order")
    a, b, c = (f"order-{MASK.hide(VERSION, i)}" for i in "abc")
    for sent, field in (
        ({}, a),
        ({a: "1", b: "1", c: "2"}, b),
        ({a: "1", b: "9", c: "2"}, b),
        ({a: "²", b: "1", c: "2"}, a),
    ):
        with pytest.raises(InvalidAnswer) as refusal:
            parse_form(asked, sent, MASK)
        assert refusal.value.field == field


def test_a_real_form_with_several_values() -> None:
    asked = content("multiple_choice")
    ticked = QueryDict(mutable=True)
    ticked.setlist("choices", [MASK.hide(VERSION, "c"), MASK.hide(VERSION, "a")])
    assert parse_form(asked, ticked, MASK) == Answer("choices", ("a", "c"))


@pytest.mark.parametrize("written", ["🙂 \u202equalifiée\u202c", "x" * 500, "قطرة", "<script>"])
def test_strange_texts_are_kept_as_they_are(written: str) -> None:
    answer = parse_json(content("text"), {"kind": "text", "value": written}, MASK)
    assert answer.value == written
    assert explain(content("text"), answer, "fr")["given"] == [written]


def test_an_answer_has_no_other_member() -> None:
    asked = content("single_choice")
    given = {**payload(asked, MASK, True), "choice": "a"}
    with pytest.raises(InvalidAnswer) as refused:
        parse_json(asked, given, MASK)
    assert refused.value.field == "choice"
