"""Whom a session is of: read with it, by one statement, and by none without a cookie."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import HASH_SESSION_KEY
from django.test import Client

from kernel import clock
from lms.accounts.api import User
from lms.accounts.models import Session
from lms.accounts.sessions import SessionStore


@pytest.fixture
def lina(db: None) -> User:
    return User.objects.create_user("lina@test.example", "Un mot de passe assez long")


@pytest.fixture
def signed_in(lina: User) -> Client:
    client = Client()
    client.force_login(lina)
    return client


def who(client: Client) -> Any:
    """Return whom the site takes this reader for."""
    return client.get("/healthz").wsgi_request.user


def test_a_session_is_read_with_its_person(signed_in: Client, lina: User, django_assert_num_queries: Any) -> None:
    store = SessionStore(signed_in.cookies["sessionid"].value)
    with django_assert_num_queries(1):
        assert store["_auth_user_id"] == str(lina.pk)
        assert (store.person.pk, store.person.email) == (lina.pk, lina.email)
    assert store.person.uuid == lina.uuid and store.person.date_joined == lina.date_joined


def test_nobody_else_is_taken_for_them(signed_in: Client, lina: User) -> None:
    assert who(signed_in) == lina
    assert who(Client()).is_anonymous


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}], ids=["closed", "another password"])
def test_who_may_not_sign_in_any_more_is_nobody(signed_in: Client, lina: User, change: dict[str, Any]) -> None:
    User.objects.filter(pk=lina.pk).update(**change)
    assert who(signed_in).is_anonymous


def test_a_forged_or_finished_session_is_nobody(signed_in: Client, lina: User) -> None:
    key = signed_in.cookies["sessionid"].value
    Session.objects.filter(pk=key).update(expire_date=clock.now() - timedelta(seconds=1))
    assert who(signed_in).is_anonymous
    store = SessionStore(key)
    assert (store.load(), store.person, store.session_key) == ({}, None, None)


def test_a_session_that_says_another_person_than_its_row_is_read_again(signed_in: Client, lina: User) -> None:
    """The row only spares a reading: what the session holds, signed, says who it is."""
    other = User.objects.create_user("omar@test.example", "Un autre mot de passe")
    key = signed_in.cookies["sessionid"].value
    Session.objects.filter(pk=key).update(person_id=other.pk)
    assert who(signed_in) == lina
    Session.objects.filter(pk=key).update(person_id=None)
    assert who(signed_in) == lina
    store = SessionStore(key)
    store[HASH_SESSION_KEY] = "0" * 64
    store.save()
    assert who(signed_in).is_anonymous


def test_an_account_that_is_gone_is_nobody(signed_in: Client, lina: User) -> None:
    User.objects.filter(pk=lina.pk).delete()
    assert who(signed_in).is_anonymous
