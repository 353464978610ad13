"""One country for a whole module: it is long to write, and each test takes back what it did to it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.lms.walls import country as countries
from tests.lms.walls.country import Country

NOW = datetime(2026, 10, 20, 13, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Country]:
    """Write the country in a transaction around those of the tests, with the clock of services stopped."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr("kernel.clock.now", lambda: NOW)
        patch.setattr("lms.assessments.services.starting.database_now", lambda: NOW)  # PostgreSQL has its own
        yield countries.build(NOW)
        transaction.set_rollback(True)
