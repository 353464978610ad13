"""A real chromium against a real server: `page`, `phone` and `plain` (no JavaScript), and `axe` to judge them.

A page of ours that logs an error, breaks its own security policy or asks anything of another host fails its test.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from tests.servers.processes import find

NAMES = ("chromium", "chromium-browser", "google-chrome")
MACOS = [Path("/Applications/Chromium.app/Contents/MacOS"), Path("/Applications/Google Chrome.app/Contents/MacOS")]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives the browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, one per worker, that cannot leave the loopback."""
    # Playwright's loop lives in this thread, in which Django then refuses the database although nothing is concurrent.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    options = ["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"]
    options += ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(), args=options)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _program() -> Path:
    found = [path for path in (folder / name for folder in _folders() for name in NAMES) if path.exists()]
    return found[0] if found else find(NAMES[0], "chromium", MACOS)


def _folders() -> list[Path]:
    return [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]


class Faults(list[str]):
    """What went wrong in a page; a test that provokes one clears the list."""


@pytest.fixture
def faults() -> Iterator[Faults]:
    """What went wrong in this test's pages: there must be nothing."""
    found = Faults()
    yield found
    assert not found


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, faults: Faults) -> Iterator[Callable[..., Page]]:
    """Open a page of one's own (a new visitor each time): open_page(viewport=…, java_script_enabled=…, locale=…)."""
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **{"viewport": DESKTOP, "locale": "fr-FR", **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        return _watched(context.new_page(), live_server.url, faults)

    yield open_page
    for context in contexts:
        context.close()


def _watched(page: Page, address: str, faults: Faults) -> Page:
    def on_request(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            faults.append(f"asks {request.url}")

    page.on("request", on_request)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "console", lambda message: faults.append(f"{page.url}: {message.text}") if message.type == "error" else None
    )
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

    def judge(page: Page) -> None:
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} scrolls sideways by {wide} px"

    return judge


@contextmanager
def expected_faults(faults: Faults) -> Iterator[None]:
    """Let a test provoke what is otherwise a fault, such as an address that does not exist."""
    yield
    faults.clear()
