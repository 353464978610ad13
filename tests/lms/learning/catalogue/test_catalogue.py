"""/parcours/: journeys first, modules by domain, filters that are an address, honest answers to bad ones."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.learning.models import Journey, Module, ModulePage
from tests.lms.learning.catalogue.many import more_modules
from tests.lms.learning.modulefiles.folders import KEY

pytestmark = pytest.mark.django_db
TITLE = "Messagerie sécurisée ou courriel"


def page(address: str = "/parcours/") -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    assert not response.cookies
    return response.content.decode()


def count(text: str) -> str:
    found = re.search(r'<p class="count" role="status">(.*?)</p>', text)
    return found[1] if found else ""


class Elements(HTMLParser):
    """Counts the elements below body, but not those inside SVG."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.count, self.is_in_body, self.is_in_svg = 0, False, False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.count += self.is_in_body and not self.is_in_svg
        self.is_in_body = self.is_in_body or tag == "body"
        self.is_in_svg = self.is_in_svg or tag == "svg"

    def handle_endtag(self, tag: str) -> None:
        self.is_in_svg = self.is_in_svg and tag != "svg"


def test_journeys_come_first_then_modules_under_their_domain(catalogue: Path) -> None:
    text = page()
    assert text.index("Bien écrire") < text.index("La communication en santé</h2>") < text.index(TITLE)
    assert "19 minutes" in text and "pour débuter" in text and 'class="card stripe h3"' in text
    assert count(text) == "1 parcours et 1 module."


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("domaine=D3", True),
        ("competence=D3.C1", True),
        ("competence=D3", True),
        ("competence=D3.C2", False),
        ("domaine=D1", False),
        ("niveau=entry", True),
        ("niveau=further", False),
        ("public=student", True),
        ("public=citizen", False),
        ("metier=mk", True),
        ("metier=ass", False),
        ("minutes=20", True),
        ("minutes=15", False),
        ("langue=en", True),
        ("domaine=D3&niveau=entry&public=professional&minutes=20&langue=fr", True),
    ],
)
def test_filters_are_an_address(catalogue: Path, query: str, is_there: bool) -> None:
    assert (f"/parcours/{KEY}/" in page(f"/parcours/?{query}")) is is_there


def test_what_is_chosen_stays_chosen_and_is_said_in_words(catalogue: Path) -> None:
    text = page("/parcours/?competence=D3.C1&niveau=entry&minutes=20&p=grand")
    assert '<option value="D3.C1" selected>' in text and '<option value="entry" selected>' in text
    assert 'name="p" value="grand"' in text
    assert count(text).startswith("1 module sur «\u00a0Interagir") and "en 20 minutes au plus" in count(text)


def test_a_profession_leads_to_its_way_through_a_journey(catalogue: Path) -> None:
    text = page("/parcours/?metier=mk&p=grand")
    assert 'href="/parcours/mon-parcours/?metier=mk&amp;p=grand"' in text
    assert "dans le métier «\u00a0Masseur-kinésithérapeute\u00a0»" in count(text)
    assert 'href="/parcours/mon-parcours/?p=grand"' in page("/parcours/?p=grand")


def test_an_empty_answer_says_what_to_do(catalogue: Path) -> None:
    text = page("/parcours/?q=messagerie&domaine=D1")
    assert "Rien de tel pour l’instant" in text and "Voir le module trouvé sans ces filtres" in text
    assert 'href="/parcours/?q=messagerie"' in text
    assert "Aucun module" in count(text)


