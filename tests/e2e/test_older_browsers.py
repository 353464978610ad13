"""Browsers from before 2022 know no cascade layers: what they keep of our styles must do to read and answer."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.installation import Installation
from tests.e2e.judging import fits
from tests.e2e.states import INTERACTIONS
from themes import styles

RULES = Path(styles.SOURCES, "90-older.css").read_text()


def as_before(page: Page) -> Page:
    """Have a page given what such a browser keeps of our stylesheets."""
    kept = RULES.replace("@supports not (accent-color: red)", "@supports (accent-color: red)")
    assert kept != RULES
    assert "@layer" not in kept

    def answer(route: Route) -> None:
        route.fulfill(body=kept if "/socle." in route.request.url else "", content_type="text/css")

    page.route("**/*.css", answer)
    return page


@pytest.mark.parametrize("path", ["/", "/evaluation/", "/evaluation/placement/", "/parcours/", "/compte/login/"])
def test_a_page_is_read_on_a_telephone(path: str, phone: Page, site: Installation) -> None:
    as_before(phone).goto(path)
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    mark = phone.locator(".mark svg").bounding_box()
    assert mark
    assert mark["width"] < 50
    fits(phone)


@pytest.mark.parametrize("interaction", INTERACTIONS)
def test_a_situation_is_answered(interaction: str, phone: Page, site: Installation) -> None:
    as_before(phone).goto(f"/evaluation/s/{site.stage['questions'][interaction]}/")
    button = phone.get_by_role("button", name="Valider")
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box
    assert box["height"] >= 44
    fits(phone)


def test_a_result_is_read(phone: Page, site: Installation) -> None:
    as_before(phone).goto(f"/evaluation/s/{site.stage['finished']}/profil")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    fits(phone)
