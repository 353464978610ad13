"""Two passes, one per database (./test): what has nothing to learn from the second one runs in the first alone."""

import os

import pytest

IS_POSTGRESQL = os.environ.get("SOCLE_DATABASE_URL", "").startswith("postgres")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "client_of", "database"}
ONCE = ("browser", "sqlite", "once")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect, never skip: each test runs in the pass or passes it is for."""
    kept = [item for item in items if _belongs(item)]
    config.hook.pytest_deselected(items=[item for item in items if not _belongs(item)])
    items[:] = kept


def _belongs(item: pytest.Item) -> bool:
    if not IS_POSTGRESQL:
        return item.get_closest_marker("postgresql") is None
    return _uses_database(item) and not any(item.get_closest_marker(name) for name in ONCE)


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(DATABASE_FIXTURES & fixtures)
