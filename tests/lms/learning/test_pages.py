"""Modules as pages: what a reader finds at each address, and what remains when a page goes."""

import html
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.learning.models import Module, ModulePage
from lms.learning.services import write_journey
from lms.learning.types import HourWords, JourneyFacts, JourneyWords, PartWords
from tests.lms.learning import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def module(bank: None) -> Module:
    return samples.make()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/parcours/", "Vérifier une identité"),
        ("/parcours/verifier-identite/", "Ce que vous saurez faire"),
        ("/parcours/verifier-identite/la-situation/", "Étape 1 sur 4"),
        ("/parcours/verifier-identite/decider/", "Terminer par le bilan"),
        ("/parcours/verifier-identite/fiche/", "Demander"),
        ("/parcours/verifier-identite/bilan/", "Le bilan"),
        ("/parcours/verifier-identite/imprimer/", "Nadia, infirmière"),
        ("/en/parcours/verifier-identite/", "Checking an identity"),
        ("/en/parcours/verifier-identite/comprendre/", "Checking an identity 1"),
    ],
)
def test_each_address_says_what_it_should_and_sets_no_cookie(
    module: Module, client: Client, address: str, words: str
) -> None:
    page = client.get(address)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not page.cookies


def test_a_step_says_how_far_one_is_and_has_one_way_on(module: Module, client: Client) -> None:
    page = client.get("/parcours/verifier-identite/comprendre/").content.decode()
    assert "Étape 2 sur 4" in page and "environ 12 minutes encore" in page
    assert page.count('class="button" href="/parcours/verifier-identite/faire/"') == 1
    assert "/parcours/verifier-identite/la-situation/" in page


def test_the_preferences_of_the_address_follow_the_reader(module: Module, client: Client) -> None:
    for address in ("", "comprendre/", "fiche/", "bilan/"):
        page = client.get(f"/parcours/verifier-identite/{address}?p=contraste").content.decode()
        assert "/parcours/verifier-identite/" in page and "?p=contraste" in page, address


def test_no_answer_is_in_the_page(module: Module, client: Client) -> None:
    from question_bank import api as bank

    release = bank.release(bank.current_release_id())
    content = next(bank.item_content(e.item_version_id) for e in release.entries if e.key == module.item_keys[1])
    wording = content.wording("fr")
    rationales = [choice.rationale for choice in wording.choices]
    for address in ("comprendre/", "imprimer/"):
        page = html.unescape(client.get(f"/parcours/verifier-identite/{address}").content.decode())
        assert wording.title in page
        assert not [said for said in rationales if said in page], address


def test_a_step_that_is_gone_leads_to_the_cover_which_says_so(module: Module, client: Client) -> None:
    answer = client.get("/parcours/verifier-identite/etape-retiree/", follow=True)
    assert answer.redirect_chain == [("/parcours/verifier-identite/?absente=etape-retiree", 302)]
    assert "a été retirée ou réécrite" in answer.content.decode()


@pytest.mark.parametrize("how", ["unpublish", "delete"])
def test_a_module_that_is_gone_says_what_remains(module: Module, client: Client, how: str) -> None:
    getattr(ModulePage.objects.get(slug="verifier-identite", locale__language_code="fr"), how)()
    for part in ("", "comprendre/", "bilan/", "n-importe/quoi/"):
        answer = client.get(f"/parcours/verifier-identite/{part}")
        page = answer.content.decode()
        assert answer.status_code == 410
        assert "Vérifier une identité" in page and "est gardé" in page and 'href="/parcours/"' in page
        assert not answer.cookies
    module.refresh_from_db()
    assert not module.is_published and module.step_keys == list(samples.KEYS)
    assert "Vérifier une identité" not in client.get("/parcours/").content.decode()


def test_what_is_only_in_french_offers_it(bank: None, client: Client) -> None:
    samples.make(english=False)
    answer = client.get("/en/parcours/verifier-identite/")
    assert answer.status_code == 404
    assert 'href="/parcours/verifier-identite/"' in answer.content.decode()


def test_a_draft_is_nobody_s_business(bank: None, client: Client) -> None:
    samples.make(publish=False)
    assert client.get("/parcours/verifier-identite/").status_code == 404
    assert client.get("/parcours/jamais-vu/").status_code == 404


