"""What a page may cost, as gates: elements, requests, bytes that crossed the wire, theme included."""

import pytest
from playwright.sync_api import Browser, Page

from benches.pages.command import cost_of
from benches.pages.kinds import BUDGETS, EXAMPLES, Example
from benches.pages.measuring import COUNT
from tests.e2e.conftest import PHONE
from tests.e2e.installation import Installation
from tests.e2e.judging import TOO_WIDE

HEADERS = 700  # about what comes before a page
# Show a page in the place of the one on screen, as sitting.js does: its styles are there already.
SHOW = """async address => {
  const html = await (await fetch(address)).text();
  document.body.replaceWith(document.adoptNode(new DOMParser().parseFromString(html, "text/html").body));
  return [new Blob([html]).size, document.querySelector("h1").textContent];
}"""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_page_keeps_to_its_budget(example: Example, chromium: Browser, site: Installation) -> None:
    cost, budget = cost_of(chromium, site, example, times=0), BUDGETS[example.kind]
    passed = {
        name: (getattr(cost, name), getattr(budget, name))
        for name in ("elements", "requests", "cold", "warm", "styles", "scripts")
        if getattr(budget, name) is not None and getattr(cost, name) > getattr(budget, name)
    }
    assert not passed, f"{example.name}: {passed}"
    assert cost.cold > cost.warm > 0 and cost.requests > 1, "nothing was measured"


def test_every_item_of_the_bank_fits_a_small_screen_and_the_budget(page: Page, site: Installation) -> None:
    """Each published item in turn in one attempt's page: elements, width at 320 px, bytes of the page."""
    walker, told = site.stage["walker"], []
    page.set_viewport_size(PHONE)
    page.goto(f"/evaluation/s/{walker}/")
    for item in site.stage["items"]:
        site.query("UPDATE assessments_attempt SET selection_log = ? WHERE token = ?", f"[{item['index']}]", walker)
        size, title = page.evaluate(SHOW, f"/evaluation/s/{walker}/")
        elements, wide, weight = page.evaluate(COUNT), page.evaluate(TOO_WIDE), size + HEADERS
        budget = BUDGETS["simulation" if item["environment"] else "question"]
        if wide or elements > budget.elements or weight > (budget.warm or 0):
            told.append(f"{item['key']} ({title}): {elements} elements, {weight} bytes, {wide}")
    assert not told, "\n".join(told)


def test_every_step_of_every_module_fits_a_small_screen_and_the_budget(page: Page, site: Installation) -> None:
    """Each step, each sheet: elements, width at 320 px."""
    told: list[str] = []
    steps = site.stage["learning"]["steps"]
    page.set_viewport_size(PHONE)
    page.goto("/parcours/")
    for address in [f"/parcours/{key}/{step}/" for key, known in steps.items() for step in (*known, "fiche", "bilan")]:
        _size, _title = page.evaluate(SHOW, address)
        elements, wide = page.evaluate(COUNT), page.evaluate(TOO_WIDE)
        if wide or elements > BUDGETS["step"].elements:
            told.append(f"{address}: {elements} elements, {wide}")
    assert steps and not told, "\n".join(told)
