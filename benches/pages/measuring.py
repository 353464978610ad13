"""What one page costs the person who opens it: elements, requests, bytes that crossed the wire, time to first byte."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

COUNT = "document.querySelectorAll('body *:not(svg *)').length"
FIRST_BYTE = """(() => {
  const one = performance.getEntriesByType('navigation')[0];
  return one.responseStart - one.requestStart;
})()"""
TIMES = 5


@dataclass(frozen=True)
class Cost:
    """`cold` with an empty cache, `warm` when the page's files are there already; bytes include headers."""

    elements: int
    requests: int
    cold: int
    warm: int
    styles: int
    scripts: int
    first_byte: float  # milliseconds, median


@dataclass
class Wire:
    """What crossed, by request, as the browser's own network log tells."""

    sizes: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def bytes_of(self, kind: str = "") -> int:
        """Add up the bytes of one kind of file, or of all."""
        return sum(size for name, size in self.sizes.items() if kind in ("", self.kinds.get(name)))


def measure(browser: Browser, address: str, *, cookies: list[Any] | None = None, times: int = TIMES) -> Cost:
    """Open `address` with an empty cache, then again `times` times."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    try:
        context.add_cookies(cookies or [])
        return _cost(context, context.new_page(), address, times)
    finally:
        context.close()


def _cost(context: BrowserContext, page: Page, address: str, times: int) -> Cost:
    with _listening(context, page) as cold:
        page.goto(address, wait_until="load")
    waits = [float(page.evaluate(FIRST_BYTE))]
    with _listening(context, page) as warm:
        page.goto(address, wait_until="load")
    for _ in range(times):
        page.goto(address, wait_until="load")
        waits.append(float(page.evaluate(FIRST_BYTE)))
    return Cost(
        elements=int(page.evaluate(COUNT)),
        requests=len(cold.sizes),
        cold=cold.bytes_of(),
        warm=warm.bytes_of(),
        styles=cold.bytes_of("Stylesheet"),
        scripts=cold.bytes_of("Script"),
        first_byte=median(waits),
    )


@contextmanager
def _listening(context: BrowserContext, page: Page) -> Iterator[Wire]:
    wire, session = Wire(), context.new_cdp_session(page)
    session.send("Network.enable")

    def on_response(event: dict[str, Any]) -> None:
        wire.kinds[event["requestId"]] = event["type"]

    def on_finished(event: dict[str, Any]) -> None:
        wire.sizes[event["requestId"]] = int(event["encodedDataLength"])

    session.on("Network.responseReceived", on_response)
    session.on("Network.loadingFinished", on_finished)
    yield wire
    page.wait_for_load_state("networkidle")
    session.detach()
