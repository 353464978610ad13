"""Writing the site's first pages, once; afterwards they belong to whoever edits them in /cms/."""

from django.db import transaction
from wagtail.models import Locale, Page, Site

from lms.learning.models import HomePage

from .trees import catalogue

WORDS = {
    "fr": {
        "title": "Accueil",
        "headline": "Le numérique en santé, vous en êtes où\u00a0?",
        "lead": "Une vingtaine de situations vécues, choisies au fil de vos réponses. À la fin, un portrait honnête de "
        "vos forces, et trois pas pour avancer.",
        "promise": "Un quart d’heure environ. Aucun cookie, rien à installer. Votre résultat s’efface après "
        "30\u00a0jours.",
        "student_title": "J’étudie en santé",
        "student_text": "Me situer sur le socle commun, avant les modules de mon université et la certification.",
        "professional_title": "Je soigne, j’accompagne",
        "professional_text": "Me situer en un quart d’heure, depuis un téléphone, et savoir quoi revoir d’abord.",
        "citizen_title": "Je m’informe",
        "citizen_text": "Mon espace santé, mes données, la téléconsultation, en mots simples.",
    },
    "en": {
        "title": "Home",
        "headline": "Digital health: where do you stand?",
        "lead": "About twenty real situations, chosen as you answer. At the end, an honest picture of your "
        "strengths and three steps to move forward.",
        "promise": "About fifteen minutes. No cookie, nothing to install. Your result is erased after 30\u00a0days.",
        "student_title": "I study in health",
        "student_text": "Find where I stand on the common core, before my university’s modules and the certification.",
        "professional_title": "I care, I support",
        "professional_text": "Find where I stand in fifteen minutes, from a phone, and what to look at first.",
        "citizen_title": "I want to know",
        "citizen_text": "Mon espace santé, my data, remote consultations, in plain words.",
    },
}


@transaction.atomic
def create_home_pages() -> bool:
    """Write the home page and the catalogue in both languages, unless they are there; say whether home was written."""
    is_new = not HomePage.objects.exists()
    if is_new:
        _write_home()
    for language in WORDS:
        catalogue(language)
    return is_new


def _write_home() -> None:
    root = Page.get_first_root_node()
    for welcome in Page.objects.filter(depth=2, slug="home"):  # Wagtail's own welcome page
        welcome.delete()
    french, _ = Locale.objects.get_or_create(language_code="fr")
    english, _ = Locale.objects.get_or_create(language_code="en")
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(slug="accueil", locale=french, **WORDS["fr"]))
    _translate(home, english)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Socle"}
    )


def _translate(home: HomePage, english: Locale) -> None:
    copy = home.copy_for_translation(english)
    for name, words in WORDS["en"].items():
        setattr(copy, name, words)
    copy.slug = "home"
    copy.save_revision().publish()
