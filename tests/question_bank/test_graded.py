"""Partial credit: what each graded interaction is worth, how it is told, and the thresholds an item starts with."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank import api
from question_bank.errors import InvalidAnswer
from question_bank.interactions import Answer, check, explain, parse_form, parse_json, present
from question_bank.models import ItemCalibration
from question_bank.services.versions import prior
from tests.question_bank.answers import payload
from tests.question_bank.samples import KINDS, MASK, SCHEME, VERSION, content, item, write

GRADED = {"fill_in": 3, "categorize": 2, "graded_choice": 2}


def hide(real: str) -> str:
    """The id that stands for a real one in this attempt."""
    return MASK.hide(VERSION, real)


def blanks(**written: str) -> dict[str, Any]:
    """An answer to the sample of `fill_in`."""
    return {"kind": "blanks", "value": {hide(f"blank:{name}"): word for name, word in written.items()}}


def cards(count: int, misplaced: int) -> tuple[Any, Answer]:
    """An item of `count` cards in two categories, and an answer with some in the wrong one."""
    right = {f"p{n}": f"c{n % 2}" for n in range(count)}
    prompts = [{"id": card, "text": f"La carte {card}.", "rationale": "Raison."} for card in right]
    given = {card: ("c0" if place == "c1" else "c1") if n < misplaced else place
             for n, (card, place) in enumerate(right.items())}  # fmt: skip
    choices = [{"id": "c0", "text": "Ici"}, {"id": "c1", "text": "Là"}]
    data = item("categorize", answer={"pairs": right})
    asked = content("categorize", answer={"pairs": right}, fr={**data["fr"], "prompts": prompts, "choices": choices})
    return asked, Answer("pairs", tuple(given.items()))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "simulation"])
def test_only_the_graded_ones_are_graded(kind: str) -> None:
    assert content(kind).top_score == GRADED.get(kind, 1)


@pytest.mark.parametrize(
    ("written", "score"),
    [
        ({"b1": "ins", "b2": "rpps", "b3": "72"}, 3),
        ({"b1": "Identité nationale de santé", "b2": "ADELI", "b3": "72"}, 2),
        ({"b3": "72"}, 1),
        ({"b1": "", "b2": "  ", "b3": "24"}, 0),
    ],
)
def test_each_blank_that_is_right_is_a_point(written: dict[str, str], score: int) -> None:
    asked = content("fill_in")
    outcome = check(asked, parse_json(asked, blanks(**written), MASK))
    assert (outcome.score, outcome.is_correct) == (score, score == 3)


def test_a_blank_may_be_left_empty_and_not_all_of_them() -> None:
    asked = content("fill_in")
    by_form = parse_form(asked, {f"blank-{hide('blank:b2')}": " rpps "}, MASK)
    assert by_form == Answer("blanks", (("b2", "rpps"),))
    with pytest.raises(InvalidAnswer) as refusal:
        parse_form(asked, {f"blank-{hide('blank:b1')}": " "}, MASK)
    assert refusal.value.field == f"blank-{hide('blank:b1')}"
    with pytest.raises(InvalidAnswer) as refusal:
        parse_json(asked, {"kind": "blanks", "value": {"nowhere": "INS"}}, MASK)
    assert refusal.value.field == "value"


@pytest.mark.parametrize(
    ("count", "misplaced", "score"),
    [(4, 0, 2), (4, 1, 1), (4, 2, 0), (5, 1, 1), (5, 2, 0), (7, 1, 1), (7, 2, 0), (8, 2, 1), (8, 3, 0)],
)
def test_one_card_in_four_may_be_misplaced(count: int, misplaced: int, score: int) -> None:
    asked, answer = cards(count, misplaced)
    assert check(asked, answer).score == score


@pytest.mark.parametrize("count", range(4, 9))
def test_every_score_of_a_sorting_can_be_reached(count: int) -> None:
    assert {check(*cards(count, misplaced)).score for misplaced in range(count + 1)} == {0, 1, 2}


@pytest.mark.parametrize(("choice", "score"), [("a", 0), ("b", 2), ("c", 1)])
def test_each_choice_has_its_points(choice: str, score: int) -> None:
    asked = content("graded_choice")
    told = explain(asked, Answer("choice", choice), "fr")
    assert (told["score"], told["top_score"], told["is_correct"]) == (score, 2, score == 2)
    assert told["rationale"] == f"Raison de {choice}."
    assert [row["is_key"] for row in told["rows"]] == [False, True, False]


def test_the_explanation_of_blanks_says_what_was_expected_beside_what_was_written() -> None:
    asked = content("fill_in")
    told = explain(asked, parse_json(asked, blanks(b1="nir", b2="RPPS"), MASK), "fr")
    assert (told["score"], told["top_score"], told["is_correct"]) == (1, 3, False)
    rows = [(row["label"], row["text"], row["is_key"], row["is_given"]) for row in told["rows"]]
    assert rows == [
        ("L’identité", "INS", True, False),
        ("L’identité", "nir", False, True),
        ("Le numéro", "RPPS", True, True),
        ("Le délai", "72", True, False),
    ]
    assert told["rationale"] == "Raison du NIR."
    assert told["given"] == ["L’identité → nir", "Le numéro → RPPS"]


@pytest.mark.parametrize("kind", ["match", "inline_choice", "categorize", "fill_in"])
def test_pairs_that_come_back_in_another_order_are_judged_and_told_the_same(kind: str) -> None:
    """PostgreSQL orders the keys of what it stores in its own way."""
    asked = content(kind)
    answer = parse_json(asked, payload(asked, MASK, True), MASK)
    stored = answer.to_json()
    back = Answer.from_json({**stored, "value": dict(reversed(stored["value"].items()))})
    assert check(asked, back) == check(asked, answer)
    assert explain(asked, back, "fr") == explain(asked, answer, "fr")


# What is shown of a hotspot


def zones(shown: dict[str, Any]) -> list[str]:
    """The opaque ids that a picture shows."""
    parts = shown["picture"].get("parts") or shown["picture"]["shapes"]
    return [part["zone"] for part in parts if part["zone"]]


def test_the_zones_of_a_document_are_its_choices_in_the_order_of_the_author() -> None:
    shown = present(content("hotspot"), "fr", MASK)
    assert [choice["id"] for choice in shown["choices"]] == [hide(place) for place in "abc"]
    assert sorted(zones(shown)) == sorted(hide(place) for place in "abc")
    by_part = {part["part"]: (part["zone"], part["number"], part["text"]) for part in shown["picture"]["parts"]}
    assert by_part["address"] == (hide("b"), 2, "Assurance <aide@assurance.example>")
    assert by_part["body-1"] == ("", 0, "Bonjour,")


def test_the_zones_of_a_scheme_too() -> None:
    data = item("hotspot")
    shown = present(content("hotspot", fr={**data["fr"], "picture": SCHEME}), "fr", MASK)
    assert zones(shown) == [hide(place) for place in "abc"]
    circle = shown["picture"]["shapes"][1]
    assert (circle["x"], circle["y"], circle["width"], circle["height"]) == (190, 10, 100, 100)


# Any answer


def answers(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Answers of the right shape to the sample of a kind."""
    shown = present(content(kind), "fr", MASK)
    ids = [choice["id"] for choice in shown["choices"]]
    if kind == "fill_in":
        words = st.sampled_from(["INS", "rpps", "72", "72 h", "NIR"]) | st.text(
            st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=500
        ).filter(lambda word: bool(word.strip()))
        holes = [segment["blank"] for segment in shown["segments"] if "blank" in segment]
        return st.dictionaries(st.sampled_from(holes), words, min_size=1).map(lambda v: {"kind": "blanks", "value": v})
    if kind == "categorize":
        places = st.fixed_dictionaries({card["id"]: st.sampled_from(ids) for card in shown["prompts"]})
        return places.map(lambda value: {"kind": "pairs", "value": value})
    return st.sampled_from(ids).map(lambda value: {"kind": "choice", "value": value})


