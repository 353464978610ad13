"""A university with its coordinator, and an institute attached to it."""

from datetime import datetime

import pytest

from tests.lms.dashboards.institution.campus import Campus


@pytest.fixture
def campus(db: None, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Campus:
    monkeypatch.setattr("kernel.clock.now", lambda: now)
    return Campus(now)
