"""What is partly right counts: from the answer to the row, to what is believed, to what is said."""

from typing import Any

import pytest

from lms.assessments import delivery, profile, selectors
from lms.assessments.models import Attempt, Response
from question_bank import adaptive
from question_bank import api as bank_api
from question_bank.types import Answer, ItemContent
from tests.lms.assessments.reading import Reader
from tests.lms.assessments.taking import Taker

GRADED = ("fill_in", "categorize", "graded_choice")


def content_on_screen(taker: Taker) -> ItemContent:
    """The content of the item on screen, keys included."""
    attempt = taker.attempt
    return bank_api.item_content(delivery.entry_at(attempt, attempt.position).item_version_id)


def scored(taker: Taker, score: int) -> dict[str, Any]:
    """An answer to the graded choice on screen that is worth `score`."""
    content, mask = content_on_screen(taker), delivery.mask(taker.attempt)
    choice = next(name for name, points in content.answer["points"].items() if points == score)
    value = mask.hide(content.version_uuid, choice)
    return {"item": taker.item["id"], "answer": {"kind": "choice", "value": value}}


@pytest.mark.parametrize("interaction", GRADED)
def test_a_graded_item_is_graded_in_the_pool(bank: None, interaction: str) -> None:
    taker = Taker().start().meet(interaction)
    here, content = delivery.setting(taker.attempt), content_on_screen(taker)
    item = taker.attempt.selection_log[-1]
    assert here.pool.top_score[item] == content.top_score > 1
    assert here.pool.guessing[item] == 0.0


@pytest.mark.parametrize("score", [0, 1, 2])
def test_the_row_holds_the_category_and_the_belief_follows_it(bank: None, score: int) -> None:
    taker = Taker().start().meet("graded_choice")
    here, item = delivery.setting(taker.attempt), taker.attempt.selection_log[-1]
    top = int(here.pool.top_score[item])
    taker.answer(scored(taker, score))
    row = taker.responses[0]
    assert (row.score, row.is_correct) == (score, score == top)
    believed = adaptive.update(here.prior, here.pool, item, score)
    assert bytes(taker.attempt.ability) == believed.to_bytes()


def test_a_better_answer_is_believed_more(bank: None) -> None:
    means = []
    for score in (0, 1, 2):
        taker = Taker().start().meet("graded_choice")
        here, item = delivery.setting(taker.attempt), taker.attempt.selection_log[-1]
        taker.answer(scored(taker, score))
        ability = adaptive.Ability.from_bytes(bytes(taker.attempt.ability), here.pool.domain_of.size)
        means.append(float(ability.mean[int(here.pool.competency[item])]))
    assert means == sorted(set(means))


def test_an_attempt_with_partial_credit_replays_and_reports(bank: None) -> None:
    taker = Taker().start("training")
    for interaction in GRADED:
        taker.meet(interaction)
        taker.answer(scored(taker, 1) if interaction == "graded_choice" else None)
    attempt, scores = taker.attempt, selectors.scores(taker.attempt)
    assert delivery.replayed_ability(attempt, scores) == bytes(attempt.ability)
    taker.finish()
    attempt, scores = taker.attempt, selectors.scores(taker.attempt)
    assert 1.0 in scores
    assert len(delivery.trajectory(attempt, scores)) == len(scores) - len(attempt.pretest_log)
    assert delivery.measure(attempt, scores).overall.score == taker.body["result"]["overall"]["score"]


def test_the_explanation_says_how_much_was_right(bank: None) -> None:
    taker = Taker().start("training").meet("graded_choice")
    taker.answer(scored(taker, 1))
    told = profile.explanations(taker.attempt, taker.responses)[0]
    assert (told["is_correct"], told["score"]) == (False, 1)
    page = taker.client.get(f"/evaluation/s/{taker.token}/explication/1").content.decode()
    assert "C’est en partie juste." in page
    assert f"1 point sur {told['top_score']}" in page


def test_nothing_right_and_not_knowing_are_not_called_partly_right(bank: None) -> None:
    taker = Taker().start("training").meet("graded_choice")
    taker.answer(scored(taker, 0))
    page = taker.client.get(f"/evaluation/s/{taker.token}/explication/1").content.decode()
    assert "Une autre réponse convient mieux." in page
    assert "0 point sur" in page
    taker.meet("fill_in")
    taker.answer({"item": taker.item["id"], "answer": {"kind": "unknown"}})
    page = taker.client.get(f"/evaluation/s/{taker.token}/explication/2").content.decode()
    assert "Voici la réponse." in page
    assert "point sur" not in page


def test_a_single_choice_says_nothing_of_points(bank: None) -> None:
    taker = Taker().start("training").meet("single_choice")
    taker.answer()
    assert "points" not in taker.client.get(f"/evaluation/s/{taker.token}/explication/1").content.decode()


@pytest.mark.parametrize("interaction", [*GRADED, "hotspot"])
def test_a_form_is_worth_what_the_same_answer_by_the_api_is(bank: None, interaction: str) -> None:
    token = Taker().start().meet(interaction).token
    reader = Reader(address=f"/evaluation/s/{token}/")
    reader.look()
    reader.answer()
    row, attempt = Response.objects.get(attempt__token=token), Attempt.objects.get(token=token)
    outcome = bank_api.check(bank_api.item_content(row.item_version_id), Answer.from_json(row.answer))
    assert (row.score, row.is_correct) == (outcome.score, outcome.is_correct)
    assert delivery.replayed_ability(attempt, [row.score]) == bytes(attempt.ability)


def test_graded_items_are_served_as_often_as_the_bank_has_them(taker: Taker) -> None:
    """They tell more than the others, and would be most of what is served (docs/decisions/0011)."""
    attempt = taker.attempt
    here, drawn = delivery.setting(attempt), 0
    wanted = float(here.is_graded[here.eligible].mean())
    for number in range(600):
        attempt.mask_secret = f"the secret of {number}"
        drawn += int(delivery._format(attempt, here) is here.is_graded)
    assert 0.0 < wanted < 0.5
    assert drawn / 600 == pytest.approx(wanted, abs=0.04)


def test_a_place_on_a_picture_is_drawn_with_single_choices(taker: Taker) -> None:
    here = delivery.setting(taker.attempt)
    kinds = {here.release.entries[int(place)].interaction for place in here.is_single_choice.nonzero()[0]}
    assert kinds == {"single_choice", "hotspot"}