@settings(deadline=None, max_examples=200)
@given(st.sampled_from([*GRADED, "hotspot"]).flatmap(lambda kind: st.tuples(st.just(kind), answers(kind))))
def test_any_answer_of_the_right_shape_has_a_score_and_comes_back(drawn: tuple[str, dict[str, Any]]) -> None:
    kind, sent = drawn
    asked = content(kind)
    answer = parse_json(asked, sent, MASK)
    outcome = check(asked, answer)
    assert 0 <= outcome.score <= asked.top_score
    assert outcome.is_correct == (outcome.score == asked.top_score)
    assert check(asked, Answer.from_json(answer.to_json())) == outcome
    assert explain(asked, answer, "fr")["score"] == outcome.score


# The thresholds an item starts with


@pytest.mark.parametrize(
    ("kind", "difficulty", "thresholds"),
    [
        ("fill_in", 2, [-1.3, -0.5, 0.3]),
        ("graded_choice", 4, [1.1, 1.9]),
        ("categorize", 1, [-1.9, -1.1]),
        ("hotspot", 2, []),
        ("multiple_choice", 3, []),
    ],
)
def test_thresholds_spread_around_the_expected_difficulty(kind: str, difficulty: int, thresholds: list[float]) -> None:
    found = prior(difficulty, item(kind))
    assert found["thresholds"] == thresholds
    assert found["difficulty"] == {1: -1.5, 2: -0.5, 3: 0.5, 4: 1.5}[difficulty]
    assert found["guessing"] == 0.0 if thresholds else found["guessing"] > 0.0


@pytest.fixture
def nothing_remembered() -> Iterator[None]:
    """Another test's releases are not ours."""
    api.forget()
    yield
    api.forget()


@pytest.mark.django_db
def test_thresholds_reach_the_release_and_are_kept_once_measured(
    nothing_remembered: None, tmp_path: Path, now: datetime
) -> None:
    sound = item("fill_in", "item-graded")
    api.load_items(now=now, path=write(tmp_path, sound, item(key="item-plain")))
    entries = {entry.key: entry for entry in api.release(api.current_release_id()).entries}
    assert entries["item-graded"].thresholds == (-1.3, -0.5, 0.3)
    assert entries["item-plain"].thresholds == ()

    api.load_items(now=now, path=write(tmp_path, {**sound, "difficulty": 3}))
    entries = {entry.key: entry for entry in api.release(api.current_release_id()).entries}
    assert entries["item-graded"].thresholds == (-0.3, 0.5, 1.3)

    ItemCalibration.objects.filter(item_version__item__key="item-graded").update(
        thresholds=[-1.0, 0.1, 2.0], responses=300, state="calibrated"
    )
    reread = {**sound, "difficulty": 1, "review_by": "2028-01-01"}
    api.load_items(now=now + timedelta(days=1), path=write(tmp_path, reread))
    entries = {entry.key: entry for entry in api.release(api.current_release_id()).entries}
    assert entries["item-graded"].thresholds == (-1.0, 0.1, 2.0)
