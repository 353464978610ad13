"""The Visite strip: one click enters as each role and leads to its page."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client

from lms.demonstration.roles import VISITORS, Visitor
from lms.demonstration.seeding import seed
from lms.learning.api import create_home_pages


@pytest.fixture
def country(bank: None, now: datetime) -> None:
    create_home_pages()
    seed(now=now)


def test_seeding_twice_changes_nothing(country: None, now: datetime) -> None:
    assert seed(now=now) == len([visitor for visitor in VISITORS if visitor.email])
    assert not create_home_pages()


@pytest.mark.parametrize("visitor", VISITORS, ids=lambda visitor: visitor.key)
def test_each_role_gets_its_page(country: None, client: Client, visitor: Visitor) -> None:
    response = client.post(f"/visite/{visitor.key}")
    assert (response.status_code, response["Location"]) == (303, visitor.page)
    assert client.get(visitor.page, follow=True).status_code == 200
    person = get_user(client)
    assert person.is_authenticated == bool(visitor.email)


def test_the_home_page_offers_every_role(country: None, client: Client) -> None:
    page = client.get("/").content.decode()
    assert set(re.findall(r'action="/visite/([a-z]+)"', page)) == {visitor.key for visitor in VISITORS}


def test_another_site_cannot_make_somebody_enter(country: None, client: Client) -> None:
    assert client.post("/visite/author", headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_an_unknown_role_is_nowhere(country: None, client: Client) -> None:
    assert client.post("/visite/minister").status_code == 404


def test_entering_as_a_citizen_leaves_the_role_before(country: None, client: Client) -> None:
    client.post("/visite/student")
    client.post("/visite/citizen")
    assert not get_user(client).is_authenticated


def test_the_pilot_lands_on_a_page_of_their_own(country: None, client: Client) -> None:
    landed = client.post("/visite/pilot")["Location"]
    assert landed.startswith("/pilotage/")
    assert client.get(landed).status_code == 200
    assert Client().get(landed).status_code == 302


def test_every_page_leads_back_to_the_strip(country: None, client: Client, settings: Any) -> None:
    assert 'id="visite"' in client.get("/").content.decode()
    for page in ("/", "/evaluation/", "/barometre/", "/vie-privee/", "/compte/login/"):
        assert 'href="/#visite"' in client.get(page).content.decode(), page
    assert 'href="/en/#visite"' in client.get("/en/evaluation/").content.decode()
    client.post("/visite/author")
    assert "/#visite" in client.get("/cms/").content.decode()
    settings.DEMO = False
    assert "#visite" not in client.get("/evaluation/").content.decode()


def test_the_professional_is_known_as_one(country: None, client: Client) -> None:
    client.post("/visite/professional")
    page = client.get("/profil/").content.decode()
    assert 'href="/evaluation/professional/"' in page and 'href="/evaluation/placement/"' not in page
