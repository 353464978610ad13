"""The catalogue's place in the tree of pages: under the home page, one per language."""

from typing import Final

from django.db import transaction
from wagtail.models import Locale

from lms.learning.models import CataloguePage, HomePage

SLUG: Final = "parcours"
WORDS: Final = {
    "fr": ("Se former", "Des modules courts, bâtis sur ce que l’on rencontre vraiment. Sans compte, à votre rythme."),
    "en": ("Learn", "Short modules, built on what people really meet. No account needed, at your own pace."),
}


@transaction.atomic
def catalogue(language: str) -> CataloguePage:
    """Return the catalogue in `language`, written first if it is not there. The home page must be."""
    found: CataloguePage | None = CataloguePage.objects.filter(locale__language_code=language).order_by("pk").first()
    if found is not None:
        return found
    if language == "fr":
        return _under_home()
    return _translated(catalogue("fr"), language)


def _under_home() -> CataloguePage:
    home = HomePage.objects.get(locale__language_code="fr")
    title, lead = WORDS["fr"]
    page: CataloguePage = home.add_child(
        instance=CataloguePage(title=title, lead=lead, slug=SLUG, locale=home.locale, show_in_menus=True)
    )
    page.save_revision().publish()
    return page


def _translated(french: CataloguePage, language: str) -> CataloguePage:
    locale = Locale.objects.get(language_code=language)
    page: CataloguePage = french.copy_for_translation(locale, copy_parents=True)
    page.title, page.lead = WORDS.get(language, WORDS["en"])
    page.slug = SLUG
    page.save_revision().publish()
    page.refresh_from_db()
    return page
