"""Publishing and handing out, when nothing goes wrong."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from kernel import tasks
from kernel.events import Event, ListenerFailed, delivery, dispatch, drain, publish
from kernel.events.event import decode, encode, kind_of
from kernel.events.outbox import NotInTransaction
from kernel.models import Delivery, OutboxEvent
from tests.kernel.conftest import LampBroken, LampLit


@pytest.mark.django_db
def test_publishing_is_one_insert(django_assert_num_queries, now):
    with transaction.atomic(), django_assert_num_queries(1) as queries:
        publish(LampLit(aggregate=uuid4(), at=now, name="hall"))
    assert queries[0]["sql"].startswith("INSERT")


@pytest.mark.django_db(transaction=True)
def test_publishing_outside_a_transaction_is_refused(now):
    with pytest.raises(NotInTransaction, match="LampLit"):
        publish(LampLit(aggregate=uuid4(), at=now, name="hall"))


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_cause_takes_its_event_with_it(now):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(LampLit(aggregate=uuid4(), at=now, name="hall"))
        raise ZeroDivisionError
    assert not OutboxEvent.objects.exists()


@pytest.mark.django_db
def test_an_event_arrives_as_it_was_published(hear, now):
    heard = []
    hear(lambda event: heard.append(event), "first")
    at = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    said = LampLit(aggregate=uuid4(), at=now, name="é ✓", owner=uuid4(), until=at, power=0.1)
    with transaction.atomic():
        publish(said)
    assert drain() == 1
    assert heard == [said]
    assert not Delivery.objects.exists()
    assert OutboxEvent.objects.get().dispatched_at is not None


def test_the_kind_names_the_application():
    from kernel import events

    class KeyTurned(Event):
        pass

    KeyTurned.__module__ = events.__name__
    assert kind_of(KeyTurned) == "kernel.KeyTurned"


def test_a_field_that_is_not_flat_is_refused(now):
    @dataclass(frozen=True, kw_only=True)
    class Nested(Event):
        names: list[str]

    with pytest.raises(TypeError, match=r"Nested\.names is not flat"):
        encode(Nested(aggregate=uuid4(), at=now, names=[]))


def test_a_field_removed_since_is_ignored(now):
    aggregate = uuid4()
    event = decode(LampLit, aggregate=aggregate, at=now, payload={"name": "hall", "colour": "red"})
    assert event == LampLit(aggregate=aggregate, at=now, name="hall")


@pytest.mark.django_db
def test_each_listener_hears_each_event_once_and_in_order(hear, say):
    one, two, aggregate = [], [], uuid4()
    hear(lambda event: one.append(event.name), "one")
    hear(lambda event: two.append(event.name), "two")
    for name in "abcde":
        say(name, aggregate)
    assert drain() == 10
    assert drain() == 0
    assert one == two == list("abcde")


@pytest.mark.django_db
def test_a_listener_that_wants_few_events_gets_no_delivery_of_the_others(hear, say):
    all_names, strong, aggregate = [], [], uuid4()
    hear(lambda event: all_names.append(event.name), "all")
    hear(lambda event: strong.append(event.name), "strong", only=lambda event: event.power > 1)
    for name, power in [("a", 0.5), ("b", 2.0), ("c", 1.0), ("d", 3.0)]:
        say(name, aggregate, power=power)
    assert drain() == 6
    assert (all_names, strong) == (list("abcd"), ["b", "d"])


@pytest.mark.django_db
def test_what_a_handler_publishes_is_handed_out_too(hear, say):
    heard = []

    def echo(event):
        heard.append(event.name)
        if event.name == "call":
            publish(LampLit(aggregate=event.aggregate, at=event.at, name="echo"))

    hear(echo, "echo")
    say("call", uuid4())
    assert drain() == 2
    assert heard == ["call", "echo"]


@pytest.mark.django_db
def test_an_event_without_listener_is_done_at_once(say, now):
    say("nobody", uuid4())
    assert dispatch(now=now) == 0
    assert OutboxEvent.objects.get().dispatched_at == now


@pytest.mark.django_db
def test_dispatch_says_nothing_of_a_failure_and_drain_does(hear, say, now):
    hear(lambda event: 1 / 0, "failing")
    say("a", uuid4())
    assert dispatch(now=now) == 0
    with pytest.raises(ListenerFailed, match="ZeroDivisionError"):
        drain(now=now + timedelta(hours=1))


# Handlers of several: what waits for them at once, and none of it held up by one that fails


@pytest.mark.django_db
def test_a_handler_of_several_is_given_what_waits_in_one_transaction(hear, say, django_assert_max_num_queries):
    heard = []
    hear(lambda events: heard.append([event.name for event in events]), "several", several=True)
    for name in "abcdefgh":
        say(name, uuid4())
    with django_assert_max_num_queries(20):  # alone, each of the eight costs four
        assert drain() == 8
    assert heard == [list("abcdefgh")]
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_several_events_of_one_aggregate_come_one_after_the_other(hear, say):
    heard, lamp = [], uuid4()
    hear(lambda events: heard.append([event.name for event in events]), "several", several=True)
    for name, aggregate in (("on", lamp), ("other", uuid4()), ("off", lamp)):
        say(name, aggregate)
    assert drain() == 3
    assert heard == [["on", "other"], ["off"]]


@pytest.mark.django_db
def test_one_that_fails_leaves_the_others_done_exactly_once(hear, say, now, caplog):
    written = []

    def write(events):
        for event in events:
            publish(LampLit(aggregate=event.aggregate, at=event.at, name="done")) if event.name != "done" else None
            if event.name == "broken":
                raise ZeroDivisionError
        written.append([event.name for event in events])

    hear(write, "several", several=True)
    for name in ("a", "broken", "b"):
        say(name, uuid4())
    with pytest.raises(ListenerFailed, match="ZeroDivisionError"):
        drain(now=now)
    kept = Delivery.objects.select_related("event").get()
    assert (kept.event.payload["name"], kept.attempts) == ("broken", 1)
    assert written[:2] == [["a"], ["b"]]
    assert "3 deliveries failed together" in caplog.text
    assert OutboxEvent.objects.filter(payload__name="done").count() == 2


@pytest.mark.django_db
def test_a_handler_of_several_never_takes_more_than_a_transaction_should_hold(hear, say, monkeypatch):
    monkeypatch.setattr(delivery, "AT_ONCE", 2)
    heard = []
    hear(lambda events: heard.append(len(events)), "several", several=True)
    for name in "abcde":
        say(name, uuid4())
    assert drain() == 5
    assert heard == [2, 2, 1]


@pytest.mark.django_db
def test_a_handler_of_several_kinds_is_given_them_in_their_order(hear, say, now):
    heard = []

    def both(events):
        heard.append([(type(event).__name__, event.name) for event in events])

    hear(both, "both", several=True)
    hear(both, "both", of=LampBroken, several=True, only=lambda event: event.name != "spare")
    for kind, name in ((LampBroken, "first"), (LampLit, "second"), (LampBroken, "third"), (LampBroken, "spare")):
        with transaction.atomic():
            publish(kind(aggregate=uuid4(), at=now, name=name))
    assert drain() == 3
    assert heard == [[("LampBroken", "first"), ("LampLit", "second"), ("LampBroken", "third")]]


def test_a_process_dispatches_once_at_a_time(monkeypatch):
    """The mutant: without its lock, the second thread would come back with a second 7."""
    inside, may_end = threading.Event(), threading.Event()

    def slowly(*, now):
        inside.set()
        may_end.wait(10)
        return 7

    monkeypatch.setattr("kernel.tasks.events.dispatch", slowly)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(tasks.dispatch_outbox)
        assert inside.wait(10)
        assert tasks.dispatch_outbox() == 0
        may_end.set()
        assert first.result(10) == 7
    assert tasks.dispatch_outbox() == 7  # the door is open again
