"""What the tests of prescribing stand on."""

from datetime import datetime

import pytest

from tests.lms.prescribing import town as towns
from tests.lms.prescribing.town import NOW, Town


@pytest.fixture
def now() -> datetime:
    """The same moment as everywhere."""
    return NOW


@pytest.fixture
def town(bank: None) -> Town:
    """A university, its coordinator, a cohort and Lina in it."""
    return towns.build()


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch, now: datetime) -> datetime:
    """Stop the clock of pages and of starts at `now`."""
    set_clock(monkeypatch, now)
    return now


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Have pages and services read this moment, on both databases."""
    monkeypatch.setattr("kernel.clock.now", lambda: moment)
    monkeypatch.setattr("lms.assessments.services.starting.database_now", lambda: moment)
