"""A country with two universities, its pilot, and what is published of it."""

from datetime import datetime

import pytest

from tests.lms.dashboards.national.country import Country


@pytest.fixture
def country(db: None, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Country:
    monkeypatch.setattr("kernel.clock.now", lambda: now)
    return Country(now)
