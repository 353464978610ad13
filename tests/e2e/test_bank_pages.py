"""The bank's own pages in /cms/, as an author sees them: no violation, no wider than the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

PAGES = ("", "exposition/", "signalements/", "mesure/", "items/avant-de-creer-un-dossier/")


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, {"width": 360, "height": 740}], ids=str)
def test_the_bank_s_pages_are_accessible(
    open_page: Callable[..., Page], axe: Callable[[Page], None], viewport: dict[str, int]
) -> None:
    page = open_page("author", viewport=viewport)
    for name in PAGES:
        answer = page.goto(f"/cms/banque/{name}")
        assert answer
        assert answer.status == 200, name
        axe(page)
