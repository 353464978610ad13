"""A real chromium against a real server: `page`, `phone` and `plain` (no JavaScript), and `axe` to judge them.

A page of ours that logs an error, breaks its own security policy or asks anything of another host fails its test.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.e2e.installation import Installation, installed
from tests.e2e.judging import judge

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
PATIENCE = 20_000  # milliseconds: two processors serve, browse and run other tests meanwhile
SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A whole installation with every state on stage, one per worker."""
    with installed(tmp_path_factory.mktemp("site")) as installation:
        yield installation


class Faults(list[str]):
    """What went wrong in a page; a test that provokes one clears the list."""


@pytest.fixture
def faults() -> Iterator[Faults]:
    """What went wrong in this test's pages: there must be nothing."""
    found = Faults()
    yield found
    assert not found


@pytest.fixture
def open_page(chromium: Browser, site: Installation, faults: Faults) -> Iterator[Callable[..., Page]]:
    """Open a page of one's own: open_page(role, viewport=…, java_script_enabled=…, locale=…).

    Each is a new visitor; with a role, one who entered as the demonstration's person.
    """
    contexts: list[BrowserContext] = []

    def open_page(role: str = "", **options: Any) -> Page:
        context = chromium.new_context(base_url=site.url, **{"viewport": DESKTOP, "locale": "fr-FR", **options})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if role:
            enter(context, role)
        return watched(context.new_page(), site.url, faults)

    yield open_page
    for context in contexts:
        context.close()


def enter(context: BrowserContext, role: str) -> None:
    """Sign in through the Visite strip, without a page."""
    response = context.request.post(f"/visite/{role}", max_redirects=0)
    assert response.status == 303, response.status_text


def watched(page: Page, address: str, faults: Faults) -> Page:
    """Note in `faults` what a page does and should not."""

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            faults.append(f"asks {request.url}")

    def on_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"{page.url}: {message.text}")

    page.on("request", on_request)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", on_message)
    return page


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A desktop, 1280 px wide."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A telephone, 320 px wide."""
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def plain(open_page: Callable[..., Page]) -> Page:
    """A browser whose JavaScript is off."""
    return open_page(java_script_enabled=False)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail on any violation that axe finds, and on a page wider than its screen."""
    return judge


@contextmanager
def expected_faults(faults: Faults) -> Iterator[None]:
    """Let a test provoke what is otherwise a fault, such as an address that does not exist."""
    yield
    faults.clear()
