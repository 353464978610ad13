"""Gestures of a simulation: each a row, made once, kept across reloads, tabs and clicks; then they are the answer."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.http import urlencode

from lms.accounts.api import User, export_person
from lms.assessments import delivery, selectors
from lms.assessments.models import Attempt, ItemAction, Response
from lms.assessments.services import acting, erase_attempt
from tests.lms.assessments.reading import FORM, SCRIPT, Reader, hidden_of
from tests.lms.assessments.taking import Taker, sent_gesture

TOO_LATE = "Un autre geste a été fait entre-temps"
DONE = 'class="told" id="geste"'


@pytest.fixture
def player(bank: None) -> Reader:
    """Someone who has a simulation on screen."""
    return playing(Taker())


def playing(taker: Taker, **start: Any) -> Reader:
    """Return a reader before a simulation, in the attempt of `taker`."""
    meeting(taker.start(**start))
    reader = Reader(client=taker.client, address=f"/evaluation/s/{taker.token}/")
    reader.look()
    return reader


def meeting(taker: Taker) -> Taker:
    """Have a simulation on screen."""
    return taker if taker.item["interaction"] == "simulation" else taker.meet("simulation")


def possible(reader: Reader) -> list[str]:
    """Return what the buttons of the page send, from the API's view of the item."""
    item = Taker(token=reader.token, client=reader.client).resume().json()["item"]
    return [
        f"{one['do']} {one['on']} {one['value']}".strip()
        for one in item["simulation"]["gestures"]
        if one["is_possible"]
    ]


def make(reader: Reader, gesture: str, *, hidden: dict[str, str] | None = None, **headers: str) -> Any:
    """Send a gesture once."""
    fields = {**(hidden or reader.hidden), "gesture": gesture}
    return reader.client.post(f"{reader.address}geste", urlencode(fields), content_type=FORM, headers=headers)


def rows(reader: Reader) -> list[tuple[int, dict[str, str]]]:
    """Return the gestures kept, in order."""
    found = ItemAction.objects.filter(attempt__token=reader.token).order_by("position", "step")
    return list(found.values_list("step", "action"))


def test_without_javascript_a_gesture_is_one_post_and_a_303_to_where_it_is_told(player: Reader) -> None:
    sent = make(player, possible(player)[0])
    assert sent.status_code == 303
    assert sent["Location"] == f"{player.address}#geste"
    assert DONE in player.look().content.decode()
    assert [step for step, _action in rows(player)] == [1]
    assert player.hidden["step"] == "2"


def test_with_javascript_a_gesture_is_one_exchange(player: Reader) -> None:
    sent = make(player, possible(player)[0], **SCRIPT)
    assert sent.status_code == 200
    assert DONE in sent.content.decode()
    assert sent["Content-Location"] == player.address
    assert hidden_of(sent)["step"] == "2"


def check_double_click(reader: Reader) -> None:
    """Two requests, one row, the same next page."""
    gesture, before = possible(reader)[0], dict(reader.hidden)
    first, second = make(reader, gesture, hidden=before), make(reader, gesture, hidden=before)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert len(rows(reader)) == 1


def test_a_double_click_is_one_gesture(player: Reader) -> None:
    check_double_click(player)


def test_mutant_that_forgets_steps_refuses_a_double_click(player: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "_is_repeated", lambda done, step, gesture: False)
    with pytest.raises(AssertionError):
        check_double_click(player)


def test_the_database_holds_one_gesture_per_step(player: Reader) -> None:
    make(player, possible(player)[0])
    row = ItemAction.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemAction.objects.create(
            attempt_id=row.attempt_id, position=row.position, step=1, action={"do": "x"}, acted_at=row.acted_at
        )


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_another_tab_follows_the_server(player: Reader, headers: dict[str, str]) -> None:
    behind, (first, other, *_rest) = dict(player.hidden), possible(player)
    make(player, first)
    sent = make(player, other, hidden=behind, **headers)
    page = sent if headers else player.client.get(sent["Location"])
    assert sent.status_code == (409 if headers else 303)
    assert TOO_LATE in page.content.decode()
    assert hidden_of(page)["step"] == "2"
    assert len(rows(player)) == 1


