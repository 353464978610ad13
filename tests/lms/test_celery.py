"""The worker lets answers pass first, but never while it could hold SQLite's only pen."""

import pytest

from lms import celery


@pytest.mark.parametrize(("vendor", "expected"), [("postgresql", [celery.POLITENESS]), ("sqlite", [])])
def test_the_worker_gives_way(vendor: str, expected: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(celery.os, "nice", asked.append)
    monkeypatch.setattr(celery.connection, "vendor", vendor)
    celery.give_way()
    assert asked == expected
