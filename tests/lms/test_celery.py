"""The worker lets answers pass first, but never while it could hold SQLite's only pen."""

import os
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from lms import celery

pytestmark = pytest.mark.skipif(not hasattr(os, "SCHED_IDLE"), reason="a class of processes that Linux has")


def _class_of_a_worker() -> int:
    celery.give_way()
    return os.sched_getscheduler(0)


@pytest.mark.parametrize(("vendor", "expected"), [("postgresql", "SCHED_IDLE"), ("sqlite", "SCHED_OTHER")])
def test_the_worker_gives_way(vendor: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(celery, "connection", SimpleNamespace(vendor=vendor))
    with ThreadPoolExecutor(1) as worker:  # a class is a thread's, and this one ends with it
        assert worker.submit(_class_of_a_worker).result() == getattr(os, expected)
