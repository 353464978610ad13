"""One's own data: taken in one click, erased in two."""

import json
import re
from datetime import datetime

import pytest
from django.core.management import call_command
from django.test import Client

from lms.accounts.api import User
from lms.accounts.models import LegalHold, Session
from lms.assessments.models import Attempt, ErasedAttempts
from tests.lms.assessments.taking import Taker

LEAVE = "/compte/quitter/"
PASSWORD = "a long enough phrase"
PROVED = {"password": PASSWORD}


@pytest.fixture
def person(bank: None, client: Client) -> User:
    user = User.objects.create_user("lina@demo.example", PASSWORD)
    client.force_login(user)
    Taker(client=client).start("citizen").finish()
    return user


def test_a_copy_holds_the_attempts(person: User, client: Client) -> None:
    whole = client.get("/compte/donnees.json").json()
    assert whole["account"]["email"] == "lina@demo.example"
    assert whole["attempts"][0]["state"] == "finished"
    assert whole["attempts"][0]["responses"][0]["position"] == 1


def test_asking_erases_nothing_and_confirming_erases_everything(person: User, client: Client) -> None:
    assert "des totaux sans nom" in client.get(LEAVE).content.decode()
    assert User.objects.filter(pk=person.pk).exists()
    assert client.post(LEAVE, PROVED).status_code == 200
    assert not User.objects.filter(pk=person.pk).exists()
    assert not Attempt.objects.exists()
    assert ErasedAttempts.objects.get().attempts == 1
    assert client.get("/profil/").status_code == 302


@pytest.mark.parametrize(
    ("sent", "why"),
    [({}, "Écrivez votre mot de passe"), ({"password": "une autre phrase"}, "Ce mot de passe n’est pas le bon.")],
)
def test_an_open_session_alone_erases_nothing(person: User, client: Client, sent: dict[str, str], why: str) -> None:
    refused = client.post(LEAVE, sent)
    page = refused.content.decode()
    assert (refused.status_code, why in page, 'aria-invalid="true"' in page) == (422, True, True)
    assert "une autre phrase" not in page
    assert User.objects.filter(pk=person.pk).exists()
    assert client.get("/profil/").status_code == 200


def test_passwords_are_not_tried_for_ever(person: User, client: Client) -> None:
    for _ in range(10):
        client.post(LEAVE, {"password": "une autre phrase"})
    refused = client.post(LEAVE, PROVED)
    assert (refused.status_code, "Trop d’essais" in refused.content.decode()) == (422, True)
    assert User.objects.filter(pk=person.pk).exists()


def test_whoever_has_neither_password_nor_second_factor_is_asked_once(person: User, client: Client) -> None:
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    assert 'type="password"' not in client.get(LEAVE).content.decode()
    client.post(LEAVE)
    assert not User.objects.filter(pk=person.pk).exists()


def test_a_legal_hold_keeps_the_account_and_each_attempt(person: User, client: Client, now: datetime) -> None:
    LegalHold.objects.create(user=person, reason="A dispute", placed_by=person, placed_at=now)
    refused = client.post(LEAVE, PROVED)
    assert (refused.status_code, "conservation légale" in refused.content.decode()) == (409, True)
    assert client.post(f"/evaluation/s/{Attempt.objects.get().token}/effacer").status_code == 409
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("address", ["/compte/donnees.json", "/compte/donnees/", "/compte/quitter/"])
def test_nobody_in_particular_is_asked_to_sign_in(bank: None, client: Client, address: str) -> None:
    assert client.get(address)["Location"].startswith("/compte/login/")


def test_the_page_says_what_the_copy_holds(person: User, client: Client) -> None:
    page = client.get("/compte/donnees/").content.decode()
    assert "lina@demo.example" in page
    assert re.search(r"Évaluations</th><td[^>]*>1<", page)
    assert 'href="/compte/donnees.json"' in page and 'href="/compte/quitter/"' in page


def test_the_page_and_the_command_give_the_same(
    person: User, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("export_person", person.email)
    assert json.loads(capsys.readouterr().out) == client.get("/compte/donnees.json").json()


def test_leaving_ends_the_sessions_of_other_devices(person: User, client: Client) -> None:
    phone = Client()
    phone.force_login(person)
    client.post(LEAVE, PROVED)
    assert not Session.objects.filter(person_id=person.pk).exists()
    assert phone.get("/profil/").status_code == 302
