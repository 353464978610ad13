"""Ten requests at the same moment, each in a thread with a connection of its own, on a database that commits."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from kernel import clock
from kernel.models import OutboxEvent
from lms.assessments import selectors
from lms.assessments.models import Attempt, Response
from lms.assessments.services import erase_attempt, keep_attempt
from tests.lms.assessments.reading import Reader
from tests.lms.assessments.taking import UNKNOWN, Taker

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 10


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    """Run every work in its own thread, all let go at once; return what each returned."""
    gate = threading.Barrier(len(works))

    def run(work: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def tab_of(taker: Taker) -> Taker:
    """Another tab on the same attempt; what breaks in it is a 500 and not an exception of the test."""
    return Taker(client=Client(raise_request_exception=False), token=taker.token, body=taker.body)


def send_at_once(taker: Taker, keys: list[str]) -> list[Any]:
    """Send the item on screen the same answer under each key, at the same moment."""
    tabs, payload = [tab_of(taker) for _ in keys], taker.payload()
    return at_once([lambda tab=tab, key=key: tab.send(payload, key) for tab, key in zip(tabs, keys, strict=True)])


def is_in_order(taker: Taker) -> bool:
    """Say whether the attempt's rows agree: each answer once, one event for each, the next item on screen."""
    positions = [response.position for response in taker.responses]
    told = OutboxEvent.objects.filter(aggregate=taker.attempt.uuid, kind="assessments.ItemAnswered").order_by("pk")
    expected = list(range(1, taker.attempt.position))
    return positions == expected == [event.payload["position"] for event in told]


# The same key


def check_same_key(taker: Taker) -> None:
    """Ten requests under one key: one answer, told ten times in the same words."""
    for _ in range(3):
        answers = send_at_once(taker, ["once"] * MANY)
        assert Counter(answer.status_code for answer in answers) == {201: 1, 200: MANY - 1}
        assert len({answer.content for answer in answers}) == 1
        assert len(taker.responses) == 1
        assert is_in_order(taker)
        taker.start()


def test_ten_requests_of_the_same_key_are_one_answer(taker: Taker) -> None:
    check_same_key(taker)


# Ten tabs


def check_ten_tabs(taker: Taker) -> None:
    """Ten requests under ten keys for one item: one is recorded, nine are told what is on screen now."""
    for round_ in range(1, 4):
        answers = send_at_once(taker, [f"{round_}-{tab}" for tab in range(MANY)])
        assert Counter(answer.status_code for answer in answers) == {201: 1, 409: MANY - 1}
        assert len(taker.responses) == round_
        assert is_in_order(taker)
        taker.body = taker.resume().json()
        assert {answer.json()["item"]["id"] for answer in answers} == {taker.item["id"]}


def test_of_ten_tabs_one_is_recorded_and_nine_are_told(taker: Taker) -> None:
    check_ten_tabs(taker)


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The mutant: nobody waits for anybody."""
    selectors._statement.cache_clear()
    if connection.vendor == "postgresql":
        monkeypatch.setattr(type(connection.features), "has_select_for_no_key_update", False)
    else:
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "transaction_mode", "DEFERRED")
    yield
    selectors._statement.cache_clear()


@pytest.mark.usefixtures("unlocked")
@pytest.mark.parametrize("check", [check_same_key, check_ten_tabs])
def test_mutant_without_the_lock(taker: Taker, check: Callable[[Taker], None]) -> None:
    with pytest.raises(AssertionError):
        check(taker)


@pytest.mark.postgresql
@pytest.mark.usefixtures("unlocked")
def test_without_the_lock_the_constraint_still_keeps_one_answer(taker: Taker) -> None:
    send_at_once(taker, [f"tab-{tab}" for tab in range(MANY)])
    assert is_in_order(taker)


@pytest.mark.postgresql
@pytest.mark.usefixtures("unlocked")
def test_mutant_without_lock_nor_constraint_records_several(superuser: None, taker: Taker) -> None:
    with connection.schema_editor() as editor:
        for constraint in Response._meta.constraints:
            editor.remove_constraint(Response, constraint)
    for _ in range(5):
        send_at_once(taker, [f"tab-{tab}" for tab in range(MANY)])
        taker.body = taker.resume().json()
    assert not is_in_order(taker)


def test_a_double_click_on_a_page_is_one_answer(bank: None) -> None:
    reader = Reader().begin()
    fields = reader.fields()
    sent = at_once([lambda: Reader(client=Client(), address=reader.address).send(fields)] * MANY)
    assert {(answer.status_code, answer["Location"]) for answer in sent} == {(303, reader.address)}
    assert len(reader.responses) == 1


def test_takers_do_not_wait_for_each_other_nor_mix(bank: None) -> None:
    takers = [Taker().start() for _ in range(MANY)]
    at_once([taker.finish for taker in takers])
    for taker in takers:
        assert [response.key for response in taker.responses] == [key for key, _ in taker.sent]


# Keeping and erasing while an answer comes


def _quietly(work: Callable[..., Any], **arguments: Any) -> Any:
    try:
        return work(**arguments)
    except Exception as error:
        return type(error).__name__


def test_only_one_of_two_people_keeps_an_attempt(taker: Taker, django_user_model: Any) -> None:
    people = [django_user_model.objects.create_user(f"{name}@demo.example").pk for name in "ab"]
    kept = at_once([lambda pk=pk: _quietly(keep_attempt, token=taker.token, owner_id=pk) for pk in people])
    assert sorted(type(one).__name__ for one in kept) == ["Attempt", "str"]
    assert "AttemptUnknown" in kept


def test_an_answer_and_an_erasure_leave_all_or_nothing(bank: None) -> None:
    for _ in range(5):
        taker = Taker().start()
        tab, payload = tab_of(taker), taker.payload()
        erase = lambda token=taker.token: _quietly(erase_attempt, token=token, viewer_id=None)  # noqa: E731
        answer, erased = at_once([lambda: tab.send(payload, "k"), erase])  # noqa: B023
        assert (answer.status_code in {201, 404}, erased) == (True, None)
        assert not Response.objects.exists()


# The deadline is compared with the time of reception


@contextmanager
def held(token: str) -> Iterator[None]:
    """Keep the attempt locked by somebody else."""
    is_held, may_go = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Attempt.objects.select_for_update().get(token=token)
            is_held.set()
            may_go.wait(20)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    is_held.wait(20)
    yield
    may_go.set()
    thread.join()


def check_waiting_costs_no_time(taker: Taker) -> None:
    """Send an answer in time, that waits for a lock until after the deadline: it is recorded."""
    payload, tab = taker.payload(), tab_of(taker)
    with ThreadPoolExecutor(1) as pool:
        Attempt.objects.update(deadline_at=timezone.now() + timedelta(seconds=1.5))
        with held(taker.token):
            sent = pool.submit(lambda: (tab.send(payload, "in-time"), connections.close_all())[0])
            time.sleep(2)
            assert not sent.done()
        assert sent.result(20).status_code == 201
    assert tab.send({"item": taker.resume().json()["item"]["id"], "answer": UNKNOWN}, "late").status_code == 409


def test_waiting_for_a_lock_costs_the_taker_no_time(taker: Taker) -> None:
    check_waiting_costs_no_time(taker)


def test_mutant_that_reads_the_time_after_the_wait(taker: Taker, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor == "postgresql":
        monkeypatch.setattr(clock, "reception", lambda: timezone.now() + timedelta(seconds=2))
    else:
        monkeypatch.setattr(clock, "reception", lambda: None)
    with pytest.raises(AssertionError):
        check_waiting_costs_no_time(taker)
