"""The wizard in a browser: without JavaScript from the file to the drafts; nothing for axe to say of our part."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from question_bank.authoring.models import ItemDraft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GIFT = (
    "::Une boîte pleine::Que faites-vous ? {=vider ~attendre ~appeler}\n\n"
    "Une phrase sans réponse.\n\n"
    "::Un écran noir::Que faites-vous, [html]<b>d’abord</b> ? {=appeler ~attendre}\n"
)
SHOTS = os.environ.get("SOCLE_SHOTS", "")


@pytest.fixture
def entered(live_server: Any, people: dict[str, Any], client: Client, chromium: Browser) -> Iterator[Any]:
    """Open pages as the author, with or without JavaScript, at a width."""
    client.force_login(people["ines"])
    contexts: list[BrowserContext] = []

    def page(width: int = 1280, *, script: bool = True) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, java_script_enabled=script, viewport={"width": width, "height": 900}
        )
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield page
    for context in contexts:
        context.close()


def upload(page: Page, folder: Path) -> None:
    path = folder / "questions.gift"
    path.write_text(GIFT, encoding="utf-8")
    page.goto("/cms/banque/importer/")
    page.get_by_label("Fichier").set_input_files(path)
    page.get_by_role("button", name="Voir le contenu").click()
    page.get_by_role("heading", name="Avant d’importer").wait_for()


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{page.viewport_size['width']}.png", full_page=True)


def test_from_the_file_to_the_drafts_without_javascript(entered, tmp_path):
    page = entered(script=False)
    upload(page, tmp_path)
    expect(page.get_by_role("heading", name="Avant d’importer")).to_be_visible()
    assert "Ligne 3" in page.locator("section[aria-labelledby=left-out]").inner_text()
    assert ItemDraft.objects.count() == 0
    page.get_by_role("button", name="Écrire les brouillons").click()
    page.wait_for_url(lambda address: "importer" not in address)
    assert sorted(ItemDraft.objects.values_list("key", flat=True)) == ["un-ecran-noir", "une-boite-pleine"]


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_has_nothing_to_say_and_nothing_overflows(width, entered, tmp_path):
    page = entered(width)
    page.goto("/cms/banque/importer/")
    judge(page, "begin")
    page.get_by_role("button", name="Voir le contenu").focus()
    upload(page, tmp_path)
    judge(page, "check")
    page.goto("/cms/banque/exporter/")
    judge(page, "export")


def judge(page: Page, name: str) -> None:
    shoot(page, name)
    found = Axe().run(page, context={"include": [[".exchange"], [".bank-head"]]})
    assert not [violation["id"] for violation in found.response["violations"]]
    wide = page.locator(".exchange").evaluate("part => part.getBoundingClientRect().right - window.innerWidth")
    assert wide <= 0