def test_an_item_withdrawn_from_the_bank_leaves_the_step_readable(module: Module, client: Client) -> None:
    page = ModulePage.objects.get(slug="verifier-identite", locale__language_code="fr")
    page.steps = json.loads(json.dumps(page.steps.get_prep_value()).replace(module.item_keys[1], "plus-la"))
    page.put_live(page.save_revision(clean=False))
    answer = client.get("/parcours/verifier-identite/comprendre/").content.decode()
    assert "n’est plus proposée" in answer and "Continuer" in answer


def test_one_file_to_take_away(module: Module, client: Client) -> None:
    answer = client.get("/parcours/-/a-emporter/verifier-identite.html")
    page = answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="verifier-identite-fr.html"'
    assert len(answer.content) < 150_000 and not answer.cookies
    assert "<svg" in page and "--brand" in page and "Nadia, infirmière" in page
    assert not re.search(r"<script|<link|<form|<img|<iframe|src=", page)
    assert client.get("/en/parcours/-/a-emporter/verifier-identite.html")["Content-Disposition"].endswith('-en.html"')
    assert client.get("/parcours/-/a-emporter/jamais-vu.html").status_code == 404


def test_the_file_is_shown_as_its_reader_wishes(module: Module, client: Client) -> None:
    cover = client.get("/parcours/verifier-identite/?p=geant.sombre").content.decode()
    address = next(re.finditer(r'href="([^"]*/a-emporter/[^"]+)"', cover))[1]
    assert 'data-p="geant sombre"' in client.get(address).content.decode()
    assert (
        "data-p="
        not in client.get("/parcours/-/a-emporter/verifier-identite.html").content.decode().split("<style>")[0]
    )


def test_the_file_of_a_module_that_is_gone_says_so(module: Module, client: Client) -> None:
    ModulePage.objects.get(slug="verifier-identite", locale__language_code="fr").unpublish()
    assert client.get("/parcours/-/a-emporter/verifier-identite.html").status_code == 410


def test_a_journey_names_its_modules_and_its_hours(module: Module, client: Client) -> None:
    samples.make_journey(["verifier-identite"])
    page = client.get("/parcours/socle-etudiants/").content.decode()
    for said in ("Données de santé", "Vérifier une identité", "en présence", "Une mise en situation.", "Vingt-huit"):
        assert said in page


def test_a_journey_asks_as_much_of_the_database_for_one_module_as_for_six(module: Module, client: Client) -> None:
    def queries(keys: list[str]) -> int:
        samples.make_journey(keys)
        client.get("/parcours/socle-etudiants/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/parcours/socle-etudiants/")
        return len(captured)

    one = queries(["verifier-identite"])
    others = [samples.make(f"module-{n}", english=False).key for n in range(5)]
    assert queries(["verifier-identite", *others]) == one


def test_reading_changes_no_row(module: Module, client: Client) -> None:
    client.get("/parcours/verifier-identite/comprendre/")
    for address in ("", "comprendre/", "fiche/", "bilan/", "imprimer/", "etape-retiree/"):
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/parcours/verifier-identite/{address}")
        assert not [q["sql"] for q in captured if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def test_a_french_module_says_so_in_an_english_journey(bank: None, client: Client) -> None:
    module, french = samples.make(), samples.make("un-autre", english=False)
    hours = (HourWords(1, "Identity", [module.key, french.key]),)
    part = PartWords("data", "Health data", [module.key, french.key], 2, "", hours)
    words = {name: JourneyWords("Core", "All of it.", [part]) for name in ("fr", "en")}
    write_journey(key="core", shared=JourneyFacts("student"), words=words)
    english, told = client.get("/en/parcours/core/").content.decode(), client.get("/parcours/core/").content.decode()
    assert english.count("in French") == 2  # in the list, and in the programme
    assert english.count('href="/parcours/un-autre/" hreflang="fr" lang="fr"') == 2
    assert "in French" not in told and 'hreflang="fr" lang="fr"' not in told


@pytest.mark.parametrize("below", ["imprimer/", "fiche/", "bilan/", "nulle-part/"])
def test_a_journey_has_no_pages_of_its_own(bank: None, client: Client, below: str) -> None:
    samples.make_journey([samples.make().key])
    assert client.get("/parcours/socle-etudiants/").status_code == 200
    page = client.get(f"/parcours/socle-etudiants/{below}")
    assert page.status_code == 404
    assert "plus proposé" not in page.content.decode()
    assert client.get("/parcours/verifier-identite/une/de-trop/").status_code == 404
