"""One journey per role through the Visite strip, each with a screenshot for somebody to look at."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from lms.demonstration.roles import VISITORS, Visitor
from tests.e2e.conftest import SCREENSHOTS
from tests.e2e.installation import Installation
from tests.e2e.judging import judge
from tests.e2e.playing import answer, served


@dataclass(frozen=True)
class Journey:
    """What a role finds on its page, and what it does next."""

    sees: str
    then: Callable[[Page], None] | None = None


def _begins(page: Page) -> None:
    before = page.url
    page.locator("main form .button, main a.button").first.click()
    page.wait_for_url(lambda address: address != before)
    if page.locator("main form .button").count() and not page.locator("[name=item]").count():
        page.locator("main form .button").first.click()
    item = served(page)
    answer(page)
    expect(page.locator(f'[name=item][value="{item}"]')).to_have_count(0)


def _goes_on(page: Page) -> None:
    page.locator(".next .button").click()
    page.wait_for_url("**/demande/**")
    page.get_by_label("Non", exact=True).check()
    page.get_by_role("button", name=re.compile("Commencer|Continuer")).click()
    page.wait_for_url(re.compile("/evaluation/|/parcours/"))


def _opens_barometer(page: Page) -> None:
    page.goto("/barometre/")
    expect(page.get_by_text("210", exact=False).first).to_be_visible()


JOURNEYS = {
    "student": Journey("Bonjour Lina", _goes_on),
    "professional": Journey("Bonjour Karim", _begins),
    "citizen": Journey("Me situer pour ma santé", _begins),
    "ambassador": Journey("Animer un atelier citoyen", _begins),
    "instructor": Journey("Soins infirmiers, 2e année"),
    "coordinator": Journey("Soins infirmiers, 2e année"),
    "invigilator": Journey("Surveillantes, surveillants"),
    "author": Journey("Écrire et relire sur Socle"),
    "reviewer": Journey("Écrire et relire sur Socle"),
    "pilot": Journey("Pilotage national", _opens_barometer),
}


@pytest.mark.parametrize("visitor", VISITORS, ids=lambda visitor: visitor.key)
def test_each_role_enters_in_one_click_and_sets_to_work(visitor: Visitor, page: Page, site: Installation) -> None:
    page.goto("/")
    page.get_by_role("button", name=str(visitor.label), exact=True).click()
    page.wait_for_url(f"**{visitor.page}**")  # who has one cohort goes straight to it
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"visite-{visitor.key}.png", full_page=True)
    journey = JOURNEYS[visitor.key]
    expect(page.get_by_text(journey.sees).first).to_be_visible()
    judge(page)
    if journey.then:
        journey.then(page)


def test_the_door_of_the_cms(page: Page) -> None:
    page.goto("/cms/login/")
    judge(page)
