"""Jobs: the row is the truth."""

from datetime import timedelta

import pytest

from kernel import jobs, tasks
from kernel.models import Job


@pytest.fixture
def work():
    """Register a job called “work” whose doing a test sets."""
    doings = []
    jobs.job("work")(lambda row: doings[-1](row))
    yield doings
    jobs.forget("work")


@pytest.fixture
def announced(monkeypatch):
    """What is sent to the broker, which is not there."""
    sent = []
    monkeypatch.setattr(tasks.run_job, "delay", sent.append)
    return sent


@pytest.mark.django_db
def test_a_job_is_announced_after_commit_only(work, announced, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = jobs.enqueue("work", {"of": 3}, owner=7)
        assert announced == []
    assert announced == [row.pk]
    assert (row.state, row.owner, row.payload) == ("queued", 7, {"of": 3})


@pytest.mark.django_db
def test_a_broker_that_is_away_loses_nothing(work, announced, monkeypatch, now, django_capture_on_commit_callbacks):
    def away(pk):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(tasks.run_job, "delay", away)
        row = jobs.enqueue("work", {})
        patch.undo()
        patch.setattr(tasks.run_job, "delay", away)
    assert jobs.sweep(now=now) == 1
    assert announced == [row.pk]


@pytest.mark.django_db
def test_a_job_runs_once_and_says_how_far_it_is(work, announced, now):
    seen = []

    def half(row):
        jobs.report_progress(row, 50)
        seen.append(Job.objects.get().progress)

    work.append(half)
    row = jobs.enqueue("work", {})
    assert jobs.run(row.pk, now=now)
    assert not jobs.run(row.pk, now=now)
    row.refresh_from_db()
    assert (seen, row.state, row.progress, row.attempts) == ([50], "done", 100, 1)


@pytest.mark.django_db
def test_a_job_that_fails_is_tried_again_later_and_at_last_given_up(work, announced, now):
    work.append(lambda row: 1 / 0)
    row = jobs.enqueue("work", {})
    for attempt in range(1, jobs.MAX_ATTEMPTS + 1):
        row.refresh_from_db()
        now = max(now, row.next_attempt_at or now)
        assert jobs.run(row.pk, now=now)
        row.refresh_from_db()
        assert row.attempts == attempt
        assert "ZeroDivisionError" in row.error
    assert row.state == "failed"
    assert not jobs.run(row.pk, now=now + timedelta(days=1))


@pytest.mark.django_db
def test_a_job_without_handler_says_so(announced, now):
    row = jobs.enqueue("nobody", {})
    jobs.run(row.pk, now=now)
    row.refresh_from_db()
    assert "KeyError: 'nobody'" in row.error


@pytest.mark.django_db
def test_the_sweeper_takes_back_what_a_dead_worker_left_and_fences_it_off(work, announced, now):
    late = now + jobs.STALE_AFTER + timedelta(seconds=1)
    row = jobs.enqueue("work", {})
    dead = jobs._claim(row.pk, now=now)
    assert jobs.sweep(now=now + timedelta(minutes=1)) == 0
    assert jobs.sweep(now=late) == 1
    work.append(lambda row: None)
    assert jobs.run(row.pk, now=late)
    with pytest.raises(jobs.JobTakenOver):
        jobs.report_progress(dead, 10)


@pytest.mark.django_db
def test_a_job_that_kills_its_workers_is_given_up(announced, now):
    row = jobs.enqueue("work", {})
    for _ in range(jobs.MAX_ATTEMPTS):
        assert jobs._claim(row.pk, now=now)
        now += jobs.STALE_AFTER + timedelta(seconds=1)
        jobs.sweep(now=now)
    row.refresh_from_db()
    assert row.state == "failed"
    assert "died" in row.error


def test_two_functions_cannot_want_the_same_kind(work):
    with pytest.raises(ValueError, match="work"):
        jobs.job("work")(lambda row: None)


@pytest.mark.django_db(transaction=True)
def test_a_real_broker_carries_the_news(work, redis_url, now):
    from celery import Celery

    app = Celery("proof", broker=redis_url, set_as_current=False)
    row = Job.objects.create(kind="work", payload={})
    app.send_task("kernel.tasks.run_job", [row.pk])
    with app.connection_for_read() as connection, connection.SimpleQueue("celery") as queue:
        message = queue.get(timeout=5)
        message.ack()
    work.append(lambda row: None)
    assert jobs.run(message.payload[0][0], now=now)
