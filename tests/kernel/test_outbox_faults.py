"""The outbox when things go wrong; each test has its mutant, which shows that it can fail."""

import itertools
import os
import subprocess
import sys
import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.models import Q

from kernel.events import delivery, dispatch, drain, fanout, publish
from kernel.mail import queue_mail
from kernel.models import Delivery, Mail, OutboxEvent
from tests.kernel.conftest import LampLit

# A handler that raises


def _fail_on_second(hear, say, now):
    """Two aggregates, two listeners, one of which fails on one event; return what each heard of each."""
    broken, sound, here, there = defaultdict(list), defaultdict(list), UUID(int=1), UUID(int=2)

    def fragile(event):
        if event.name == "b":
            raise ValueError("b is too much")
        broken[event.aggregate].append(event.name)

    hear(fragile, "fragile")
    hear(lambda event: sound[event.aggregate].append(event.name), "sound")
    for name in "abc":
        say(name, here)
    say("elsewhere", there)
    dispatch(now=now)
    return broken[here], broken[there], sound[here], sound[there]


@pytest.mark.django_db
def test_a_failing_handler_holds_back_only_its_own_later_events(hear, say, now):
    assert _fail_on_second(hear, say, now) == (["a"], ["elsewhere"], ["a", "b", "c"], ["elsewhere"])


@pytest.mark.django_db
def test_mutant_without_order_lets_later_events_overtake(hear, say, now, monkeypatch):
    due = Q(next_attempt_at=None)
    monkeypatch.setattr(delivery, "_heads", lambda *, now: Delivery.objects.filter(due).order_by("event_id"))
    assert _fail_on_second(hear, say, now)[0] == ["a", "c"]


@pytest.mark.django_db
def test_a_failure_is_kept_put_off_and_tried_again(hear, say, now):
    heard, is_broken = [], True

    def fragile(event):
        if is_broken:
            raise ValueError("too much")
        heard.append(event.name)

    hear(fragile, "fragile")
    say("a", uuid4())
    say("b", OutboxEvent.objects.get().aggregate)
    dispatch(now=now)
    row = Delivery.objects.order_by("event_id").first()
    assert (row.attempts, row.next_attempt_at) == (1, now + timedelta(seconds=5))
    assert "ValueError: too much" in row.error
    dispatch(now=now + timedelta(seconds=4))
    dispatch(now=now + timedelta(seconds=6))
    row.refresh_from_db()
    assert (row.attempts, row.next_attempt_at) == (2, now + timedelta(seconds=6 + 10))
    is_broken = False
    assert dispatch(now=now + timedelta(seconds=17)) == 2
    assert heard == ["a", "b"]


@pytest.mark.django_db
def test_what_a_failing_handler_wrote_is_undone(hear, say, now):
    def write_then_fail(event):
        queue_mail(to="a@example.org", subject=event.name, text="")
        raise ValueError

    hear(write_then_fail, "write_then_fail")
    say("a", uuid4())
    dispatch(now=now)
    assert not Mail.objects.exists()
    assert Delivery.objects.get().attempts == 1


@pytest.mark.django_db
def test_a_listener_whose_code_has_gone_waits_without_stopping_others(hear, say, now):
    heard = []
    hear(lambda event: heard.append(event.name), "here")
    say("a", uuid4())
    fanout.fan_out(now=now)
    Delivery.objects.create(event=OutboxEvent.objects.get(), listener="gone.away", aggregate=uuid4())
    dispatch(now=now)
    assert heard == ["a"]
    assert "No listener is called gone.away" in Delivery.objects.get().error


# A worker that dies between the handler's work and the deletion of its delivery


def _die_then_recover(say, database, *arguments):
    """Let one worker die at the worst moment, another come after it; return how often the handler's row is there."""
    from tests.kernel.dying_worker import write_once

    say("once", uuid4())
    environment = {**os.environ, "SOCLE_DATABASE_URL": database.url}
    command = [sys.executable, "-m", "tests.kernel.dying_worker", *arguments]
    assert subprocess.run(command, env=environment, check=False).returncode == 9
    from kernel.events import listen
    from kernel.events.listeners import forget

    listen(LampLit)(write_once)
    try:
        drain()
    finally:
        forget(write_once)
    return Mail.objects.filter(subject="once").count()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_after_the_handler_leaves_its_effects_once(say, database):
    assert _die_then_recover(say, database) == 1


