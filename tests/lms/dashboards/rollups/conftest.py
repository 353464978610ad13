"""A country with a bank, and nobody in it yet."""

from datetime import datetime

import pytest

from tests.lms.cohorts.country import Country
from tests.lms.dashboards.rollups import doing


@pytest.fixture
def country(bank: None, now: datetime) -> Country:
    built = Country.built(now)
    doing.settle(now)
    return built
