"""A simulation as people meet it: by mouse, by keys alone, without JavaScript, in two tabs, on a small screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE, Faults
from tests.e2e.installation import Installation
from tests.e2e.judging import fits, judge
from tests.e2e.playing import END, GESTURE, make_gesture, served, tab_to, wait_past
from tests.e2e.states import ENVIRONMENTS

every_environment = pytest.mark.parametrize("environment", ENVIRONMENTS)


def fresh(site: Installation, environment: str) -> str:
    """Return a simulation that nobody has touched: the gestures of another test are taken away."""
    token = str(site.stage["simulations"][environment])
    site.query(
        "DELETE FROM assessments_itemaction WHERE attempt_id = (SELECT id FROM assessments_attempt WHERE token = ?)",
        token,
    )
    return token


def gestures(site: Installation, token: str) -> int:
    """Return how many gestures are kept."""
    return int(
        site.query(
            "SELECT count(*) FROM assessments_itemaction WHERE attempt_id = "
            "(SELECT id FROM assessments_attempt WHERE token = ?)",
            token,
        )[0][0]
    )


@every_environment
def test_a_gesture_keeps_the_page_and_tells_what_followed(environment: str, page: Page, site: Installation) -> None:
    token = fresh(site, environment)
    page.goto(f"/evaluation/s/{token}/")
    page.evaluate("window.isTheSame = true")
    make_gesture(page, lambda: page.locator(GESTURE).first.click())
    assert page.evaluate("window.isTheSame")  # one exchange, no new page
    assert page.evaluate("document.activeElement.id") == "geste"
    assert "Fait" in page.locator("#geste").inner_text()
    assert page.locator("#geste").evaluate("one => one.getBoundingClientRect().top >= 0")
    assert gestures(site, token) == 1
    judge(page)


@every_environment
def test_by_keyboard_alone(environment: str, page: Page, site: Installation) -> None:
    token = fresh(site, environment)
    page.goto(f"/evaluation/s/{token}/")
    for count in (1, 2):
        tab_to(page, GESTURE)
        make_gesture(page, lambda: page.keyboard.press("Enter"))
        assert gestures(site, token) == count


@every_environment
def test_without_java_script_on_a_small_screen(
    environment: str, open_page: Callable[..., Page], site: Installation
) -> None:
    page, token = open_page(java_script_enabled=False, viewport=PHONE), fresh(site, environment)
    page.goto(f"/evaluation/s/{token}/")
    for count in (1, 2):
        make_gesture(page, lambda: page.locator(GESTURE).nth(1).click())
        assert page.url.endswith("#geste")
        assert gestures(site, token) == count
        fits(page)
    page.reload()
    assert page.locator("[name=step]").get_attribute("value") == "3"
    assert page.context.cookies() == []


def test_another_tab_follows(open_page: Callable[..., Page], site: Installation, faults: Faults) -> None:
    token = fresh(site, "incident")
    one, other = open_page(), open_page()
    for tab in (one, other):
        tab.goto(f"/evaluation/s/{token}/")
    make_gesture(one, lambda: one.locator(GESTURE).first.click())
    make_gesture(other, lambda: other.locator(GESTURE).last.click())
    assert other.locator(".note.sun").inner_text().startswith("Un autre geste")
    assert gestures(site, token) == 1
    faults.clear()  # the console tells of the 409


def test_a_gesture_whose_reply_is_lost_is_made_once(page: Page, site: Installation, faults: Faults) -> None:
    token = fresh(site, "identity_check")
    page.goto(f"/evaluation/s/{token}/")
    lost: list[int] = []

    def lose_the_first(route: object) -> None:
        if not lost:
            lost.append(route.fetch().status)  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/geste*", lose_the_first)
    make_gesture(page, lambda: page.locator(GESTURE).first.click())
    assert lost == [200]
    assert gestures(site, token) == 1
    faults.clear()  # the console tells of the lost reply


def test_finishing_tells_the_goals(page: Page, site: Installation) -> None:
    token = str(site.stage["finishable"])
    page.goto(f"/evaluation/s/{token}/")
    item = served(page)
    page.locator(END).click()
    wait_past(page, item)
    page.goto(f"/evaluation/s/{token}/explication/1")
    expect(page.get_by_text("C’est la bonne réponse.")).to_be_visible()
    assert page.locator(".rows .key-row").count() >= 2
    judge(page)
