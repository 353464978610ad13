"""Two universities, an institute attached to the first, cohorts and people of each."""

from datetime import datetime, timedelta

import pytest

from tests.lms.cohorts.country import Country


@pytest.fixture
def country(db: None, now: datetime) -> Country:
    return Country.built(now)


@pytest.fixture
def later(now: datetime) -> datetime:
    return now + timedelta(hours=1)
