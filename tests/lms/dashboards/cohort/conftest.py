"""A classroom, empty."""

from datetime import datetime

import pytest

from tests.lms.dashboards.cohort.classroom import Classroom


@pytest.fixture
def room(db: None, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Classroom:
    monkeypatch.setattr("kernel.clock.now", lambda: now)
    return Classroom(now)
