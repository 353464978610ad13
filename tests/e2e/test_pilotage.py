"""The instructor's journey: the cohort, its students, the map of their competencies, one of them; a picture of each."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, SCREENSHOTS
from tests.e2e.installation import Installation
from tests.e2e.judging import focus_is_seen, judge, open_all

COHORT = "Soins infirmiers, 2e année"
NARROW = {"width": 360, "height": 780}
ELEMENTS = "document.querySelectorAll('body *').length - document.querySelectorAll('body svg *').length"
MOST = 1500
CLOSE_ALL = "document.querySelectorAll('details').forEach(one => { one.open = false; })"


def look(page: Page, name: str) -> None:
    """Keep a picture, open what is folded, judge the page and count what it is made of."""
    width = (page.viewport_size or DESKTOP)["width"]
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"pilotage-{name}-{width}.png", full_page=True)
    open_all(page)
    judge(page)
    assert page.evaluate(ELEMENTS) <= MOST, page.url
    page.evaluate(CLOSE_ALL)  # the display panel would lie over what is clicked next


def enter_cohort(page: Page) -> None:
    """Open the cohort, from the list of cohorts when there are several."""
    page.goto("/pilotage/")
    if "/cohorte/" not in page.url:
        look(page, "accueil")
        page.get_by_role("link", name=COHORT).first.click()
        page.wait_for_url("**/pilotage/cohorte/**")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("role", ["instructor", "coordinator"])
def test_from_the_cohort_to_one_student(
    open_page: Callable[..., Page], site: Installation, role: str, width: int
) -> None:
    page = open_page(role, viewport=DESKTOP if width == 1280 else NARROW)
    enter_cohort(page)
    expect(page.get_by_role("heading", level=1, name=COHORT)).to_be_visible()
    look(page, f"cohorte-{role}")
    page.get_by_role("link", name="Étudiants", exact=True).click()
    page.wait_for_url("**/etudiants/**")
    look(page, f"etudiants-{role}")
    page.get_by_role("link", name="Carte des compétences").click()
    page.wait_for_url("**/carte/**")
    look(page, f"carte-{role}")
    page.locator("tbody th a").first.click()
    page.get_by_role("heading", name="Ce que vous voyez, et pourquoi").wait_for()
    look(page, f"etudiant-{role}")


def test_a_student_is_found_without_javascript(open_page: Callable[..., Page], site: Installation) -> None:
    page = open_page("instructor", java_script_enabled=False)
    enter_without_judging(page)
    page.get_by_role("link", name="Étudiants", exact=True).click()
    somebody = page.locator("tbody th").nth(3).inner_text()
    page.get_by_label("Nom, numéro ou groupe").fill(somebody.upper())
    page.get_by_role("button", name="Chercher").click()
    page.wait_for_url("**q=**")
    found = page.locator("tbody th").all_inner_texts()
    assert found and set(found) == {somebody}
    page.get_by_role("link", name="Tous", exact=True).click()
    page.get_by_role("link", name="dernière activité", exact=True).click()
    page.wait_for_url("**tri=activite**")
    assert page.locator("tbody th").all_inner_texts()


def enter_without_judging(page: Page) -> None:
    """Open the cohort where axe cannot run."""
    page.goto("/pilotage/")
    if "/cohorte/" not in page.url:
        page.get_by_role("link", name=COHORT).first.click()


def test_every_link_of_the_cohort_is_reached_by_keyboard(open_page: Callable[..., Page], site: Installation) -> None:
    page = open_page("instructor")
    enter_cohort(page)
    links = page.locator("main a:visible, main summary:visible").count()
    page.locator("main").focus()
    for _ in range(links):
        page.keyboard.press("Tab")
        focus_is_seen(page)
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_cohort_prints_one_page_wide(open_page: Callable[..., Page], site: Installation) -> None:
    page = open_page("instructor", viewport={"width": 700, "height": 990})  # what A4 leaves between its margins
    enter_cohort(page)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".views")).to_be_hidden()
