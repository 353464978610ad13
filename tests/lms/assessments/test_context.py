"""“Me situer” leads whoever is known to the test of their audience, and everybody else to the choice of three."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.accounts.api import User
from lms.cohorts.api import Cohort, Institution, Programme, enrol
from lms.learning.api import create_home_pages
from tests.lms.assessments.taking import Taker

CHOICE = "/evaluation/"
LINK = re.compile(r'<a href="([^"]+)">(?:Me situer|Find where I stand)</a>')


def led(client: Client, page: str) -> str:
    """Return where the header of a page leads."""
    found = LINK.search(client.get(page).content.decode())
    assert found, page
    return found[1]


@pytest.fixture
def signed_in(bank: None) -> Callable[[str], Client]:
    def entered(name: str) -> Client:
        client = Client()
        client.force_login(User.objects.create_user(f"{name}@example.org"))
        return client

    return entered


def test_nobody_in_particular_chooses_among_three(bank: None) -> None:
    assert led(Client(), "/vie-privee/") == CHOICE
    assert led(Client(), "/en/vie-privee/") == f"/en{CHOICE}"
    assert led(Client(), "/evaluation/?p=grand") == f"{CHOICE}?p=grand"


@pytest.mark.parametrize(
    ("page", "test"),
    [
        ("/evaluation/professional/", "professional"),
        ("/evaluation/training-professional/", "professional"),
        ("/evaluation/citizen/", "citizen"),
        ("/evaluation/training/", "placement"),
        ("/parcours/?public=professional", "professional"),
    ],
)
def test_the_page_of_an_audience_leads_to_its_test(bank: None, page: str, test: str) -> None:
    create_home_pages()
    assert led(Client(), page) == f"/evaluation/{test}/"


def test_the_page_of_a_result_leads_to_the_same_test(bank: None) -> None:
    taker = Taker().start("professional").finish()
    assert led(taker.client, f"/evaluation/s/{taker.token}/profil") == "/evaluation/professional/"


def test_somebody_is_known_by_what_they_began_last(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("karim")
    assert led(client, "/profil/") == CHOICE
    client.post("/evaluation/professional/commencer")
    for page in ("/profil/", "/vie-privee/", "/evaluation/placement/"):
        assert led(client, page) == "/evaluation/professional/"
    again = Client()
    again.force_login(User.objects.get())
    assert led(again, "/vie-privee/") == "/evaluation/professional/"


def test_whoever_is_enrolled_is_a_student(signed_in: Callable[[str], Client]) -> None:
    client, person = signed_in("lina"), User.objects.get()
    house = Institution.objects.create(key="valserine", kind="university", name="Valserine")
    programme = Programme.objects.create(key="infirmier-test", title="Soins", eqf_level=6)
    cohort = Cohort.objects.create(institution=house, programme=programme, academic_year="2026-2027", name="Une")
    enrol(user=person, cohort=cohort, student_number="1", start_date=date(2020, 9, 1))
    client.post("/evaluation/citizen/commencer")
    assert led(client, "/vie-privee/") == "/evaluation/placement/"


def test_a_result_that_is_kept_says_whom_one_is(signed_in: Callable[[str], Client]) -> None:
    taker, client = Taker().start("professional").finish(), signed_in("karim")
    client.post(f"/evaluation/s/{taker.token}/garder")
    assert led(client, "/vie-privee/") == "/evaluation/professional/"


def test_it_costs_no_statement(signed_in: Callable[[str], Client]) -> None:
    client, nobody = signed_in("karim"), Client()
    for someone in (client, nobody):
        led(someone, "/vie-privee/")
    with CaptureQueriesContext(connection) as sent:
        led(nobody, "/vie-privee/")
    without = [query["sql"] for query in sent.captured_queries]
    with CaptureQueriesContext(connection) as sent:
        led(client, "/vie-privee/")
    told = " ".join(without)
    assert all(table not in told for table in ("session", "assessments_attempt", "cohorts_enrolment"))
    assert len(sent.captured_queries) == len(without) + 1  # the session, with whose it is


def test_the_choice_is_by_audience_what_measures_first(signed_in: Callable[[str], Client]) -> None:
    page = Client().get(CHOICE).content.decode()
    words = ["J’étudie en santé", "Je soigne, j’accompagne", "Je m’informe pour moi"]
    assert re.findall(r"<h2>(.*?)</h2>", page) == words
    ways = re.findall(r'href="/evaluation/([a-z-]+)/"', page.split("<main")[1])
    assert ways == ["placement", "training", "professional", "training-professional", "citizen", "training-citizen"]
    client = signed_in("karim")
    client.post("/evaluation/professional/commencer")
    page = client.get(CHOICE).content.decode()
    assert re.findall(r"<h2>(.*?)</h2>", page)[0] == words[1]
    assert re.findall(r'class="button" href="([^"]+)"', page) == ["/evaluation/professional/"]
