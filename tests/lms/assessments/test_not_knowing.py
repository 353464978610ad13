"""“I do not know” beside an answer that was begun may be a slip: it is asked again, once, and nothing is lost."""

from html import unescape

import pytest

from lms.assessments.models import Attempt
from tests.lms.assessments.reading import SCRIPT, Reader
from tests.lms.assessments.taking import INTERACTIONS, UNKNOWN, Taker
from tests.lms.assessments.test_gestures import make, playing, possible

SAYS = 'id="avis" role="alert"'
AGAIN = 'name="unknown" value="2"'


def before(interaction: str) -> Reader:
    """Return a reader who has an item of this interaction on screen."""
    reader = Reader(address=f"/evaluation/s/{Taker().start().meet(interaction).token}/")
    reader.look()
    return reader


def unknown_of(reader: Reader) -> list[bool]:
    """Return, for each answer kept, whether it is “I do not know”."""
    return [response.is_unknown for response in reader.responses]


@pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["plain", "script"])
@pytest.mark.parametrize("interaction", INTERACTIONS)
def test_what_was_given_comes_back_and_the_second_press_goes_through(
    bank: None, interaction: str, headers: dict[str, str]
) -> None:
    reader = before(interaction)
    fields = reader.fields()
    again = reader.send([*fields, ("unknown", "1")], **headers)
    page = unescape(again.content.decode())
    assert again.status_code == 422 and not reader.responses
    assert (
        SAYS in page
        and AGAIN in page
        and "nous compterons que vous ne savez pas" in page
        and 'class="error"' not in page
    )
    assert "<title>À confirmer – Situation 1" in page
    assert [value for _name, value in fields if value not in page] == []
    assert reader.send([*fields, ("unknown", "2")]).status_code == 303
    assert unknown_of(reader) == [True]


def test_valider_then_sends_the_answer(bank: None) -> None:
    reader = before("text")
    fields = reader.fields()
    assert reader.send([*fields, ("unknown", "1")]).status_code == 422
    assert reader.send(fields).status_code == 303
    assert unknown_of(reader) == [False]


@pytest.mark.parametrize("interaction", INTERACTIONS)
def test_beside_nothing_it_takes_effect_at_once(bank: None, interaction: str) -> None:
    reader = before(interaction)
    empty = [(name, " ") for name, _value in reader.fields() if name not in reader.hidden]
    assert reader.send([*reader.hidden.items(), *empty, ("unknown", "1")]).status_code == 303
    assert unknown_of(reader) == [True]


def test_a_first_press_that_comes_late_is_told_so_and_asks_nothing(bank: None) -> None:
    reader = before("text")
    fields = reader.fields()
    assert reader.send(fields).status_code == 303
    late = reader.send([*fields, ("unknown", "1")])
    assert late.status_code == 303 and late["Location"].endswith("?deja=1")
    assert unknown_of(reader) == [False]


def test_after_gestures_it_is_asked_again_and_they_stay(bank: None) -> None:
    player = playing(Taker())
    acted = next(one for one in possible(player) if not one.startswith(("open", "close", "go")))
    assert make(player, acted).status_code == 303
    player.look()
    again = player.send([*player.hidden.items(), ("unknown", "1")])
    page = again.content.decode()
    assert again.status_code == 422 and not player.responses
    assert SAYS in page and AGAIN in page and "les envoie" in page and "Fait\u00a0:" in page
    assert player.send([*player.hidden.items(), ("unknown", "2")]).status_code == 303
    assert unknown_of(player) == [True]


def test_before_any_gesture_a_simulation_asks_nothing(bank: None) -> None:
    player = playing(Taker())
    assert player.send([*player.hidden.items(), ("unknown", "1")]).status_code == 303
    assert unknown_of(player) == [True]


def test_a_program_is_not_asked_again(bank: None) -> None:
    taker = Taker()
    player = playing(taker)
    assert make(player, possible(player)[0]).status_code == 303
    taker.answer({"item": taker.item["id"], "answer": UNKNOWN})
    assert unknown_of(player) == [True] and Attempt.objects.get(token=player.token).position == 2
