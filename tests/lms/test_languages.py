"""Each address speaks its language, to the end: dates, letters, files, refusals, and the way to the other one."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from django.template.defaultfilters import date as written
from django.test import Client
from django.utils.translation import override
from pypdf import PdfReader

from kernel.models import Mail, Retention
from lms.accounts.api import User
from lms.demonstration.seeding import seed
from question_bank.interactions import building
from tests.lms.assessments.reading import Reader
from tests.lms.assessments.taking import ATTEMPTS, Taker
from tests.themes.catalogue import words_of
from tests.themes.test_catalogue import french_in

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,fr;q=0.5"}


@pytest.mark.parametrize("path", ["/en/nowhere/", "/en/evaluation/s/nowhere/", "/en/evaluation/nowhere/"])
def test_an_english_address_that_leads_nowhere_says_so_in_english(bank: None, client: Client, path: str) -> None:
    response = client.get(path)
    page = response.content.decode()
    assert response.status_code == 404
    assert '<html lang="en">' in page
    assert not french_in(page)


@pytest.mark.parametrize(("path", "language"), [("/evaluation/", "fr"), ("/en/evaluation/", "en")])
def test_a_page_speaks_the_language_of_its_address_whatever_the_browser_asks(
    bank: None, client: Client, path: str, language: str
) -> None:
    for asked in ("fr", "en", "de"):
        response = client.get(path, headers={"Accept-Language": asked})
        assert (response["Content-Language"], "Accept-Language" in response.get("Vary", "")) == (language, False)
        assert f'<html lang="{language}"' in response.content.decode()


def test_the_api_refuses_in_french_unless_english_is_asked_for(bank: None, client: Client) -> None:
    for headers, sentence in (
        ({}, "Cette adresse ne mène à aucune évaluation."),
        (ENGLISH, "This address does not lead"),
    ):
        response = client.get(f"{ATTEMPTS}/nowhere", headers=headers)
        assert response.json()["error"]["message"].startswith(sentence)
        assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("interaction", ["inline_choice", "number"])
def test_an_item_and_a_repeated_answer_are_the_same_whatever_is_asked(bank: None, interaction: str) -> None:
    taker = Taker().start().meet(interaction)
    assert taker.client.get(f"{ATTEMPTS}/{taker.token}", headers=ENGLISH).json()["item"] == taker.item
    payload = taker.payload()
    told = taker.send(payload, "once").content
    assert taker.send(payload, "once", **ENGLISH).content == told


@pytest.fixture
def in_french_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have items in French only: what is looked for is ours around them."""
    monkeypatch.setattr(building, "WORDINGS", ("fr",))


def test_the_label_of_a_blank_is_in_the_language_of_its_item(in_french_only: None, bank: None) -> None:
    taker = Taker().start(locale="en").meet("inline_choice")
    page = taker.client.get(f"/en/evaluation/s/{taker.token}/").content.decode()
    assert taker.item["language"] == "fr"
    assert 'aria-label="Choix 1"' in page


def test_the_pdf_of_an_english_profile_is_in_english(bank: None) -> None:
    taker = Taker().start("citizen", "en").finish()
    response = taker.client.get(f"/en/evaluation/s/{taker.token}/profil.pdf")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    assert 'filename="socle-profile.pdf"' in response["Content-Disposition"]
    assert "Three steps to move forward" in " ".join(text.split())
    assert not french_in(f"<p>{' '.join(text.split())}</p>")


def test_someone_who_signs_up_in_english_is_written_to_in_english(db: None, client: Client) -> None:
    response = client.post("/en/compte/signup/", {"email": "ada@example.org", "password1": "a long calm sentence 41"})
    assert (response.status_code, response["Location"]) == (302, "/en/compte/confirm-email/")
    assert User.objects.get().language == "en"
    letter = Mail.objects.get()
    assert letter.subject == "Confirm your address"
    assert re.search(r"\b\d{6}\b", letter.text)
    assert not french_in(letter.html)
    assert not french_in(f"<p>{letter.text}</p>")


def test_leaving_an_account_stays_in_the_language(db: None, client: Client) -> None:
    client.force_login(User.objects.create_user("ada@example.org"))
    assert client.post("/en/compte/logout/")["Location"] == "/en/"


def link_of(page: str, language: str) -> str:
    """Return where the link to the other language leads."""
    return unescape(page.split(f'" lang="{language}" hreflang')[0].rsplit('href="', 1)[1])


def test_the_other_language_is_the_same_page_of_the_same_attempt(bank: None) -> None:
    taker = Taker().start("citizen").finish()
    address = f"/evaluation/s/{taker.token}/profil"
    french = taker.client.get(f"{address}?p=grand.sombre").content.decode()
    assert link_of(french, "en") == f"/en{address}?p=grand.sombre"
    english = taker.client.get(link_of(french, "en")).content.decode()
    assert link_of(english, "fr") == f"{address}?p=grand.sombre"
    assert not french_in(english)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_changing_language_on_the_way_to_an_account_does_not_lose_the_attempt(
    db: None, client: Client, prefix: str
) -> None:
    other, language = ("/en", "en") if not prefix else ("", "fr")
    page = client.get(f"{prefix}/compte/login/?next={prefix}/evaluation/s/x/garder").content.decode()
    assert link_of(page, language) == f"{other}/compte/login/?next=" + f"{other}/evaluation/s/x/garder".replace(
        "/", "%2F"
    )
    elsewhere = client.get(f"{prefix}/verification/?code=7K2M9Q%26x&next=https://elsewhere.example").content.decode()
    assert link_of(elsewhere, language).endswith("?code=7K2M9Q%26x&next=https%3A%2F%2Felsewhere.example")


def test_a_whole_sitting_in_english_ends_in_english(in_french_only: None, bank: None) -> None:
    reader = Reader(prefix="/en").begin("citizen")
    while reader.hidden:
        page = reader.answer().content.decode()
        assert not french_in(page)
    assert "Three steps to move forward" in words_of(page)


def test_a_learner_reads_the_titles_of_assessments_in_english(bank: None, now: object, client: Client) -> None:
    seed(now=now)  # type: ignore[arg-type]
    entered = client.post("/en/visite/student")
    Taker(client=client).start("citizen")
    page = client.get(entered["Location"]).content.decode()
    assert entered["Location"] == "/en/profil/"
    assert "Find where I stand, for my own health" in words_of(page)
    assert "M’entraîner" not in page


def test_dates_are_written_as_in_europe() -> None:
    told = {}
    for language in ("fr", "en"):
        with override(language):
            told[language] = written(date(2026, 11, 21), "DATE_FORMAT")
    assert told == {"fr": "21 novembre 2026", "en": "21 November 2026"}


def test_what_is_kept_is_told_in_french_where_there_is_no_english(bank: None, client: Client) -> None:
    assert not french_in(client.get("/en/vie-privee/").content.decode())
    Retention.objects.filter(kind="jobs").update(basis_en="", days=1)
    page = client.get("/en/vie-privee/").content.decode()
    assert '<span lang="fr">Travaux terminés' in page
    assert "1 day." in words_of(page)