def test_a_gesture_for_an_item_already_answered_follows_the_server(player: Reader) -> None:
    behind, gesture = dict(player.hidden), possible(player)[0]
    make(player, gesture)
    player.look()
    assert player.send([*player.hidden.items()]).status_code == 303
    sent = make(player, gesture, hidden=behind | {"step": "2"})
    assert sent["Location"].endswith("?deja=1")
    assert len(rows(player)) == 1


def test_a_reload_and_another_browser_show_the_same_state_and_write_nothing(player: Reader) -> None:
    make(player, possible(player)[0])
    page, kept = player.look().content, rows(player)
    assert player.look().content == page
    assert Client().get(player.address).content == page
    assert rows(player) == kept


@pytest.mark.parametrize(
    "gesture", ["", "open", "open x", "fly away", "open \u0000", "é" * 3000, "a b c d e f", "close  ", " "]
)
def test_a_bad_gesture_is_refused_with_a_sentence(player: Reader, gesture: str) -> None:
    for headers in ({}, SCRIPT):
        sent = make(player, gesture, **headers)
        assert sent.status_code == 422
        assert 'class="error"' in sent.content.decode()
        assert hidden_of(sent)["key"] == player.hidden["key"]
    assert not rows(player)


@pytest.mark.parametrize("step", ["", "0", "-1", "7", "9" * 40, "²", "\u0000", "1.0"])
def test_whatever_the_step_became_nothing_is_written_and_the_page_follows(player: Reader, step: str) -> None:
    sent = make(player, possible(player)[0], hidden=player.hidden | {"step": step})
    assert sent.status_code == 303
    assert not rows(player)


def test_a_gesture_on_an_item_that_is_not_a_simulation_is_refused(bank: None) -> None:
    taker = Taker().start().meet("single_choice")
    reader = Reader(client=taker.client, address=f"/evaluation/s/{taker.token}/")
    reader.look()
    assert make(reader, "open x", hidden=reader.hidden | {"step": "1"}).status_code == 422
    assert not rows(reader)


def test_another_site_may_not_make_a_gesture(player: Reader) -> None:
    assert make(player, possible(player)[0], Origin="https://elsewhere.example").status_code == 403
    assert not rows(player)


def test_a_body_over_64_kb_is_refused(player: Reader) -> None:
    assert make(player, "x" * 70_000).status_code == 413
    assert not rows(player)


def test_a_get_on_the_address_of_gestures_leads_to_the_item(player: Reader) -> None:
    assert player.client.get(f"{player.address}geste")["Location"] == player.address


def test_an_owned_attempt_takes_no_gesture_from_anyone_else(bank: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("lina@demo.example"))
    reader = playing(Taker(client=client))
    gesture = possible(reader)[0]
    for other in (Client(), Client()):
        sent = other.post(f"{reader.address}geste", {**reader.hidden, "gesture": gesture})
        assert sent.status_code == 404
    assert not rows(reader)
    assert make(reader, gesture).status_code == 303


# The answer


def test_the_answer_is_the_gestures_made(player: Reader) -> None:
    make(player, possible(player)[0])
    player.look()
    make(player, possible(player)[0])
    player.look()
    sent = player.send([*player.hidden.items()])
    assert sent.status_code == 303
    response = Response.objects.get()
    assert response.answer == {"kind": "actions", "value": [action for _step, action in rows(player)]}
    assert player.client.get(sent["Location"]).status_code == 200


def test_an_answer_without_a_gesture_is_refused_and_i_do_not_know_is_taken(player: Reader) -> None:
    assert player.send([*player.hidden.items()]).status_code == 422
    assert player.send([*player.hidden.items(), ("unknown", "1")]).status_code == 303


