"""A student from the test to a module to a review, signed in, with JavaScript and without; a picture of each page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import SCREENSHOTS
from tests.e2e.installation import Installation
from tests.e2e.judging import judge
from tests.e2e.playing import answer, begin, finish, is_at_profile

MOST = 30
ONWARD = "main .actions a.button, main a.button"


def look(page: Page, name: str, java_script: bool) -> None:
    """Keep a picture; judge the page where axe can run."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"suivi-{name}-{'js' if java_script else 'nojs'}.png", full_page=True)
    if java_script:
        judge(page)


def read_to_the_end(page: Page) -> int:
    """Go on from step to step until the check; return how many steps that was."""
    for steps in range(MOST):
        if page.url.split("?")[0].endswith("/bilan/"):
            return steps
        page.locator(".onward .button").click()
        page.wait_for_load_state()
    raise AssertionError("the module does not end")


def answer_the_check(page: Page) -> None:
    """Answer each situation of the check and read its explanation, to the result."""
    for _ in range(MOST):
        if is_at_profile(page):
            return
        if page.locator("form[data-sitting]").count():
            answer(page)
        else:
            page.locator(ONWARD).first.click()
        page.wait_for_load_state()
    raise AssertionError("the check does not end")


@pytest.mark.parametrize("java_script", [True, False], ids=["js", "nojs"])
def test_from_the_test_to_a_module_to_a_review(
    open_page: Callable[..., Page], site: Installation, java_script: bool
) -> None:
    page = open_page("student", java_script_enabled=java_script)
    begin(page, "placement")
    assert finish(page) >= 3
    page.goto("/profil/")
    expect(page.locator(".score .figure")).to_have_count(1)
    look(page, "ma-page", java_script)
    assert "Demandé par" in page.locator(".next").inner_text()  # what is asked comes first
    page.locator(".next .button").click()
    page.wait_for_url(
        re.compile("/demande/|/evaluation/|/parcours/")
    )  # its part that is left, once another has begun it
    page.goto("/profil/")
    page.locator("ol.steps a").first.click()
    page.wait_for_url("**/parcours/**")
    page.locator("main .row a.button").first.click()
    page.wait_for_url("**/parcours/*/*/**")
    look(page, "etape", java_script)
    if "/bilan/" not in page.url:
        expect(page.locator("[data-ticket]")).to_have_count(1)
        assert read_to_the_end(page) >= 1
    look(page, "bilan", java_script)
    page.get_by_role("button", name="Faire le point").click()
    page.wait_for_url("**/evaluation/s/*/**")
    answer_the_check(page)
    look(page, "resultat", java_script)
    page.goto("/profil/revisions/")
    look(page, "revisions", java_script)
    if page.locator("main .row a.button").count():
        page.locator("main .row a.button").first.click()
        page.wait_for_url("**/carte/**")
        look(page, "carte", java_script)
    page.goto("/profil/traces/")
    look(page, "traces", java_script)


def test_time_is_counted_while_the_page_is_seen(open_page: Callable[..., Page], site: Installation) -> None:
    page = open_page("student")
    page.goto("/profil/")
    page.goto(page.locator(".lines .line-title a").first.get_attribute("href") or "")
    page.locator(".path a").first.click()
    page.locator("[data-ticket]").wait_for()
    before = site.query("SELECT sum(seconds) FROM learning_moduleprogress")[0][0]
    page.mouse.move(40, 40)
    page.wait_for_timeout(2500)
    page.goto("/profil/")  # what is sent when a page is left is not shown to whoever drives the browser
    page.wait_for_timeout(1500)
    after = site.query("SELECT sum(seconds) FROM learning_moduleprogress")[0][0]
    assert 1 <= after - before <= 10


def test_an_attestation_is_taken_away_and_verified(open_page: Callable[..., Page]) -> None:
    page = open_page("student")
    page.goto("/profil/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Télécharger (PDF)").first.click()
    assert taken.value.suggested_filename.endswith(".pdf")
    page.get_by_role("link", name="Page de vérification").first.click()
    page.get_by_role("heading", name="Cette attestation est valide.").wait_for()
    expect(page.get_by_text("développement professionnel continu")).to_be_visible()
    judge(page)
