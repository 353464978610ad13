"""Practice in a step, in chromium: the explanation takes the place of the form, read first; without a script too."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.installation import Installation

pytestmark = pytest.mark.browser
FORM, TOLD = "[data-practice]", "[data-practice-place] .verdict"


def step_of(site: Installation) -> str:
    """Return the address of a step in which there is something to answer."""
    learning = site.stage["learning"]
    return f"/parcours/{learning['module']}/{learning['practice']}/"


def say_unknown(page: Page) -> None:
    """Answer the first item of the page honestly."""
    page.locator(f"{FORM} button[name=unknown]").first.click()
    page.locator(TOLD).first.wait_for()


def test_with_a_script_the_page_stays_and_the_verdict_is_read_first(chromium: Browser, site: Installation) -> None:
    context = chromium.new_context(base_url=site.url, locale="fr-FR")
    page = context.new_page()
    page.goto(step_of(site))
    count = page.locator(FORM).count()
    say_unknown(page)
    assert page.url == f"{site.url}{step_of(site)}"
    assert page.evaluate("document.activeElement.id") == "essai-1"
    expect(page.locator(FORM)).to_have_count(count - 1)
    assert context.cookies() == []
    context.close()


def test_without_a_script_the_page_comes_back_at_the_right_place(chromium: Browser, site: Installation) -> None:
    context = chromium.new_context(base_url=site.url, locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    page.goto(step_of(site))
    title = page.locator("h1").inner_text()
    say_unknown(page)
    assert page.url.endswith("/parcours/-/essai/#essai-1")
    expect(page.locator("h1")).to_have_text(title)
    page.get_by_role("link", name="Recommencer cette situation").first.click()
    assert re.search(re.escape(step_of(site)) + "#essai-1$", page.url)
    assert context.cookies() == []
    context.close()


def test_when_the_network_fails_the_form_is_sent_as_usual(chromium: Browser, site: Installation) -> None:
    context = chromium.new_context(base_url=site.url, locale="fr-FR")
    page = context.new_page()
    page.goto(step_of(site))
    page.route(
        "**/essai/**", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_()
    )
    say_unknown(page)
    assert "/parcours/-/essai/" in page.url
    context.close()


def test_by_keyboard_alone(chromium: Browser, site: Installation) -> None:
    context = chromium.new_context(base_url=site.url, locale="fr-FR")
    page = context.new_page()
    page.goto(step_of(site))
    button = page.locator(f"{FORM} button[name=unknown]").first
    for _ in range(200):
        if button.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(TOLD).first.wait_for()
    context.close()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_card_put_aside_keeps_what_was_just_answered(chromium: Browser, site: Installation, has_script: bool) -> None:
    context = chromium.new_context(base_url=site.url, locale="fr-FR", java_script_enabled=has_script)
    context.request.post("/visite/student", max_redirects=0)
    page = context.new_page()
    page.goto("/parcours/accompagner-a-la-teleconsultation/ce-que-l-on-note/")
    say_unknown(page)
    page.locator("details.flash summary").first.click()
    page.locator("details.flash").first.get_by_role("button", name="À revoir").click()
    kept = page.locator("details.flash[open] [role=status]")
    expect(kept).to_contain_text("elle revient demain")
    expect(page.locator(TOLD)).to_have_count(1)
    assert not has_script or kept.evaluate("one => one === document.activeElement")
    context.close()