@pytest.mark.django_db(transaction=True)
def test_mutant_without_transaction_leaves_them_twice(say, database):
    assert _die_then_recover(say, database, "mutant") == 2


# Two dispatchers at once


def _dispatch_in_parallel(hear, say, now, *, several=False):
    """Let four threads dispatch the same events; return what was handled for each aggregate, in order of commit."""

    def note(event):
        queue_mail(to="x@example.org", subject=event.name, text=str(event.aggregate))

    hear((lambda events: [note(event) for event in events]) if several else note, "note", several=several)
    names = [uuid4() for _ in range(8)]
    for number, aggregate in itertools.product(range(10), names):
        say(f"{number:02}", aggregate)
    _in_threads(4, lambda: [dispatch(now=now) for _ in range(3)])
    drain(now=now)
    handled = defaultdict(list)
    for row in Mail.objects.order_by("id"):
        handled[UUID(row.text)].append(row.subject)
    return handled


def _in_threads(count, work):
    """Run `work` in several threads at once; raise what one of them raised."""
    start = threading.Barrier(count, timeout=20)

    def run():
        start.wait()
        try:
            work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        for future in [pool.submit(run) for _ in range(count)]:
            future.result()


def _expected(handled):
    return {aggregate: [f"{number:02}" for number in range(10)] for aggregate in handled}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("several", [False, True], ids=["one by one", "several at once"])
def test_dispatchers_in_parallel_handle_each_event_once_and_in_order(hear, say, now, several):
    handled = _dispatch_in_parallel(hear, say, now, several=several)
    assert len(handled) == 8
    assert handled == _expected(handled)
    assert not Delivery.objects.exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_mutant_without_lock_handles_events_twice(hear, say, now, monkeypatch):
    monkeypatch.setattr(
        delivery, "_claim", lambda pks, *, now: list(Delivery.objects.select_related("event").filter(pk__in=pks))
    )
    handled = _dispatch_in_parallel(hear, say, now)
    assert handled != _expected(handled)


# A transaction that commits late


def _commit_late(say, now):
    """Publish in a transaction that stays open while a later event is published and dispatched."""
    is_published, may_commit = threading.Event(), threading.Event()

    def late():
        with transaction.atomic():
            publish(LampLit(aggregate=uuid4(), at=now, name="late"))
            is_published.set()
            may_commit.wait(10)
        connections.close_all()

    thread = threading.Thread(target=late)
    thread.start()
    try:
        is_published.wait(10)
        say("early", uuid4())
        dispatch(now=now)
    finally:
        may_commit.set()
        thread.join()
    assert OutboxEvent.objects.get(payload__name="late").pk < OutboxEvent.objects.get(payload__name="early").pk
    dispatch(now=now)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_an_event_committed_late_is_not_lost(hear, say, now):
    heard = []
    hear(lambda event: heard.append(event.name), "heard")
    _commit_late(say, now)
    assert heard == ["early", "late"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_mutant_with_a_cursor_loses_it(hear, say, now, monkeypatch):
    heard, last = [], [0]

    def fan_out_by_cursor(*, now):
        found = OutboxEvent.objects.filter(pk__gt=last[0]).order_by("pk")
        events = list(found.values_list("id", "kind", "aggregate"))
        Delivery.objects.bulk_create(fanout._deliveries(events))
        last[0] = max([last[0], *(event_id for event_id, _, _ in events)])
        return len(events)

    monkeypatch.setattr(delivery, "fan_out", fan_out_by_cursor)
    hear(lambda event: heard.append(event.name), "heard")
    _commit_late(say, now)
    assert heard == ["early"]


# The row is claimed once even when two workers have read it as due


@pytest.mark.django_db
def test_a_delivery_done_by_another_in_the_meantime_is_left_alone(hear, say, now):
    heard = []
    hear(lambda event: heard.append(event.name), "heard")
    say("a", uuid4())
    fanout.fan_out(now=now)
    pk = Delivery.objects.get().pk
    assert delivery.deliver(pk, now=now) is None
    assert delivery.deliver(pk, now=now) == ""
    assert heard == ["a"]
    assert connection.in_atomic_block
