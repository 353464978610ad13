"""A session may end amid a sitting: the page says so, leads to signing in, and brings back what was typed."""

import pytest
from django.test import Client

from lms.accounts.models import User
from tests.lms.assessments.reading import Reader

TYPED = [("text", "prévenir la référente")]


@pytest.fixture
def reader(bank: None) -> Reader:
    """Lina, signed in, who has just opened a placement; then her session ends, elsewhere."""
    reader = Reader(client=Client())
    reader.client.force_login(User.objects.create_user("lina@demo.example"))
    reader.begin()
    reader.client.session.flush()
    return reader


def check_page(address: str, says: str) -> str:
    """Open a page, find a sentence in it, and return it whole."""
    page = Client().get(address)
    assert page.status_code == 200
    html = str(page.content.decode())
    assert says in html
    return html


def test_an_answer_comes_back_once_signed_in_and_is_said_not_to_be_recorded(reader: Reader) -> None:
    sent = reader.send([*reader.hidden.items(), *TYPED])
    assert sent.status_code == 303
    check_page(sent["Location"], "Votre session s’est terminée avant que votre réponse soit enregistrée")
    reader.client.force_login(User.objects.get())
    back = reader.client.get(f"{reader.address}?retour=1&text=pr%C3%A9venir")
    assert "Votre réponse n’est pas encore enregistrée" in back.content.decode()
    assert not reader.responses


def test_an_answer_too_long_to_come_back_is_said_to_be_lost(reader: Reader) -> None:
    sent = reader.send([*reader.hidden.items(), ("text", "é" * 450)])
    check_page(sent["Location"], "n’a pas été gardée")
    assert "%2F%3F" not in sent["Location"]  # the situation alone, nothing behind it


def test_a_page_to_read_says_that_the_session_ended(reader: Reader) -> None:
    page = reader.client.get(reader.address)
    assert page.status_code == 303
    html = check_page(page["Location"], "Votre session s’est terminée. Connectez-vous")
    assert f'value="{reader.address}"' in html


def test_without_any_cookie_the_address_is_unknown_but_one_may_sign_in(reader: Reader) -> None:
    """Nothing tells an attempt of somebody from one that never was."""
    owned, nowhere = Client().get(reader.address), Client().get(f"/evaluation/s/{'x' * 22}/")
    assert (owned.status_code, nowhere.status_code) == (404, 404)
    for page, token in ((owned, reader.token), (nowhere, "x" * 22)):
        assert f'"/compte/login/?next=%2Fevaluation%2Fs%2F{token}%2F"' in page.content.decode()
    alike = owned.content.decode().replace(reader.token, "x" * 22)
    assert alike == nowhere.content.decode()


def test_somebody_signed_in_is_not_asked_to_sign_in(reader: Reader) -> None:
    stranger = Client()
    stranger.force_login(User.objects.create_user("karim@demo.example"))
    page = stranger.get(reader.address)
    assert page.status_code == 404
    assert "/compte/login/" not in page.content.decode()
