"""Our check refuses what xAPI 1.0.3 or our own profile refuses: each rule with the mutant that shows it."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from lms.records import vocabulary
from lms.records.checking import ensure_right, problems_of
from lms.records.errors import StatementRefused
from lms.records.facts import Fact, result, score, statement, thing

ACTOR = "0" * 32


@pytest.fixture
def right() -> dict[str, Any]:
    fact = Fact(
        key="attempt/1/answered/1",
        verb="answered",
        activity=thing(
            vocabulary.activity("item", "1"),
            vocabulary.INTERACTION,
            {"fr": "Un message"},
            interaction_type="numeric",
            correct_responses_pattern=["4"],
        ),
        at=datetime(2026, 10, 20, 13, 30, tzinfo=UTC),
        registration=UUID(int=7),
        result=result(success=True, score=score(1, 1), seconds=75, response="4"),
    )
    return statement(fact, ACTOR)


def test_the_right_one_is_right(right: dict[str, Any]) -> None:
    assert list(problems_of(right)) == []


MUTANTS = {
    "no id": (["id"], None),
    "an id that is none": (["id"], "1234"),
    "another version": (["version"], "2.0.0"),
    "no offset": (["timestamp"], "2026-10-20T13:30:00"),
    "a name": (["actor", "name"], "Lina"),
    "an address": (["actor", "mbox"], "mailto:lina@test.example"),
    "an account that speaks": (["actor", "account", "name"], "lina.moreau"),
    "somebody else's account": (["actor", "account", "homePage"], "https://elsewhere.example"),
    "a foreign verb": (["verb", "id"], "http://adlnet.gov/expapi/verbs/liked"),
    "a language that is none": (["verb", "display", "français"], "x"),
    "an activity that is not an IRI": (["object", "id"], "item 1"),
    "another type": (["object", "definition", "interactionType"], "likert"),
    "an interaction without its type": (["object", "definition", "type"], vocabulary.MODULE),
    "a key of another kind": (["object", "definition", "choices"], [{"id": "a"}]),
    "a score beyond": (["result", "score", "scaled"], 1.2),
    "a raw score beyond": (["result", "score", "raw"], 2),
    "a duration that is none": (["result", "duration"], "75 s"),
    "an empty duration": (["result", "duration"], "PT"),
    "success in words": (["result", "success"], "yes"),
    "a response that is a number": (["result", "response"], 4),
    "a null": (["result", "response"], None),
    "an extension without an IRI": (["result", "extensions"], {"unit": "mg"}),
    "a registration that is none": (["context", "registration"], "7"),
    "a place we do not use": (["context", "instructor"], {}),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_refused(right: dict[str, Any], name: str) -> None:
    path, value = MUTANTS[name]
    mutant = deepcopy(right)
    place = mutant
    for key in path[:-1]:
        place = place[key]
    if name == "no id":
        del place["id"]
    else:
        place[path[-1]] = value
    with pytest.raises(StatementRefused):
        ensure_right(mutant)
