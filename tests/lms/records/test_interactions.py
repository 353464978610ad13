"""Each kind of item as cmi.interaction has it."""

import json

import pytest
from django.test import Client

from kernel.events import drain
from lms.accounts.api import User
from lms.records.checking import problems_of
from lms.records.models import Statement
from lms.records.vocabulary import VERBS
from tests.lms.assessments.taking import INTERACTIONS, Taker

EXPECTED = {
    "single_choice": "choice",
    "multiple_choice": "choice",
    "number": "numeric",
    "text": "fill-in",
    "order": "sequencing",
    "match": "matching",
    "inline_choice": "matching",
    "fill_in": "fill-in",
    "hotspot": "choice",
    "categorize": "matching",
    "graded_choice": "choice",
}


@pytest.mark.parametrize("interaction", INTERACTIONS)
def test_an_answer_is_told_in_its_type(bank: None, client: Client, interaction: str) -> None:
    client.force_login(User.objects.create_user("lina@test.example"))
    Taker(client=client).start("placement").meet(interaction).answer()
    drain()
    told = json.loads(Statement.objects.get(verb=VERBS["answered"].iri).raw)
    definition, result = told["object"]["definition"], told["result"]
    assert list(problems_of(told)) == []
    assert definition["interactionType"] == EXPECTED[interaction]
    assert result["response"]
    names = {part["id"] for side in ("choices", "source", "target") for part in definition.get(side, [])}
    said = {name for pair in result["response"].split("[,]") for name in pair.split("[.]")}
    if names:
        assert said <= names
        assert {n for pair in definition["correctResponsesPattern"][0].split("[,]") for n in pair.split("[.]")} <= names
    if definition["interactionType"] == "numeric":
        assert float(result["response"]) == 72
        assert next(iter(result["extensions"])).endswith("/unit")


def test_a_simulation_is_a_performance(bank: None, client: Client) -> None:
    from lms.records.interactions import definition, response
    from question_bank import api as bank_api

    client.force_login(User.objects.create_user("lina@test.example"))
    taker = Taker(client=client).start("placement").meet("simulation")
    attempt = taker.attempt
    entry = bank_api.release(attempt.bank_release_id).entries[attempt.selection_log[-1]]
    content = bank_api.item_content(entry.item_version_id)
    assert definition(content, "fr", with_key=True)["interaction_type"] == "performance"
    assert "[.]" in response(content, content.expected)


def test_the_key_of_an_exam_is_never_told(bank: None) -> None:
    from lms.records.activities import item
    from question_bank import api as bank_api

    entry = bank_api.release(bank_api.current_release_id()).entries[0]
    content = bank_api.item_content(entry.item_version_id)
    assert "correctResponsesPattern" in item(content, "fr", with_key=True).as_version("1.0.3")["definition"]
    assert "correctResponsesPattern" not in item(content, "fr", with_key=False).as_version("1.0.3")["definition"]
