"""The contract of an answer as a program sees it; where a test says “mutant”, the check is shown to fail."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from kernel.models import OutboxEvent
from lms.accounts.api import User
from lms.assessments import delivery, selectors, steps
from lms.assessments.models import Attempt, Blueprint, Response
from lms.assessments.tasks import sweep_attempts
from question_bank import api as bank_api
from question_bank.models import ItemVersion, ReleaseItem
from tests.lms.assessments.loaded import forget
from tests.lms.assessments.taking import ATTEMPTS, UNKNOWN, Taker

REPLAY = "Idempotent-Replay"
ITEM_FIELDS = {
    "id", "interaction", "answer_kind", "language", "title", "context", "artefact", "question", "hint", "choices",
    "prompts", "units", "segments", "picture", "simulation",
}  # fmt: skip


def rows() -> list[Any]:
    """Everything that a sitting writes, as values."""
    models = (Attempt, Response, OutboxEvent)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


# Repeating


def check_replays(taker: Taker, **headers: str) -> None:
    """Send every acknowledged answer again: the first body each time, byte for byte, and nothing written."""
    before = rows()
    for (key, payload), told in zip(taker.sent, taker.told, strict=True):
        again = taker.send(payload, key, **headers)
        assert (again.status_code, again.get(REPLAY)) == (200, "true")
        assert again.content == told
    assert rows() == before


def test_every_answer_can_be_repeated_until_the_end_and_after(taker: Taker) -> None:
    for _ in range(4):
        assert REPLAY not in taker.answer()
        check_replays(taker)
    check_replays(taker.finish())
    assert "result" in taker.body


def test_the_repeated_answer_does_not_depend_on_the_language_of_who_repeats_it(bank: None) -> None:
    check_replays(Taker().start(locale="en").finish(), **{"Accept-Language": "fr"})
    check_replays(Taker().start(locale="fr").finish(), **{"Accept-Language": "en"})


def test_items_that_do_not_count_change_nothing_to_what_was_told(bank: None) -> None:
    QuerySet(ReleaseItem).filter(position__lt=20).update(state="pretest")  # written once, but for a test
    forget()
    taker = Taker().start().finish()
    assert taker.attempt.pretest_log
    check_replays(taker)


def test_mutant_that_answers_a_repetition_with_where_one_is_now(taker: Taker, monkeypatch: pytest.MonkeyPatch) -> None:
    taker.finish()
    monkeypatch.setattr(steps, "after", lambda attempt, response: steps.finished(attempt, is_replay=True))
    with pytest.raises(AssertionError):
        check_replays(taker)


def check_ten_times(taker: Taker) -> None:
    """One key, ten times: one answer."""
    payload = taker.payload()
    answers = [taker.send(payload, "once") for _ in range(10)]
    assert [answer.status_code for answer in answers] == [201] + [200] * 9
    assert len({answer.content for answer in answers}) == 1
    assert [response.key for response in taker.responses] == ["once"]


def test_the_same_key_ten_times_is_one_answer(taker: Taker) -> None:
    check_ten_times(taker)


def test_mutant_that_forgets_keys(taker: Taker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "response_by_key", lambda attempt, key: None)
    with pytest.raises(AssertionError):
        check_ten_times(taker)


def test_the_same_payload_written_otherwise_is_the_same(taker: Taker) -> None:
    payload = taker.payload()
    taker.answer(payload, "once")
    spaced = json.dumps(dict(reversed(payload.items())), indent=3)
    again = taker.post(f"{ATTEMPTS}/{taker.token}/responses", spaced, **{"Idempotency-Key": "once"})
    assert (again.status_code, again.content) == (200, taker.told[0])


def test_the_same_key_with_another_payload_is_refused(taker: Taker) -> None:
    item = taker.item["id"]
    taker.answer({"item": item, "answer": UNKNOWN}, "once")
    for payload in ({"item": item, "answer": {"kind": "text", "value": "autre"}}, taker.payload()):
        refused = taker.send(payload, "once")
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "key_reused")
    assert len(taker.responses) == 1


@pytest.mark.parametrize("key", [None, ""])
def test_without_a_key_nothing_is_recorded(taker: Taker, key: str | None) -> None:
    refused = taker.send(taker.payload(), key)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "key_missing")
    assert not taker.responses


@pytest.mark.parametrize("key", ["é", "\u0000", "a b", "k" * 65, "😀", "\x7f"])
def test_a_key_that_no_header_should_carry_is_refused(taker: Taker, key: str) -> None:
    refused = taker.send(taker.payload(), key.encode().decode("latin-1"))
    assert (refused.status_code, refused.json()["error"]["field"]) == (422, "Idempotency-Key")
    assert not taker.responses


# Late


@pytest.mark.parametrize("name", ["", "nope", "0" * 20])
def test_an_answer_to_what_was_never_on_screen_says_so(taker: Taker, name: str) -> None:
    taker.answer()
    refused = taker.send({"item": name, "answer": UNKNOWN}, "a-key")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "item_never_served")
    assert refused.json()["item"] == taker.body["item"]
    assert len(taker.responses) == 1


def test_a_late_answer_of_another_tab_gets_the_item_on_screen(taker: Taker) -> None:
    late = {"item": taker.item["id"], "answer": UNKNOWN}
    taker.answer()
    refused = taker.send(late, "another-tab")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "item_already_answered")
    assert {name: refused.json()[name] for name in ("item", "progress")} == {
        name: taker.body[name] for name in ("item", "progress")
    }
    assert len(taker.responses) == 1


def test_a_finished_attempt_refuses_with_its_result(taker: Taker) -> None:
    last = {"item": taker.item["id"], "answer": UNKNOWN}
    refused = taker.finish().send(last, "late")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "attempt_finished")
    assert refused.json()["result"] == taker.body["result"]
    assert taker.resume().json() == taker.body
    assert taker.client.get(f"{ATTEMPTS}/{taker.token}/result").json() == taker.body["result"]


def test_an_open_attempt_has_no_result_yet(taker: Taker) -> None:
    assert taker.client.get(f"{ATTEMPTS}/{taker.token}/result").status_code == 409


# Whose attempt


def _own(bank: None) -> tuple[Taker, User]:
    owner = User.objects.create_user("lina@demo.example")
    taker = Taker()
    taker.client.force_login(owner)
    return taker.start(), owner


def test_an_owned_attempt_opens_for_its_owner_only(bank: None) -> None:
    taker, _ = _own(bank)
    other = Client()
    other.force_login(User.objects.create_user("other@demo.example"))
    address, payload = f"{ATTEMPTS}/{taker.token}", taker.payload()
    for stranger in (Client(), other):
        foreign = Taker(client=stranger, token=taker.token)
        unknown = Taker(client=stranger, token="A" * 22)
        assert foreign.send(payload, "k").content == unknown.send(payload, "k").content
        assert foreign.send(payload, "k").status_code == 404
        assert [stranger.get(address + end).status_code for end in ("", "/result")] == [404, 404]
    assert taker.answer(payload).status_code == 201


@pytest.mark.parametrize("token", ["A", "%00", "A%00" + "A" * 20, "é" * 22, "%ED%A0%80", "..", "A" * 500, "%2F", "😀"])
def test_an_address_of_any_shape_is_a_plain_404(bank: None, token: str) -> None:
    client = Client()
    for address in (f"{ATTEMPTS}/{token}", f"{ATTEMPTS}/{token}/result", f"/evaluation/s/{token}/"):
        assert client.get(address).status_code == 404
    sent = client.post(
        f"{ATTEMPTS}/{token}/responses", {"item": "a", "answer": UNKNOWN}, "application/json",
        headers={"Idempotency-Key": "k"},
    )  # fmt: skip
    assert sent.status_code == 404


def test_another_site_may_not_send(taker: Taker) -> None:
    payload = taker.payload()
    for headers in ({"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert taker.send(payload, "k", **headers).status_code == 403
        assert taker.post(ATTEMPTS, {"assessment": "placement"}, **headers).status_code == 403
    assert taker.send(payload, "k", Origin="http://testserver").status_code == 201
    assert Attempt.objects.count() == 1


# Time


@pytest.fixture
def timed(bank: None) -> Taker:
    """Someone whose time is over while an item is on screen, after one answer."""
    Blueprint.objects.update(time_limit=timedelta(minutes=20))
    delivery.forget()
    taker = Taker().start()
    taker.answer()
    assert taker.attempt.deadline_at == taker.attempt.started_at + timedelta(minutes=20)
    Attempt.objects.update(deadline_at=timezone.now() - timedelta(seconds=1))
    return taker


def test_no_get_writes_that_time_is_over(timed: Taker) -> None:
    before = rows()
    page = f"/evaluation/s/{timed.token}/"
    for address in (f"{ATTEMPTS}/{timed.token}", f"{ATTEMPTS}/{timed.token}/result", page, page + "profil"):
        timed.client.get(address)
        timed.client.head(address)
    assert rows() == before


def test_an_answer_after_time_ends_the_attempt_and_is_not_taken(timed: Taker) -> None:
    refused = timed.send(timed.payload(), "late")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "attempt_finished")
    assert refused.json()["result"]["stop_reason"] == "out_of_time"
    assert refused.json()["result"]["answered"] == len(timed.responses) == 1
    assert timed.attempt.state == Attempt.State.EXPIRED
    check_replays(timed)


def test_the_sweeper_ends_it_too_once(timed: Taker) -> None:
    assert (sweep_attempts(), sweep_attempts()) == (1, 0)
    assert timed.attempt.state == Attempt.State.EXPIRED
    assert timed.send(timed.payload(), "late").status_code == 409
    check_replays(timed)


def test_an_attempt_that_cannot_be_ended_does_not_keep_the_sweeper_from_the_others(timed: Taker) -> None:
    gone = Taker().start()
    Attempt.objects.filter(token=gone.token).update(deadline_at=timezone.now() - timedelta(hours=1))
    kept = selectors.lock_attempt

    def lock(**arguments: Any) -> Any:
        if arguments["token"] == gone.token:
            raise selectors.AttemptUnknown  # erased or kept by its owner in the meantime
        return kept(**arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(selectors, "lock_attempt", lock)
        assert sweep_attempts() == 1


# What is served


def _secrets(value: Any) -> list[str]:
    """Every rationale and feedback of a content, in every language."""
    if isinstance(value, list):
        return [found for part in value for found in _secrets(part)]
    if not isinstance(value, dict):
        return []
    own = [str(value[name]).strip() for name in ("rationale", "authority", "url", "feedback") if value.get(name)]
    return own + [found for part in value.values() for found in _secrets(part)]


def check_nothing_leaks(taker: Taker) -> None:
    """What was served before an item is closed holds no key, rationale, score or real id."""
    secrets = {text for version in ItemVersion.objects.order_by("pk") for text in _secrets(version.content)}
    assert len(secrets) > 100
    for told in [json.dumps(taker.body).encode(), *taker.told]:
        body = json.loads(told)
        text = json.dumps(body, ensure_ascii=False)
        assert not [secret for secret in secrets if len(secret) > 20 and secret in text]
        if "item" in body:
            assert set(body["item"]) == ITEM_FIELDS
            lists = [body["item"][name] for name in ("choices", "prompts", "units")]
            assert all(set(option) == {"id", "text"} and len(option["id"]) >= 12 for found in lists for option in found)


def test_no_key_nor_rationale_leaves_before_the_item_is_closed(taker: Taker) -> None:
    check_nothing_leaks(taker.finish())


def test_mutant_that_serves_the_explanation(taker: Taker, monkeypatch: pytest.MonkeyPatch) -> None:
    def leak(content: Any, locale: str, mask: Any, done: Any = ()) -> dict[str, Any]:
        told = bank_api.explain(content, bank_api.DONT_KNOW, locale)
        return {**present(content, locale, mask, done), "hint": " ".join(row["rationale"] for row in told["rows"])}

    present = bank_api.present
    monkeypatch.setattr(bank_api, "present", leak)
    with pytest.raises(AssertionError):
        check_nothing_leaks(taker.finish())


def test_no_cookie_in_a_whole_attempt(taker: Taker) -> None:
    taker.finish()
    assert not taker.client.cookies
    assert not any(taker.resume().cookies)
    assert not any(taker.send({}, "k").cookies)
