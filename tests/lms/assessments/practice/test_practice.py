"""An item outside any attempt: nothing is written, nothing leaks before the answer, whatever the form holds."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.template import Context
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext

from kernel.errors import SocleError
from lms.assessments import api
from lms.assessments.practice import ItemNotOffered, Practice, Ticket
from lms.assessments.practice.refusals import TicketUnreadable
from lms.assessments.practice.tickets import LASTS
from lms.assessments.templatetags.practising import practice_fields, renamed
from question_bank import api as bank
from question_bank.types import ItemContent, Release
from tests.lms.assessments.taking import INTERACTIONS, right_shape

pytestmark = pytest.mark.django_db


def key_of(interaction: str) -> str:
    """Return an item of the bank with this interaction."""
    entries = bank.release(bank.current_release_id()).entries
    return next(entry.key for entry in entries if entry.interaction == interaction)


def sent(practice: Practice, **fields: object) -> QueryDict:
    """Return what a browser sends for this practice."""
    data = QueryDict(mutable=True)
    data["ticket"] = practice.signed
    for name, value in fields.items():
        data.setlist(name, list(value) if isinstance(value, list | tuple) else [str(value)])
    return data


def fields_for(practice: Practice) -> dict[str, object]:
    """Return the fields of an answer of the right shape."""
    value = right_shape(practice.item)["value"]
    return {
        "choice": lambda: {"choice": value},
        "choices": lambda: {"choices": value},
        "number": lambda: dict(value),
        "text": lambda: {"text": value},
        "order": lambda: {f"order-{one}": rank for rank, one in enumerate(value, start=1)},
        "pairs": lambda: {f"pair-{one}": other for one, other in value.items()},
        "blanks": lambda: {f"blank-{one}": other for one, other in value.items()},
    }[practice.item["answer_kind"]]()


def page(practice: Practice, name: str = "asked") -> str:
    """Return the fragment as a page includes it."""
    context = {"practice": practice, "number": 1, "theme": {"language": "fr"}, "p": ""}
    return get_template(f"assessments/practice/{name}.html").render(context)


def secrets_of(content: ItemContent) -> list[str]:
    """Return the sentences that only come with the explanation."""
    words = content.wordings["fr"]
    told = [one.rationale for one in (*words.choices, *words.prompts, *words.blanks, *words.mistakes, *words.goals)]
    return [text for text in (*told, *words.feedback) if text]


@pytest.mark.parametrize("interaction", [*INTERACTIONS, "simulation"])
def test_no_key_is_on_the_page_before_the_answer(bank: None, now: datetime, interaction: str) -> None:
    practice = api.practice(key=key_of(interaction), wording="fr", now=now)
    html = page(practice)
    assert practice.item["question"][:20] in html.replace("&#x27;", "'")
    for text in secrets_of(practice.content):
        assert text not in html
    for name in ("rationale", "is_correct", "expected"):
        assert name not in html


@pytest.mark.parametrize("interaction", INTERACTIONS)
def test_an_answer_is_judged_and_explained(bank: None, now: datetime, interaction: str) -> None:
    practice = api.practice(key=key_of(interaction), wording="fr", now=now)
    told = api.practise(data=sent(practice, **fields_for(practice)), now=now)
    assert told.is_answered and told.outcome is not None and told.told is not None
    assert told.told["is_correct"] == told.outcome.is_correct
    html = page(told, "told")
    assert told.content.wordings["fr"].feedback[0][:25] in html
    assert told.content.source.authority in html


def test_the_right_answer_is_right(bank: None, now: datetime) -> None:
    practice = api.practice(key=key_of("single_choice"), wording="fr", now=now)
    right = practice.ticket.mask.hide(practice.content.version_uuid, str(practice.content.expected.value))
    told = api.practise(data=sent(practice, choice=right), now=now)
    assert told.outcome is not None and told.outcome.is_correct


def test_i_do_not_know_is_told_everything(bank: None, now: datetime) -> None:
    practice = api.practice(key=key_of("match"), wording="fr", now=now)
    told = api.practise(data=sent(practice, unknown="1"), now=now)
    assert told.told is not None and told.told["is_unknown"]


def test_nothing_is_written(bank: None, now: datetime) -> None:
    with CaptureQueriesContext(connection) as queries:
        practice = api.practice(key=key_of("text"), wording="fr", now=now)
        api.practise(data=sent(practice, text="mot"), now=now)
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_a_simulation_is_played_gesture_by_gesture(bank: None, now: datetime) -> None:
    turn = api.practice(key=key_of("simulation"), wording="fr", now=now)
    solution = turn.content.expected.value
    assert isinstance(solution, tuple)
    for made, gesture in enumerate(solution, start=1):
        hide, version = turn.ticket.mask.hide, turn.content.version_uuid
        opaque = [gesture.do, *(hide(version, f"gesture:{part}") if part else "" for part in gesture[1:])]
        turn = api.practise(data=sent(turn, gesture=" ".join(opaque).strip(), step=made), now=now)
        assert turn.status == 200, turn.form
        assert len(turn.ticket.gestures) == made
        assert not turn.is_answered
    told = api.practise(data=sent(turn), now=now)
    assert told.outcome is not None and told.outcome.is_correct


def test_a_double_click_plays_a_gesture_once(bank: None, now: datetime) -> None:
    turn = api.practice(key=key_of("simulation"), wording="fr", now=now)
    possible = next(one for one in turn.item["simulation"]["gestures"] if one["is_possible"])
    data = sent(turn, gesture=" ".join((possible["do"], possible["on"], possible["value"])).strip(), step=1)
    first, second = api.practise(data=data, now=now), api.practise(data=data, now=now)
    assert len(first.ticket.gestures) == 1
    assert first.ticket == second.ticket


def test_two_tabs_have_options_of_their_own(bank: None, now: datetime) -> None:
    key = key_of("single_choice")
    first, second = (api.practice(key=key, wording="fr", now=now) for _ in range(2))
    assert {one["id"] for one in first.item["choices"]}.isdisjoint(one["id"] for one in second.item["choices"])
    crossed = api.practise(data=sent(first, choice=second.item["choices"][0]["id"]), now=now)
    assert crossed.status == 422
    assert crossed.form["errors"]


@pytest.mark.parametrize("ticket", ["", "x", "é\x00", "a:b", "e30:" + "x" * 43, "{}:1:2", "y" * 100_000])
def test_a_ticket_that_is_not_ours_is_refused_with_a_sentence(bank: None, now: datetime, ticket: str) -> None:
    data = QueryDict(mutable=True)
    data["ticket"] = ticket
    with pytest.raises(TicketUnreadable) as refusal:
        api.practise(data=data, now=now)
    assert isinstance(refusal.value, SocleError)
    assert "rien n’a été compté" in refusal.value.sentence


def test_a_changed_ticket_is_refused(bank: None, now: datetime) -> None:
    practice = api.practice(key=key_of("simulation"), wording="fr", now=now)
    data = sent(practice)
    for place in (0, len(practice.signed) // 2, -1):
        changed = list(practice.signed)
        changed[place] = "A" if changed[place] != "A" else "B"
        data["ticket"] = "".join(changed)
        with pytest.raises(TicketUnreadable):
            api.practise(data=data, now=now)


def test_an_old_page_keeps_what_was_chosen(bank: None, now: datetime) -> None:
    practice = api.practice(key=key_of("single_choice"), wording="fr", now=now)
    chosen, later = practice.item["choices"][1]["id"], now + LASTS + timedelta(minutes=1)
    again = api.practise(data=sent(practice, choice=chosen), now=later)
    assert not again.is_answered
    assert "trop longtemps" in again.notice
    assert f'value="{chosen}" checked' in page(again)
    assert api.practise(data=sent(again, choice=chosen), now=later).is_answered


@pytest.mark.parametrize("interaction", INTERACTIONS)
@pytest.mark.parametrize("value", ["", "x" * 60_000, "\x00", "'\"<script>", "é" * 300, "-1"])
def test_whatever_is_sent_the_page_can_be_shown(bank: None, now: datetime, interaction: str, value: str) -> None:
    practice = api.practice(key=key_of(interaction), wording="fr", now=now)
    answer = dict.fromkeys(fields_for(practice), value)
    turn = api.practise(data=sent(practice, **answer, gesture=value) if value else sent(practice, **answer), now=now)
    assert turn.status in (200, 422)
    html = page(turn, "told" if turn.is_answered else "asked")
    assert "<script>" not in html


@pytest.mark.parametrize("gesture", ["", "open", "open x y z", " ", "\x00 \x00", "open " + "m" * 60_000])
def test_a_gesture_that_does_not_exist_changes_nothing(bank: None, now: datetime, gesture: str) -> None:
    practice = api.practice(key=key_of("simulation"), wording="fr", now=now)
    turn = api.practise(data=sent(practice, gesture=gesture, step=1), now=now)
    assert turn.status == 422
    assert turn.ticket == practice.ticket
    assert turn.form["errors"]["answer"] in page(turn)


def test_a_withdrawn_item_is_said_to_be(bank: None, now: datetime) -> None:
    with pytest.raises(ItemNotOffered):
        api.practice(key="nulle-part", wording="fr", now=now)


def test_an_item_replaced_since_the_page_was_made_is_still_read(bank: None, now: datetime) -> None:
    release = served()
    practice = api.practice(key=key_of("single_choice"), wording="fr", now=now, release=release)
    newer = replace(release, index_of_version={})
    told = api.practise(data=sent(practice, unknown="1"), now=now, release=newer)
    assert told.is_answered
    gone = replace(newer, entries=tuple(one for one in release.entries if one.key != practice.key))
    with pytest.raises(ItemNotOffered):
        api.practise(data=sent(practice, unknown="1"), now=now, release=gone)


def served() -> Release:
    """Return the release in use."""
    return bank.release(bank.current_release_id())


def test_plain_french_and_english_are_asked_where_they_are_written(bank: None, now: datetime) -> None:
    entries = served().entries
    for wording, language in (("plain", "fr"), ("en", "en")):
        key = next(entry.key for entry in entries if wording in entry.locales)
        practice = api.practice(key=key, wording=wording, now=now)
        assert practice.item["question"] == practice.content.wordings[wording].question
        assert practice.item["language"] == language
        told = api.practise(data=sent(practice, unknown="1"), now=now)
        assert told.told is not None
        assert told.told["feedback"] == list(practice.content.wordings[wording].feedback)


def test_two_items_of_a_page_share_no_id(bank: None, now: datetime) -> None:
    practice = api.practice(key=key_of("text"), wording="fr", now=now)
    context = Context({"theme": {"language": "fr"}})
    both = "".join(practice_fields(context, practice, number) for number in (1, 2))
    ids = re.findall(r' id="([^"]+)"', both)
    assert ids and len(ids) == len(set(ids))
    for name in re.findall(r' (?:for|aria-describedby)="([^"]+)"', both):
        assert set(name.split()) <= set(ids)


def test_only_ids_are_renamed() -> None:
    html = '<p id="a" aria-describedby="b c" data-id="d" value="&quot; id=&quot;x">'
    assert renamed(html, "p-") == '<p id="p-a" aria-describedby="p-b p-c" data-id="d" value="&quot; id=&quot;x">'


def test_a_ticket_says_what_it_was_given(now: datetime) -> None:
    ticket = Ticket.new(7, "plain", now).after("open m1")
    assert Ticket.read(ticket.sign()) == ticket