def test_nothing_at_all_is_an_answer_too(framework: None) -> None:
    from lms.learning.api import create_home_pages

    create_home_pages()
    assert "Rien de tel" in page() and "Voir" not in count(page())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=" + "a" * 500, "Une recherche tient en 100 caractères"),
        ("q=%25%25%25", "ne contient aucun mot"),
        ("q=%25%25%25", "Voici tout ce qu’il y a."),
        ("q=%C2%A7%C2%A7&niveau=entry", "Voici tout ce que laissent les filtres."),
        ("q=%00", ""),
        ("q=%27%3B%20drop%20table%20--", ""),
        ("q=%22messagerie%22%20%26%20!%7C%3A*", ""),
        ("q=" + "a+" * 49, ""),
        ("domaine=D9", "Le filtre «\u00a0D9\u00a0» n’existe pas"),
        ("minutes=-1", "n’existe pas"),
        ("metier=plombier", "Le filtre «\u00a0plombier\u00a0» n’existe pas"),
        ("niveau=%3Cscript%3E", "n’existe pas"),
        ("langue=%00", "n’existe pas"),
        ("competence=" + "x" * 5000, "n’existe pas"),
    ],
)
def test_bad_input_gets_an_honest_answer(catalogue: Path, query: str, said: str) -> None:
    text = page(f"/parcours/?{query}").partition("<main")[2]
    assert said in text and "<script>" not in text and "\0" not in text


def test_quotes_and_operators_are_only_words(catalogue: Path) -> None:
    assert f"/parcours/{KEY}/" in page("/parcours/?q=%22messagerie%22%20%26%20!%7C%3A*")


def test_the_english_page_shows_english_then_french_said_as_such(catalogue: Path) -> None:
    more_modules(1)
    text = page("/en/parcours/")
    assert "Secure messaging or e-mail?" in text and f'href="/en/parcours/{KEY}/"' in text
    assert '<h3 lang="fr"><a href="/parcours/un-module-0/"' in text


def test_a_module_withdrawn_leaves_the_catalogue(catalogue: Path) -> None:
    ModulePage.objects.get(slug=KEY, locale__language_code="fr").unpublish()
    assert f"/parcours/{KEY}/" not in page()


@pytest.mark.parametrize("query", ["", "?q=module", "?domaine=D3&niveau=entry"])
def test_as_many_queries_for_one_module_as_for_twenty(catalogue: Path, query: str) -> None:
    page(f"/parcours/{query}")
    with CaptureQueriesContext(connection) as one:
        page(f"/parcours/{query}")
    more_modules(20)
    with CaptureQueriesContext(connection) as twenty:
        page(f"/parcours/{query}")
    assert len(one) == len(twenty)


def test_forty_modules_stay_within_the_budget(catalogue: Path) -> None:
    more_modules(39)
    text = page()
    assert Module.objects.count() == 40
    assert Elements(text).count <= 500
    assert len(text.encode()) <= 150_000


def test_reading_writes_nothing(catalogue: Path) -> None:
    with CaptureQueriesContext(connection) as queries:
        page("/parcours/?q=messagerie")
        page("/parcours/glossaire/")
    assert not [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_the_header_and_the_home_page_lead_there(catalogue: Path) -> None:
    home = page("/")
    assert home.count('href="/parcours/"') == 2 and ">Se former</a>" in home
    assert 'href="/en/parcours/"' in page("/en/")


def test_what_is_many_is_unfolded_and_what_is_asked_for_is_not(catalogue: Path) -> None:
    more_modules(39)
    whole, domain = page(), page("/parcours/?domaine=D3")
    assert whole.count('<details class="more">') >= 1 and "autres modules" in whole
    for section in whole.split("<section")[2:]:
        assert section.partition('<details class="more">')[0].count('class="card stripe') <= 4
    assert whole.count('class="card stripe') == 40  # the folded ones are in the page, for whoever searches in it
    assert '<details class="more">' not in domain and domain.count('class="card stripe') > 5


def test_a_fold_is_never_for_one_module(catalogue: Path) -> None:
    for number in range(4):
        module = Module.objects.get(key=KEY)
        module.pk, module.key, module.uuid = None, f"m{number}", Module._meta.get_field("uuid").get_default()
        module.save(force_insert=True)
        text = page()
        assert text.count('class="card stripe') == number + 2
        assert ("2 autres modules" in text) == (number == 3)
    assert "1 autre module" not in text


def test_a_french_journey_says_so_on_the_english_page(catalogue: Path) -> None:
    Journey.objects.update(languages=["fr"])
    text = page("/en/parcours/")
    way = text.partition('<ul class="ways">')[2].partition("</ul>")[0]
    assert "in French" in way and '<h3 lang="fr">' in way and '<li class="card">' in way
    assert "in French" not in page("/parcours/").partition("<h2")[2]
