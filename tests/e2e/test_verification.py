"""Somebody checks a certificate: by keyboard, without JavaScript (its states: test_states.py)."""

from playwright.sync_api import Page, expect

from tests.e2e.installation import Installation


def test_by_keyboard_alone(page: Page, site: Installation) -> None:
    certificate = site.stage["certificates"]
    page.goto("/verification/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # “Aller au contenu”
    page.keyboard.press("Tab")
    page.keyboard.type(certificate["printed"].lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/verification/{certificate['valid']}")
    expect(page.get_by_text("Léa Martin")).to_be_visible()
    assert page.context.cookies() == []


def test_without_java_script(plain: Page, site: Installation) -> None:
    plain.goto("/verification/")
    plain.get_by_label("Code du certificat").fill(site.stage["certificates"]["valid"])
    plain.get_by_role("button", name="Vérifier").click()
    expect(plain.get_by_role("heading", name="Ce certificat est valide.")).to_be_visible()
