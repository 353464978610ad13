"""Whoever is signed in and has left an attempt open is led back to it before they begin another."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from kernel import clock
from lms.accounts.api import User
from lms.assessments.models import Attempt
from tests.lms.assessments.reading import Reader

MAIN = re.compile(r"<main.*</main>", re.DOTALL)
PRIMARY = re.compile(r'class="button"(?: href="([^"]*)")?>([^<]*)<')


@pytest.fixture
def reader(bank: None) -> Reader:
    """Somebody signed in, who has just opened a placement."""
    reader = Reader(client=Client())
    reader.client.force_login(User.objects.create_user("ada@example.org"))
    return reader.begin()


def start_page(client: Client, key: str = "placement", prefix: str = "") -> str:
    """Return what the start page of `key` says, on one line."""
    response = client.get(f"{prefix}/evaluation/{key}/")
    main = MAIN.search(response.content.decode())
    assert response.status_code == 200 and main
    return " ".join(unescape(main[0]).split())


def test_the_start_page_leads_back_to_what_is_open(reader: Reader) -> None:
    page = start_page(reader.client)
    assert "Vous avez déjà commencé" in page and "Aucune situation répondue pour l’instant." in page
    assert PRIMARY.findall(page) == [(reader.address, "Reprendre")]
    reader.answer()
    assert "1 situation répondue et enregistrée." in start_page(reader.client)
    reader.answer()
    assert "2 situations répondues et enregistrées." in start_page(reader.client)
    assert PRIMARY.findall(start_page(reader.client)) == [(reader.address, "Reprendre")]
    assert "Vous avez déjà" not in start_page(reader.client, "training")


def test_it_says_when_it_was_begun_in_both_languages(reader: Reader) -> None:
    Attempt.objects.update(started_at="2026-11-21T13:05:00+00:00")
    assert "C’était le 21 novembre 2026, à 14 h 05." in start_page(reader.client)
    page = start_page(reader.client, prefix="/en")
    assert "That was on 21 November 2026, at 14:05." in page
    assert PRIMARY.findall(page) == [(f"/en{reader.address}", "Resume")]


def test_beginning_again_is_the_second_choice_and_erases_nothing(reader: Reader) -> None:
    reader.answer()
    page = start_page(reader.client)
    assert 'class="button quiet">Recommencer depuis le début<' in page and "Recommencer n’efface rien" in page
    first = reader.address
    reader.begin()
    assert reader.address != first and Attempt.objects.filter(state=Attempt.State.OPEN).count() == 2
    assert PRIMARY.findall(start_page(reader.client)) == [(reader.address, "Reprendre")]


def test_what_is_finished_or_out_of_time_is_not_gone_on_with(reader: Reader) -> None:
    Attempt.objects.update(deadline_at=clock.now() - timedelta(seconds=1))
    assert PRIMARY.findall(start_page(reader.client)) == [("", "Commencer")]
    Attempt.objects.update(deadline_at=clock.now() + timedelta(minutes=1))
    assert "Vous avez déjà commencé" in start_page(reader.client)
    Attempt.objects.update(deadline_at=None, state=Attempt.State.FINISHED)
    assert PRIMARY.findall(start_page(reader.client)) == [("", "Commencer")]


def test_nothing_changes_for_who_has_no_account_nor_for_anybody_else(reader: Reader) -> None:
    other = Client()
    other.force_login(User.objects.create_user("grace@example.org"))
    anonymous = Reader().begin()
    for client in (other, anonymous.client):
        assert PRIMARY.findall(start_page(client)) == [("", "Commencer")]
    assert not anonymous.client.cookies
