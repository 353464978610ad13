"""The command: open an example of each kind of page in chromium, served as in production, and print what it costs."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benches.report import Figure, print_figures
from tests.browser import options as chromium_options
from tests.browser import program
from tests.e2e.installation import Installation, installed

from .kinds import BUDGETS, EXAMPLES, KB, Example
from .measuring import Cost, measure

PEER = "Pix first question, quoted"
PEER_REQUESTS, PEER_KB = 30.0, 1066.0


def main(argv: list[str]) -> int:
    """Run the bench; return 1 when a budget is passed."""
    parser = argparse.ArgumentParser(prog="python -m benches pages", description=__doc__)
    parser.add_argument("--only", default="", help="pages whose name contains this")
    chosen = [example for example in EXAMPLES if parser.parse_args(argv).only in example.name]
    with tempfile.TemporaryDirectory(prefix="socle-pages-") as folder, installed(Path(folder)) as site:
        figures = [figure for example, cost in _costs(site, chosen) for figure in _figures(example, cost)]
    return 0 if print_figures(figures) else 1


def _costs(site: Installation, chosen: list[Example]) -> list[tuple[Example, Cost]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=chromium_options())
        found = [(example, cost_of(browser, site, example)) for example in chosen]
        browser.close()
    return found


def cost_of(browser: Browser, site: Installation, example: Example, **how: Any) -> Cost:
    """Measure one example, entered as the role it is for."""
    cookies = _cookies(browser, site, example.role) if example.role else []
    return measure(browser, site.url + example.path(site.stage), cookies=cookies, **how)


def _cookies(browser: Browser, site: Installation, role: str) -> list[Any]:
    context = browser.new_context(base_url=site.url)
    context.request.post(f"/visite/{role}", max_redirects=0)
    cookies = list(context.cookies())
    context.close()
    return cookies


def _figures(example: Example, cost: Cost) -> list[Figure]:
    budget, is_question = BUDGETS[example.kind], example.kind == "question"

    def figure(name: str, value: float, unit: str, target: float | None = None, peer: float | None = None) -> Figure:
        compared = {"peer": PEER, "peer_value": peer} if peer is not None and is_question else {}
        return Figure("pages", f"{example.name}_{name}", value, unit, target, **compared)  # type: ignore[arg-type]

    return [
        figure("elements", cost.elements, "elements", budget.elements),
        figure("requests", cost.requests, "requests", budget.requests, PEER_REQUESTS),
        figure("cold", cost.cold / KB, "KB", budget.cold / KB, PEER_KB),
        figure("warm", cost.warm / KB, "KB", budget.warm / KB if budget.warm else None),
        figure("first_byte_p50", cost.first_byte, "ms"),
    ]
