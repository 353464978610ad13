"""The coordinator's and the pilot's journeys, and the barometer; each page judged, at two widths, with its picture."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, SCREENSHOTS
from tests.e2e.installation import Installation
from tests.e2e.judging import focus_is_seen, judge, open_all

NARROW = {"width": 360, "height": 780}
HOUSE = "/pilotage/etablissement/demonstration/"
ELEMENTS = "document.querySelectorAll('body *').length - document.querySelectorAll('body svg *').length"
MOST = 1500


def look(page: Page, name: str) -> None:
    """Keep a picture, open what is folded, judge the page and count what it is made of."""
    width = (page.viewport_size or DESKTOP)["width"]
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"pilotage-{name}-{width}.png", full_page=True)
    open_all(page)
    judge(page)
    assert page.evaluate(ELEMENTS) <= MOST, page.url


def sized(open_page: Callable[..., Page], role: str, width: int) -> Page:
    return open_page(role, viewport=DESKTOP if width == 1280 else NARROW)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_coordinator_reads_the_institution(open_page: Callable[..., Page], site: Installation, width: int) -> None:
    page = sized(open_page, "coordinator", width)
    page.goto(HOUSE)
    look(page, "etablissement")
    page.get_by_label("Filière", exact=True).select_option(index=1)
    page.get_by_role("button", name="Montrer").click()
    page.wait_for_url("**filiere=**")
    look(page, "etablissement-filiere")
    for name in ("jury", "heures"):
        page.goto(HOUSE)  # what look() opened covers the tabs of a phone
        page.locator(f".views a[href$='/{name}/']").click()
        page.wait_for_url(f"**/{name}/**")
        look(page, name)


def test_hours_of_class_without_javascript(
    open_page: Callable[..., Page], site: Installation, faults: list[str]
) -> None:
    page = open_page("coordinator", java_script_enabled=False)
    page.goto(f"{HOUSE}heures/")
    page.get_by_label("Cohorte").select_option(index=1)
    page.get_by_label("Durée").fill("1,5")
    page.get_by_role("button", name="Noter").click()
    expect(page.get_by_text("Choisissez au moins une compétence dans la liste.")).to_be_visible()
    expect(page.get_by_label("Durée")).to_have_value("1,5")
    faults.clear()  # chromium says in its console that the form was refused
    page.get_by_label("Cohorte").select_option(label=closest_cohort(page))
    page.get_by_label("Jour").fill(str(site.query("SELECT date('now', '-1 day')")[0][0]))
    page.locator("[name=competencies]").first.check()
    page.get_by_role("button", name="Noter").click()
    expect(page.get_by_text("Les heures sont notées")).to_be_visible()
    page.get_by_role("link", name="Changer").first.click()
    page.get_by_role("button", name="Retirer ces heures").click()
    expect(page.get_by_text("Ces heures sont retirées.")).to_be_visible()


def closest_cohort(page: Page) -> str:
    """Return the name of a cohort of the latest year."""
    names = [name for name in page.locator("[name=cohort] option").all_inner_texts() if name[-4:].isdigit()]
    return max(names, key=lambda name: name[-4:])


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pilot_reads_the_country(open_page: Callable[..., Page], site: Installation, width: int) -> None:
    page = sized(open_page, "pilot", width)
    page.goto("/pilotage/")
    page.wait_for_url("**/pilotage/national/**")
    look(page, "national")
    page.get_by_role("link", name="Université de Démonstration").first.click()
    page.get_by_role("heading", level=1, name="Université de Démonstration").wait_for()
    look(page, "universite")


@pytest.mark.parametrize("width", [1280, 360])
def test_everyone_reads_the_barometer(open_page: Callable[..., Page], site: Installation, width: int) -> None:
    page = sized(open_page, "", width)
    page.goto("/barometre/")
    expect(page.get_by_text("données de démonstration").first).to_be_visible()
    look(page, "barometre")
    assert page.context.cookies() == []


def test_the_institution_is_read_by_keyboard(open_page: Callable[..., Page], site: Installation) -> None:
    page = open_page("coordinator")
    page.goto(HOUSE)
    stops = page.locator("main :is(a, summary, select, button):visible").count()
    page.locator("main").focus()
    for _ in range(stops):
        page.keyboard.press("Tab")
        focus_is_seen(page)


@pytest.mark.parametrize("address", [HOUSE, "/barometre/"])
def test_it_prints_one_page_wide(open_page: Callable[..., Page], site: Installation, address: str) -> None:
    page = open_page("coordinator", viewport={"width": 700, "height": 990})  # what A4 leaves between its margins
    page.goto(address)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
