"""An item inside a step: the step comes back with what was right; only a signed-in reader leaves a row."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel import clock
from kernel.models import OutboxEvent
from lms.learning.models import Module, ModulePage, PracticeResponse, ReviewCard
from question_bank import api as bank_api
from tests.lms.learning import samples
from tests.lms.learning.practice.forms import fields, first_choice, forms

pytestmark = pytest.mark.django_db
STEP = "/parcours/verifier-identite/la-situation/"
SEND = "/parcours/-/essai/"


@pytest.fixture
def module(bank: None) -> Module:
    return samples.make()


@pytest.fixture
def person(db: None) -> Any:
    return get_user_model().objects.create_user("nadia@example.org", None)


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def content_of(key: str) -> Any:
    release = bank_api.release(bank_api.current_release_id())
    return bank_api.item_content(next(one.item_version_id for one in release.entries if one.key == key))


def test_no_key_is_in_the_step_before_the_answer(module: Module, browser: Client) -> None:
    page = browser.get(STEP)
    html = page.content.decode()
    words = content_of(samples.items()[0]).wordings["fr"]
    assert words.question in html.replace("&#x27;", "'")
    for text in (*(choice.rationale for choice in words.choices), *words.feedback):
        assert text not in html
    assert len(forms(page)) == 1


def test_an_anonymous_answer_is_explained_in_the_step_and_leaves_nothing(module: Module, browser: Client) -> None:
    form = forms(browser.get(STEP))[0]
    with CaptureQueriesContext(connection) as queries:
        page = browser.post(SEND, first_choice(form))
    html, words = page.content.decode(), content_of(samples.items()[0]).wordings["fr"]
    assert page.status_code == 200
    assert words.feedback[0] in html
    assert "Étape 1 sur 4" in html and "Nadia, infirmière" in html
    assert 'id="essai-1"' in html
    assert page["Content-Location"] == STEP
    assert not page.cookies
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)
    assert not PracticeResponse.objects.exists()
    assert not OutboxEvent.objects.filter(kind="learning.ItemPractised").exists()


def test_the_page_shown_again_keeps_its_links(module: Module, browser: Client) -> None:
    page = browser.post(f"{SEND}?p=grand", first_choice(forms(browser.get(STEP))[0]))
    html = page.content.decode()
    assert 'href="/en/parcours/verifier-identite/la-situation/?p=grand"' in html
    assert 'action="/parcours/verifier-identite/la-situation/"' in html  # the display panel
    assert f'href="{STEP}?p=grand#essai-1"' in html
    assert 'data-p="grand"' in html


def test_the_form_leads_to_its_own_place(module: Module, browser: Client) -> None:
    assert f'action="{SEND}#essai-1"' in forms(browser.get(STEP))[0]


def test_in_english_too(module: Module, browser: Client) -> None:
    form = forms(browser.get("/en/parcours/verifier-identite/la-situation/"))[0]
    page = browser.post("/en/parcours/-/essai/", first_choice(form))
    assert content_of(samples.items()[0]).wordings["en"].feedback[0] in page.content.decode().replace("&#x27;", "'")


def test_a_signed_in_reader_leaves_one_row_and_one_event(module: Module, browser: Client, person: Any) -> None:
    browser.force_login(person)
    sent = first_choice(forms(browser.get(STEP))[0])
    for _ in range(2):  # a double click
        assert browser.post(SEND, sent).status_code == 200
    row = PracticeResponse.objects.get()
    assert (row.owner_id, row.module, row.step, row.item_key) == (
        person.pk, "verifier-identite", "la-situation", samples.items()[0],
    )  # fmt: skip
    event = OutboxEvent.objects.get(kind="learning.ItemPractised")
    assert event.payload["owner"] == person.pk
    assert event.payload["is_correct"] == row.is_correct
    assert event.payload["top"] == 1


def test_two_tabs_are_two_answers(module: Module, browser: Client, person: Any) -> None:
    browser.force_login(person)
    for form in [forms(browser.get(STEP))[0] for _ in range(2)]:
        browser.post(SEND, first_choice(form))
    assert PracticeResponse.objects.count() == 2


def test_what_is_missed_comes_back_among_the_cards(module: Module, browser: Client, person: Any) -> None:
    browser.force_login(person)
    form = forms(browser.get(STEP))[0]
    browser.post(SEND, {**fields(form), "unknown": "1"})
    card = ReviewCard.objects.get(owner=person)
    assert (card.ref, card.module, card.kind) == (samples.items()[0], "verifier-identite", "item")
    assert card.due_at - card.created_at == timedelta(days=1)


@pytest.mark.parametrize(
    "changes",
    [
        {"ticket": ""},
        {"ticket": "x:y"},
        {"ticket": "\x00"},
        {"essai": "999"},
        {"essai": "-1"},
        {"essai": "é"},
        {"essai": "²"},
        {"choice": "nulle-part"},
        {"choice": "\x00"},
        {"etape": "comprendre"},
    ],
)
def test_hostile_fields_get_an_honest_page(module: Module, browser: Client, changes: dict[str, str]) -> None:
    sent = {**first_choice(forms(browser.get(STEP))[0]), **changes}
    page = browser.post(SEND, sent)
    assert page.status_code in (200, 422)
    assert 'class="block practice"' in page.content.decode()
    assert not page.cookies


def test_a_tampered_ticket_says_so_and_asks_again(module: Module, browser: Client) -> None:
    sent = first_choice(forms(browser.get(STEP))[0])
    page = browser.post(SEND, {**sent, "ticket": sent["ticket"][:-2] + "AA"})
    assert page.status_code == 422
    assert "rien n’a été compté" in page.content.decode()
    assert browser.post(SEND, first_choice(forms(page)[0])).status_code == 200


def test_nothing_chosen_is_said_beside_the_question(module: Module, browser: Client) -> None:
    page = browser.post(SEND, fields(forms(browser.get(STEP))[0]))
    assert page.status_code == 422
    assert 'id="essai-1-error-choice"' in page.content.decode()


@pytest.mark.parametrize("key", ["nulle-part", "", "\x00", "x" * 5000, "é"])
def test_a_module_that_never_was_is_not_found(module: Module, browser: Client, key: str) -> None:
    sent = {**first_choice(forms(browser.get(STEP))[0]), "module": key}
    assert browser.post(SEND, sent).status_code == 404


def test_a_module_withdrawn_meanwhile_is_said_to_be(module: Module, browser: Client) -> None:
    sent = first_choice(forms(browser.get(STEP))[0])
    for page in ModulePage.objects.filter(slug="verifier-identite"):
        page.unpublish()
    assert browser.post(SEND, sent).status_code == 410


def test_a_step_removed_meanwhile_leads_to_the_cover(module: Module, browser: Client) -> None:
    sent = {**first_choice(forms(browser.get(STEP))[0]), "etape": "disparue"}
    page = browser.post(SEND, sent)
    assert page.status_code == 302
    assert page["Location"].startswith("/parcours/verifier-identite/?absente=")


def test_another_site_cannot_send_it(module: Module, browser: Client) -> None:
    sent = first_choice(forms(browser.get(STEP))[0])
    assert browser.post(SEND, sent, headers={"Origin": "https://evil.example"}).status_code == 403


def test_a_body_too_large_is_refused(module: Module, browser: Client) -> None:
    sent = {**first_choice(forms(browser.get(STEP))[0]), "text": "x" * 70_000}
    assert browser.post(SEND, sent).status_code == 413


def test_asking_for_the_address_leads_to_the_catalogue(module: Module, browser: Client) -> None:
    assert browser.get(SEND)["Location"] == "/parcours/"


def test_four_items_cost_no_more_queries_than_one(bank: None, browser: Client) -> None:
    counts = []
    for number, keys in enumerate((samples.items(1), samples.items(4))):
        said = samples.words(keys)
        blocks = [{"type": "item", "value": key} for key in keys]
        steps = [samples.StepWords(key="une", title="Une", minutes=4, blocks=blocks)]
        said = samples.words(keys, steps=steps)
        samples.create_home_pages()
        samples.write_module(key=f"m{number}", shared=samples.facts(), words={"fr": said}, publish=True, digest="")
        browser.get(f"/parcours/m{number}/une/")
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(f"/parcours/m{number}/une/")
        assert len(forms(page)) == len(keys)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_time_is_passed_in(module: Module, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sent, real = first_choice(forms(browser.get(STEP))[0]), clock.now()
    monkeypatch.setattr(clock, "now", lambda: real + timedelta(days=3))
    page = browser.post(SEND, sent)
    assert page.status_code == 422
    assert "trop longtemps" in page.content.decode()
    assert f'value="{sent["choice"]}" checked' in page.content.decode()
