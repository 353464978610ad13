"""The second factor as somebody of the staff meets it: by keyboard, without JavaScript, on a telephone, to the end."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.e2e.conftest import PHONE
from tests.e2e.judging import judge
from tests.lms.accounts.second_factor.walking import codes_of

ROOM = "/compte/second-facteur/"


def set_up(page: Page) -> str:
    """Read the key, write its code by keyboard and return the key."""
    page.goto(f"{ROOM}mise-en-place/")
    secret = "".join(page.locator("code").inner_text().split())
    page.get_by_label("Code").fill(codes_of(secret)[1])
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Vos codes de secours").wait_for()
    return secret


def test_each_page_of_the_second_factor_is_open_to_all(open_page: Callable[..., Page]) -> None:
    page = open_page("pilot", viewport=PHONE)
    page.goto(ROOM)
    judge(page)
    secret = set_up(page)
    judge(page)
    with page.expect_download() as file:
        page.get_by_role("link", name="Les télécharger").click()
    assert "codes de secours" in file.value.path().read_text()
    page.get_by_role("button", name="Je les ai").click()
    for address in ("", "codes/", "verifier/", "retirer/"):
        page.goto(ROOM + address)
        judge(page)
    page.get_by_role("button", name="Le retirer").click()
    page.get_by_role("link", name="En mettre un en place").wait_for()
    assert secret


def test_it_works_without_javascript(open_page: Callable[..., Page]) -> None:
    plain = open_page("ambassador", java_script_enabled=False)
    set_up(plain)
    plain.get_by_role("button", name="Je les ai").click()
    plain.get_by_role("heading", name="Mon second facteur").wait_for()
