"""Somebody who has an account already, and signs up to keep a result, gets back to it; nobody else does."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from kernel.models import Mail
from lms.accounts.api import User
from lms.accounts.entering import way_back

SIGNUP, SIGN_IN, CODE, FORGOTTEN = (
    "/compte/signup/",
    "/compte/login/",
    "/compte/confirm-email/",
    "/compte/password/reset/",
)
PASSWORD = "une phrase longue et calme 41"
KEEP = "/evaluation/s/secret-token/garder"
NEXT = "?next=/evaluation/s/secret-token/garder"


@pytest.fixture
def known(db: None) -> User:
    return account("connue@example.org")


def account(email: str) -> User:
    user = User.objects.create_user(email, PASSWORD)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def sign_up(client: Client, email: str, query: str = NEXT) -> str:
    return client.post(SIGNUP + query, {"email": email, "password1": PASSWORD})["Location"]


def sign_in(client: Client, email: str, address: str = SIGN_IN, password: str = PASSWORD) -> str:
    return client.post(address, {"login": email, "password": password})["Location"]


def test_the_letter_leads_to_sign_in_first_and_gives_no_attempt_away(known: User, client: Client) -> None:
    sign_up(client, known.email)
    letter = Mail.objects.get()
    for said in (letter.text, letter.html):
        assert 0 < said.index(f"http://testserver{SIGN_IN}") < said.index(f"http://testserver{FORGOTTEN}")
        assert "secret-token" not in said and "next=" not in said


def test_signing_in_by_the_letter_comes_back_in_the_browser_that_asked(known: User, client: Client) -> None:
    sign_up(client, known.email)
    assert client.get(SIGN_IN).status_code == 200
    assert sign_in(client, known.email) == KEEP


def test_elsewhere_the_owner_of_the_address_comes_to_their_own_page(known: User, client: Client) -> None:
    sign_up(client, known.email)
    assert sign_in(Client(), known.email) == "/profil/"


def test_somebody_else_at_the_same_screen_does_not_open_it(known: User, client: Client) -> None:
    other = account("autre@example.org")
    sign_up(client, known.email)
    assert sign_in(client, other.email) == "/profil/"
    assert way_back.KEY not in client.session


def test_after_the_time_of_a_code_it_is_forgotten(known: User, client: Client) -> None:
    sign_up(client, known.email)
    session = client.session
    session[way_back.KEY] = {**session[way_back.KEY], "at": session[way_back.KEY]["at"] - 1801}
    session.save()
    assert sign_in(client, known.email) == "/profil/"


@pytest.mark.parametrize(
    "away", ["https://evil.example/x", "//evil.example/x", "javascript:alert(1)", "http://testserver/x"]
)
def test_only_a_path_of_ours_is_kept(known: User, client: Client, away: str) -> None:
    sign_up(client, known.email, f"?next={away}")
    assert way_back.KEY not in client.session


def test_the_page_of_the_code_leads_to_sign_in_and_back_whoever_reads_it(known: User) -> None:
    pages = []
    for email in (known.email, "ada@example.org"):
        client = Client()
        address = sign_up(client, email)
        assert address.startswith(f"{CODE}?next=")
        page = client.get(address).text
        found = re.search(r'href="(/compte/login/\?next=[^"]+)"', page)
        assert found and "Vous avez déjà un compte" in page
        pages.append(found[1])
    assert pages[0] == pages[1]
    assert sign_in(client, known.email, pages[0]) == KEEP


@pytest.mark.parametrize(
    ("door", "answer"), [(SIGNUP, 302), (SIGN_IN, 200), (f"{SIGNUP}?autre=1", 200)], ids=["up", "in", "another"]
)
def test_no_door_tells_a_known_address_from_a_new_one(known: User, door: str, answer: int) -> None:
    """A code under way took over both doors, and there is one for new addresses only."""
    told = []
    for email in (known.email, "ada@example.org"):
        client = Client()
        sign_up(client, email)
        told.append([client.get(address).status_code for address in (door, CODE)])
    assert told[0] == told[1] == [answer, 302 if "autre" in door else 200]


def test_whoever_was_just_sent_a_code_and_signs_in_goes_back_to_it(db: None, client: Client) -> None:
    address = sign_up(client, "ada@example.org")
    code = re.search(r"\b\d{6}\b", Mail.objects.get().text)
    assert code
    assert sign_in(client, "ada@example.org", SIGN_IN + NEXT) == address
    assert client.post(address, {"code": code[0]})["Location"] == KEEP


def test_another_address_may_be_given(db: None, client: Client) -> None:
    page = client.get(sign_up(client, "adaa@example.org")).text
    found = re.search(r'href="(/compte/signup/\?autre=1&amp;next=[^"]+)"', page)
    assert found
    sign_up(client, "ada@example.org", found[1].removeprefix(SIGNUP).replace("&amp;", "&"))
    assert {letter.to for letter in Mail.objects.all()} == {"adaa@example.org", "ada@example.org"}


def test_a_forgotten_password_leads_back_too(known: User, client: Client) -> None:
    page = client.get(SIGN_IN + NEXT).text
    found = re.search(r'href="(/compte/password/reset/\?next=[^"]+)"', page)
    assert found
    assert choose_another(client, known, found[1]) == KEEP


def test_so_does_a_password_forgotten_when_signing_up(known: User, client: Client) -> None:
    sign_up(client, known.email)
    assert FORGOTTEN in Mail.objects.get().text
    assert choose_another(client, known, FORGOTTEN) == KEEP


def choose_another(client: Client, user: User, address: str) -> str:
    """Ask for another password there, choose it, sign in; return where that leads."""
    asked = client.post(address, {"email": user.email})
    assert asked["Location"] == f"{FORGOTTEN}done/"
    letter = Mail.objects.latest("pk")
    assert "secret-token" not in letter.text
    link = re.search(r"http://testserver(/compte/password/reset/key/\S+)", letter.text)
    assert link
    form = client.get(link[1])["Location"]
    new = "une autre phrase longue et calme 42"
    client.post(form, {"password1": new, "password2": new})
    return sign_in(client, user.email, password=new)


def test_forgetting_where_one_goes_leaves_the_same_page(known: User) -> None:
    answers = [
        Client().post(FORGOTTEN + NEXT, {"email": email})["Location"] for email in (known.email, "a@example.org")
    ]
    assert answers[0] == answers[1]
