"""The pages of figures: who sees which, and what they count."""

import re
from datetime import datetime

import pytest
from django.test import Client

from lms.accounts.api import User
from lms.assessments.api import erase_attempt
from lms.assessments.models import Attempt
from lms.dashboards import selectors
from lms.demonstration.seeding import seed
from tests.lms.assessments.taking import Taker


@pytest.fixture
def country(bank: None, now: datetime) -> None:
    seed(now=now)


def person(client: Client, email: str) -> User:
    user = User.objects.get(email=email)
    client.force_login(user)
    return user


def finished_by(client: Client) -> Attempt:
    taker = Taker(client=client).start("citizen").finish()
    return taker.attempt


def test_a_new_learner_is_told_what_to_do_first(country: None, client: Client) -> None:
    person(client, "lina@demo.example")
    page = client.get("/profil/").content.decode()
    assert "Commencez par vous situer" in page
    assert "/evaluation/placement/" in page


def test_a_learner_finds_what_they_did(country: None, client: Client) -> None:
    person(client, "lina@demo.example")
    attempt = finished_by(client)
    page = client.get("/profil/").content.decode()
    assert f"/evaluation/s/{attempt.token}/" in page
    assert "sur 1000, entre" in page


@pytest.mark.parametrize("count", [1, 5])
def test_the_learner_page_costs_the_same_whatever_was_done(
    country: None, client: Client, count: int, django_assert_num_queries: object
) -> None:
    person(client, "lina@demo.example")
    for _ in range(count):
        Taker(client=client).start("citizen")
    client.get("/profil/")
    with django_assert_num_queries(22):  # type: ignore[operator]
        client.get("/profil/")


@pytest.mark.parametrize(
    ("email", "doors"),
    [
        ("lina", set()),
        ("paul", {"/pilotage/"}),
        ("claire", {"/pilotage/"}),
        ("sofia", {"/pilotage/national/"}),
    ],
)
def test_whoever_has_a_role_finds_its_pages_from_their_own(
    country: None, client: Client, email: str, doors: set[str]
) -> None:
    person(client, f"{email}@demo.example")
    page = client.get("/profil/").content.decode()
    assert set(re.findall(r'href="(/pilotage/[^"]*)"', page)) == doors


@pytest.mark.parametrize(("email", "status"), [("paul", 200), ("claire", 200), ("lina", 404), ("ines", 404)])
def test_only_those_who_frame_see_the_cohorts(country: None, client: Client, email: str, status: int) -> None:
    person(client, f"{email}@demo.example")
    response = client.get("/pilotage/", follow=True)
    assert response.status_code == status
    assert ("Soins infirmiers, 2e année" in response.content.decode()) == (status == 200)


def test_the_barometer_never_goes_down(country: None, client: Client, now: datetime) -> None:
    before = selectors.barometer(now)["attempts"]
    attempt = finished_by(client)
    assert selectors.barometer(now)["attempts"] == before + 1
    erase_attempt(token=attempt.token, viewer_id=None)
    assert selectors.barometer(now)["attempts"] == before + 1
    assert "210" in client.get("/barometre/").content.decode()