def test_an_answer_that_has_not_seen_the_last_gesture_shows_it_first(player: Reader) -> None:
    behind = dict(player.hidden)
    make(player, possible(player)[0])
    sent = player.send([*behind.items()])
    assert sent.status_code == 422
    assert "Un geste a été fait ailleurs" in sent.content.decode()
    assert player.send([*hidden_of(sent).items()]).status_code == 303


def test_the_same_answer_sent_twice_is_one_answer(player: Reader) -> None:
    make(player, possible(player)[0])
    player.look()
    sent = [player.send([*player.hidden.items()]) for _ in range(2)]
    assert [one.status_code for one in sent] == [303, 303]
    assert Response.objects.count() == 1


def test_a_training_tells_goals_and_gestures(bank: None) -> None:
    reader = playing(Taker(), assessment="training")
    make(reader, possible(reader)[0])
    reader.look()
    page = reader.client.get(reader.send([*reader.hidden.items()])["Location"])
    assert page.status_code == 200
    assert "Les buts" in page.content.decode()
    assert reader.client.get(f"{reader.address}reponses").status_code in {200, 303, 409}


# The API


def test_the_api_takes_the_whole_list(bank: None) -> None:
    taker = meeting(Taker().start())
    assert taker.answer().status_code == 201
    assert Response.objects.get().answer["kind"] == "actions"
    assert not ItemAction.objects.exists()


def test_the_api_names_the_first_impossible_gesture(bank: None) -> None:
    taker = meeting(Taker().start())
    gestures = taker.item["simulation"]["gestures"]
    can = next(one for one in gestures if one["is_possible"])
    cannot = next(one for one in gestures if not one["is_possible"] and one["do"] != "close")
    for value, index in (([can, can], 1), ([cannot], 0)):
        answer = {"kind": "actions", "value": [sent_gesture(one) for one in value]}
        sent = taker.send({"item": taker.item["id"], "answer": answer}, "k")
        assert sent.status_code == 422
        assert json.loads(sent.content)["error"]["field"] == f"value.{index}"
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "value",
    [None, [], {}, "open", [None], [[]], [{}], [{"do": 3}], [{"do": "open", "on": []}], [{"do": "open"}] * 101, [1]],
)
def test_junk_in_the_api_is_a_422(bank: None, value: Any) -> None:
    taker = meeting(Taker().start())
    sent = taker.send({"item": taker.item["id"], "answer": {"kind": "actions", "value": value}}, "k")
    assert sent.status_code == 422
    assert not Response.objects.exists()


def test_no_key_and_no_rationale_leaves_before_the_answer(bank: None) -> None:
    taker = meeting(Taker().start())
    sent = json.dumps(taker.item)
    assert not any(word in sent for word in ("rationale", "solution", "levels", '"goals"', '"cap"'))


# What is kept of a person


def test_export_includes_gestures_and_erasure_removes_them(bank: None) -> None:
    owner, client = User.objects.create_user("lina@demo.example"), Client()
    client.force_login(owner)
    reader = playing(Taker(client=client))
    make(reader, possible(reader)[0])
    told = json.loads(json.dumps(export_person(user=owner), default=str))
    assert [action["step"] for action in told["attempts"][0]["actions"]] == [1]
    erase_attempt(token=reader.token, viewer_id=owner.pk)
    assert not ItemAction.objects.exists()


def test_out_of_time_no_gesture_is_kept(player: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    gesture = possible(player)[0]
    attempt = Attempt.objects.get(token=player.token)
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=attempt.started_at)
    assert make(player, gesture)["Location"].endswith("/profil")
    assert not rows(player)
    assert Attempt.objects.get().state == Attempt.State.EXPIRED


def test_gestures_belong_to_their_position(player: Reader) -> None:
    make(player, possible(player)[0])
    attempt = Attempt.objects.get(token=player.token)
    assert len(selectors.gestures(attempt, attempt.position)) == 1
    assert selectors.gestures(attempt, attempt.position + 1) == []
    assert delivery.served_id(attempt, attempt.position) == player.hidden["item"]
