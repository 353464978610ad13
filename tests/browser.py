"""A real chromium, one per worker, shared by every test that drives it: playwright runs once in a thread."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.servers.processes import find

NAMES = ("chromium", "chromium-browser", "google-chrome")
MACOS = [Path("/Applications/Chromium.app/Contents/MacOS"), Path("/Applications/Google Chrome.app/Contents/MacOS")]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, which cannot leave the loopback."""
    # Playwright's loop lives in this thread, in which Django then refuses the database although nothing is concurrent.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=options())
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def options() -> list[str]:
    """Return how chromium is started: without a card, without asking anything of the outside."""
    found = ["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost"]
    found += ["--disable-gpu", "--disable-background-networking"]
    return found + (["--no-sandbox"] if os.geteuid() == 0 else [])


def program() -> Path:
    """Return where chromium is."""
    found = [path for path in (folder / name for folder in _folders() for name in NAMES) if path.exists()]
    return found[0] if found else find(NAMES[0], "chromium", MACOS)


def _folders() -> list[Path]:
    return [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
