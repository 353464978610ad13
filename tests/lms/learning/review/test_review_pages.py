"""Three minutes of review in the pages: what is due, one card a page, when it comes back."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kernel import clock
from lms.learning.models import PracticeResponse, ReviewAnswer, ReviewCard, ReviewReminder
from lms.learning.review.cards import note_flash, note_missed
from question_bank import api as bank_api
from tests.lms.learning import samples
from tests.lms.learning.practice.forms import fields, first_choice, forms

pytestmark = pytest.mark.django_db
HOME, CARD = "/profil/revisions/", "/profil/revisions/carte/"
PAGES = (HOME, CARD, "/profil/chemin/")


@pytest.fixture
def person(bank: None) -> Any:
    return get_user_model().objects.create_user("nadia@example.org", None)


@pytest.fixture
def reader(person: Any) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


def missed(person: Any, count: int = 1) -> None:
    """Have cards that are due now."""
    note_missed(owner_id=person.pk, keys=samples.items(count, "fr"), now=clock.now() - timedelta(days=3))


def rightly(form: str) -> dict[str, str]:
    """Return the fields of the right answer to the single choice of a form."""
    from lms.assessments.practice import Ticket

    sent = fields(form)
    ticket = Ticket.read(sent["ticket"])
    content = bank_api.item_content(ticket.version)
    return {**sent, "choice": ticket.mask.hide(content.version_uuid, str(content.expected.value))}


@pytest.mark.parametrize("address", PAGES)
def test_these_pages_ask_who_you_are(bank: None, address: str) -> None:
    page = Client().get(address)
    assert page.status_code == 302
    assert "/compte/login/" in page["Location"]


@pytest.mark.parametrize("address", [*(f"/en{page}" for page in PAGES), *PAGES])
def test_they_open_with_nothing_to_show(reader: Client, address: str) -> None:
    assert reader.get(address, follow=True).status_code == 200


def test_a_right_answer_puts_the_card_off(reader: Client, person: Any) -> None:
    missed(person)
    assert "1 carte aujourd’hui" in reader.get(HOME).content.decode()
    form = forms(reader.get(CARD))[0]
    page = reader.post(CARD, rightly(form))
    html = page.content.decode()
    assert "C’est la bonne réponse." in html and "Cette carte revient le" in html and "C’était facile" in html
    card = ReviewCard.objects.get()
    assert ReviewAnswer.objects.get().rating == 3
    assert card.due_at > clock.now() + timedelta(days=1)
    assert PracticeResponse.objects.get().module == ""
    assert "C’est fait pour aujourd’hui" in reader.get(HOME).content.decode()


def test_a_wrong_answer_brings_it_back_tomorrow(reader: Client, person: Any) -> None:
    missed(person)
    html = reader.post(CARD, {**fields(forms(reader.get(CARD))[0]), "unknown": "1"}).content.decode()
    assert "C’était facile" not in html
    assert ReviewAnswer.objects.get().rating == 1
    assert ReviewCard.objects.get().due_at < clock.now() + timedelta(days=1, minutes=1)
    assert ReviewCard.objects.count() == 1


def test_a_double_click_and_a_second_tab_count_once(reader: Client, person: Any) -> None:
    missed(person)
    first, second = (forms(reader.get(CARD))[0] for _ in range(2))
    for sent in (rightly(first), rightly(first), {**fields(second), "unknown": "1"}):
        assert reader.post(CARD, sent).status_code == 200
    assert ReviewAnswer.objects.count() == 1
    assert ReviewAnswer.objects.get().rating == 3


def test_easy_is_one_gesture_more(reader: Client, person: Any) -> None:
    missed(person)
    reader.post(CARD, rightly(forms(reader.get(CARD))[0]))
    good = ReviewCard.objects.get().due_at
    for _ in range(2):
        sent = {"carte": ReviewCard.objects.get().pk, "tour": 1}
        assert reader.post("/profil/revisions/facile/", sent).status_code == 303
    assert ReviewCard.objects.get().due_at > good


def test_a_flash_card_is_turned_and_rated(reader: Client, person: Any) -> None:
    when = clock.now() - timedelta(days=3)
    note_flash(
        owner_id=person.pk, ref="r", module="m", front="Recto", back="Verso", language="fr", is_known=False, now=when
    )
    html = reader.get(CARD).content.decode()
    assert "Recto" in html and "<details" in html
    card = ReviewCard.objects.get()
    page = reader.post(CARD, {"carte": card.pk, "tour": 1, "reponse": "su"})
    assert "Cette carte revient le" in page.content.decode()
    assert ReviewAnswer.objects.get().rating == 3


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"carte": "0"},
        {"carte": "9" * 15},
        {"carte": "9" * 400},
        {"carte": "²"},
        {"carte": "x", "tour": "y"},
        {"carte": "\x00"},
    ],
)
def test_a_card_that_is_nobody_s_leads_back(reader: Client, person: Any, sent: dict[str, str]) -> None:
    missed(person)
    for address in (CARD, "/profil/revisions/facile/"):
        assert reader.post(address, sent).status_code == 303
    assert not ReviewAnswer.objects.exists()


def test_a_tampered_card_form_asks_again(reader: Client, person: Any) -> None:
    missed(person)
    sent = {**rightly(forms(reader.get(CARD))[0]), "ticket": "x"}
    page = reader.post(CARD, sent)
    assert page.status_code == 200 and forms(page)
    assert not ReviewAnswer.objects.exists()


def test_an_answer_to_another_item_is_not_one_to_this_card(reader: Client, person: Any) -> None:
    missed(person, 2)
    _first, second = ReviewCard.objects.order_by("pk")
    sent = {**rightly(forms(reader.get(CARD))[0]), "carte": second.pk}
    assert reader.post(CARD, sent).status_code == 303
    assert not ReviewAnswer.objects.exists()


def test_another_site_cannot_answer(reader: Client, person: Any) -> None:
    missed(person)
    sent = rightly(forms(reader.get(CARD))[0])
    assert reader.post(CARD, sent, headers={"Origin": "https://evil.example"}).status_code == 403
    assert reader.post("/profil/revisions/rappel/", {}, headers={"Origin": "null"}).status_code == 403


def test_a_get_changes_nothing(reader: Client, person: Any) -> None:
    missed(person)
    with CaptureQueriesContext(connection) as queries:
        for address in PAGES:
            assert reader.get(address).status_code == 200
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_as_many_queries_for_one_card_as_for_twenty(reader: Client, person: Any) -> None:
    counts = []
    for count in (1, 20):
        missed(person, count)
        reader.get(HOME)
        with CaptureQueriesContext(connection) as queries:
            reader.get(HOME)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("sent", "is_on", "hour"),
    [
        ({"rappel": "oui", "heure": "7"}, True, 7),
        ({"rappel": "non", "heure": "7"}, False, 7),
        ({"rappel": "oui", "heure": "24"}, True, 18),
        ({"rappel": "oui", "heure": "-1"}, True, 18),
        ({"rappel": "oui", "heure": "9" * 400}, True, 18),
        ({"heure": "²"}, False, 18),
    ],
)
def test_the_reminder_is_set_by_a_gesture(
    reader: Client, person: Any, sent: dict[str, str], is_on: bool, hour: int
) -> None:
    assert reader.post("/profil/revisions/rappel/", sent).status_code == 303
    row = ReviewReminder.objects.get(owner=person)
    assert (row.is_on, row.hour) == (is_on, hour)
    assert f"{hour}\u00a0h" in reader.get(HOME).content.decode()


class TestKeepingAFlashCard:
    STEP, KEEP = "/parcours/verifier-identite/la-situation/", "/parcours/-/carte/"

    @pytest.fixture(autouse=True)
    def module(self, bank: None) -> None:
        card = {"type": "item", "value": {"front": "Le « recto » & <b>", "back": "Le verso"}}
        blocks = [{"type": "item", "value": samples.items()[0]}, {"type": "flash_cards", "value": [card]}]
        steps = [samples.StepWords(key="la-situation", title="Une", minutes=4, blocks=blocks)]
        said = samples.words(samples.items(), steps=steps)
        samples.create_home_pages()
        samples.write_module(key="verifier-identite", shared=samples.facts(), words={"fr": said}, digest="")

    def test_signed_out_there_is_nothing_to_keep(self) -> None:
        html = Client().get(self.STEP).content.decode()
        assert "Le verso" in html and self.KEEP not in html
        sent = {"module": "verifier-identite", "etape": "la-situation", "carte": "Le « recto » & <b>"}
        assert Client().post(self.KEEP, sent).status_code == 303
        assert not ReviewCard.objects.exists()

    def test_it_is_kept_once_and_said_so(self, reader: Client, person: Any) -> None:
        assert self.KEEP in reader.get(self.STEP).content.decode()
        sent = {"module": "verifier-identite", "etape": "la-situation", "carte": "Le « recto » & <b>"}
        for _ in range(2):
            kept = reader.post(self.KEEP, sent)
        assert ReviewCard.objects.get(owner=person).back == "Le verso"
        assert "elle revient demain" in reader.get(kept["Location"]).content.decode()

    @pytest.mark.parametrize("front", ["", "Autre", "\x00", "x" * 60_000])
    def test_only_cards_of_the_step_are_kept(self, reader: Client, front: str) -> None:
        sent = {"module": "verifier-identite", "etape": "la-situation", "carte": front}
        assert reader.post(self.KEEP, sent).status_code == 303
        assert not ReviewCard.objects.exists()

    def answered(self, reader: Client) -> dict[str, str]:
        """Return what the form of the cards sends, once the situation of the step is answered."""
        sent = first_choice(forms(reader.get(self.STEP))[0])
        html = reader.post("/parcours/-/essai/", sent).content.decode()
        form = html.partition(f'action="{self.KEEP}')[2].partition("</form>")[0]
        return {**fields(form), "carte": "Le « recto » & <b>"}

    def test_the_situation_just_answered_stays_explained(self, reader: Client, person: Any) -> None:
        sent = self.answered(reader)
        page = reader.post(self.KEEP, sent)
        html = page.content.decode()
        assert page.status_code == 200 and page["Content-Location"] == self.STEP
        assert "elle revient demain" in html and 'class="verdict' in html and not forms(page)
        assert PracticeResponse.objects.count() == ReviewCard.objects.filter(kind="flash").count() == 1
        assert fields(html.partition("data-cards")[2])["fait"] == sent["fait"]  # a second card keeps it too

    @pytest.mark.parametrize("said", ["", "ticket=x", "\x00", "x" * 50_000, "&&==%"])
    def test_an_answer_that_cannot_be_read_again_is_asked_anew(self, reader: Client, said: str) -> None:
        page = reader.post(self.KEEP, {**self.answered(reader), "fait": said})
        assert page.status_code == 303
        assert len(forms(reader.get(page["Location"]))) == 1
        assert ReviewCard.objects.filter(kind="flash").exists()
