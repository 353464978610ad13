"""Every form of an account says in its title that something is missing, and leads from a list to each field."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from lms.accounts.api import User

PASSWORD = "une phrase longue et calme 41"
ADDRESS = "Renseignez votre adresse e-mail."


@pytest.fixture
def signed_in(db: None) -> Client:
    user = User.objects.create_user("ada@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    client = Client()
    client.post("/compte/login/", {"login": user.email, "password": PASSWORD})
    return client


def missing(page: str) -> dict[str, str]:
    """Return what the summary says, by the field it leads to; it takes the focus, and so does the title of the page."""
    title = re.search("<title>(.*?)</title>", page)
    assert title and title[1].startswith("À compléter – ")
    summary = re.search(r'<div class="note alarm missing"[^>]* tabindex="-1" autofocus>(.*?)</div>', page, re.DOTALL)
    assert summary
    found = dict(re.findall(r'<a href="#([^"]+)">(.*?)</a>', summary[1]))
    for field in found:
        assert re.search(rf'<input[^>]* id="{field}"', page), field
    return found


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/compte/login/", {"id_login": ADDRESS, "id_password": "Renseignez votre mot de passe."}),
        ("/compte/signup/", {"id_email": ADDRESS, "id_password1": "Choisissez un mot de passe."}),
        ("/compte/password/reset/", {"id_email": ADDRESS}),
    ],
)
def test_at_the_doors(db: None, client: Client, address: str, said: dict[str, str]) -> None:
    assert missing(client.post(address, {}).text) == said
    assert "À compléter" not in client.get(address).text


@pytest.mark.parametrize(
    ("address", "data", "said"),
    [
        ("/compte/email/", {"action_add": ""}, {"id_email": ADDRESS}),
        ("/compte/reauthenticate/", {}, {"id_password": "Renseignez votre mot de passe."}),
        (
            "/compte/password/change/",
            {},
            {
                "id_oldpassword": "Renseignez votre mot de passe actuel.",
                "id_password1": "Choisissez un mot de passe.",
                "id_password2": "Écrivez le nouveau mot de passe une seconde fois.",
            },
        ),
        ("/compte/second-facteur/mise-en-place/", {}, {"id_code": "Écrivez le code que montre l’application."}),
        (
            "/compte/quitter/",
            {},
            {"id_password": "Écrivez votre mot de passe\u00a0: c’est lui qui dit que c’est bien vous."},
        ),
    ],
)
def test_in_one_s_own_account(signed_in: Client, address: str, data: dict[str, Any], said: dict[str, str]) -> None:
    assert missing(signed_in.post(address, data).text) == said


def test_the_code_of_a_new_account(db: None, client: Client) -> None:
    client.post("/compte/signup/", {"email": "ada@example.org", "password1": PASSWORD})
    page = client.post("/compte/confirm-email/", {}).text
    assert missing(page) == {"id_code": "Écrivez le code de six chiffres que contient l’e-mail."}


def test_a_broken_address_is_told_what_one_looks_like(db: None, client: Client) -> None:
    page = client.post("/compte/login/", {"login": "ada", "password": PASSWORD}).text
    assert missing(page) == {"id_login": "Écrivez une adresse e-mail entière, comme nom@exemple.fr."}


def test_a_refusal_that_is_of_no_field_is_said_first(signed_in: Client, client: Client) -> None:
    page = client.post("/compte/login/", {"login": "ada@example.org", "password": "une autre phrase"}).text
    assert missing(page) == {}
    assert 'id="a-completer"' in page
