"""Signing up: a code, a minute, and nothing that tells whether an address was known."""

import re
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from kernel.models import Mail
from lms.accounts.api import User

SIGNUP, CODE = "/compte/signup/", "/compte/confirm-email/"
PASSWORD = "une phrase longue et calme 41"


def sign_up(client: Client, email: str, query: str = "") -> tuple[int, str]:
    response = client.post(SIGNUP + query, {"email": email, "password1": PASSWORD})
    return response.status_code, response["Location"]


def code_in(letter: Mail) -> str:
    found = re.search(r"\b\d{6}\b", letter.text)
    assert found
    return found[0]


@pytest.fixture
def known(db: None) -> User:
    user = User.objects.create_user("connue@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


def shown(client: Client, email: str) -> str:
    return same(client.get(CODE).content.decode(), email)


def same(page: str, email: str) -> str:
    """Return a page without what differs for each of its readers."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.replace(email, "…"))


def test_a_code_then_one_is_in(db: None, client: Client) -> None:
    assert sign_up(client, "ada@example.org") == (302, CODE)
    letter = Mail.objects.get()
    assert letter.to == "ada@example.org"
    response = client.post(CODE, {"code": code_in(letter)})
    assert (response.status_code, response["Location"]) == (302, "/profil/")
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)
    assert EmailAddress.objects.get().verified


def test_a_known_address_gets_the_same_page_and_another_letter(known: User) -> None:
    new, old = Client(), Client()
    assert sign_up(new, "ada@example.org") == sign_up(old, known.email)
    assert shown(new, "ada@example.org") == shown(old, known.email)
    told = Mail.objects.get(to=known.email)
    assert not re.search(r"\b\d{6}\b", told.text)
    assert "Il en existe déjà un" in told.text
    assert Mail.objects.count() == User.objects.count() == 2


def test_a_wrong_code_says_the_same_for_both(known: User) -> None:
    pages = []
    for email in ("ada@example.org", known.email):
        client = Client()
        sign_up(client, email)
        response = client.post(CODE, {"code": "000000x"})
        assert response.status_code == 200
        pages.append(
            re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode()).replace(email, "…")
        )
        told = [client.post(CODE, {"code": "000000x"}) for _ in range(4)][-1]
        assert (told.status_code, told["Location"]) == (302, "/compte/login/")
    assert pages[0] == pages[1]
    assert "aria-invalid" in pages[0]


def test_a_code_can_be_sent_again_for_both(known: User, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "confirm_email": False}  # type: ignore[attr-defined]
    for email in ("ada@example.org", known.email):
        client = Client()
        sign_up(client, email)
        response = client.post(CODE, {"action": "resend"})
        assert (response.status_code, response["Location"]) == (302, CODE)
    first, second = Mail.objects.filter(to="ada@example.org").order_by("pk")
    assert code_in(first) != code_in(second)


def test_where_one_was_going_is_not_lost(db: None, client: Client) -> None:
    sign_up(client, "ada@example.org", "?next=/evaluation/s/x/garder")
    response = client.post(CODE, {"code": code_in(Mail.objects.get())})
    assert unescape(response["Location"]) == "/evaluation/s/x/garder"


def test_an_account_that_was_never_confirmed_is_asked_for_its_code_when_signing_in(db: None, client: Client) -> None:
    User.objects.create_user("ada@example.org", PASSWORD)
    response = client.post("/compte/login/", {"login": "ada@example.org", "password": PASSWORD})
    assert response["Location"] == CODE
    assert client.post(CODE, {"code": code_in(Mail.objects.get())})["Location"] == "/profil/"


def test_a_hall_signs_up_from_one_address(db: None) -> None:
    for number in range(30):
        assert sign_up(Client(), f"etudiant{number}@example.org") == (302, CODE)


def test_a_known_address_takes_as_much_work(known: User, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []
    monkeypatch.setattr("lms.accounts.adapters.make_password", hashed.append)
    sign_up(client, known.email)
    assert len(hashed) == 1
