"""The suite is stricter than production (docs/architecture.md): see tests/strict/, and filterwarnings in pyproject."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.servers import Redis

pytest_plugins = [
    "tests.browser",
    "tests.strict.database",
    "tests.strict.luck",
    "tests.strict.ordering",
    "tests.strict.passes",
    "tests.strict.templates",
    "tests.strict.walls",
]


def pytest_configure() -> None:
    """WhiteNoise warns of a folder that only `collectstatic` makes."""
    from django.conf import settings

    from kernel import actors

    actors.work()  # a test that is not a request acts as the worker (tests/strict/walls.py)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def now() -> datetime:
    """Time is passed in: a Tuesday in October, in the afternoon in Paris."""
    return datetime(2026, 10, 20, 13, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Redis, one per worker."""
    server = Redis(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server.url
    server.stop()


@pytest.fixture(autouse=True)
def clean_caches() -> Iterator[None]:
    """A value cached by one test is not there in the next."""
    from django.core.cache import cache

    yield
    cache.clear()


@pytest.fixture(autouse=True)
def no_look_is_known() -> None:
    """A test begins without the look of a university, and its first page without a statement to read them."""
    from themes.looks.wardrobe import Wardrobe, keep

    keep(Wardrobe(read_at=float("inf")))


@pytest.fixture(autouse=True)
def each_test_begins_in_french() -> Iterator[None]:
    """A request leaves its language behind it in the thread."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def uploads_in_a_temporary_folder(settings: object, tmp_path: Path) -> None:
    """Nothing is written in the tree."""
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
