"""An author changes a situation, another person publishes it, and learners meet the new words: in the browser."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import SCREENSHOTS
from tests.e2e.installation import Installation
from tests.e2e.judging import judge

KEY = "dossier-du-voisin"
TITLE = "Des nouvelles d’un autre voisin"


def enter(page: Page, role: str) -> None:
    page.goto("/")
    page.get_by_role("button", name=role, exact=True).click()
    page.wait_for_url("**/cms/")


def address(page: Page) -> str:
    page.goto(f"/cms/situations/?q={KEY}")
    return page.locator("table.listing a[href*='/edit/']").first.get_attribute("href") or ""


def photograph(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def test_from_the_author_to_the_reviewer(page: Page, site: Installation) -> None:
    enter(page, "Autrice")
    edit = address(page)
    page.goto(edit)
    page.get_by_role("tab", name="Français", exact=True).click()
    page.locator("input[name=fr_title]").fill(TITLE)
    page.locator("button[name='action-submit']").evaluate("button => button.click()")
    page.get_by_text(f"Soumis à relecture\u00a0: «\u00a0{TITLE}\u00a0»").wait_for()

    page.goto(edit.replace("/edit/", "/inspect/"))
    page.get_by_role("heading", name="Comme la verra la personne").wait_for()  # who wrote it cannot publish it
    expect(page.get_by_role("button", name="Approuver et publier")).to_have_count(0)

    enter(page, "Relecteur")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("heading", name="Comme la verra la personne").wait_for()
    photograph(page, "relire")
    judge(page)
    page.get_by_role("button", name="Approuver et publier").click()
    page.wait_for_load_state()

    page.goto(f"/cms/situations/?q={KEY}")
    row = page.locator("table.listing tbody tr").first
    assert TITLE in row.inner_text()
    assert "publiée" in row.inner_text().lower()
