"""The home page: written once, in both languages, and what staff does to it is noted."""

import pytest
from django.test import Client

from kernel.models import AuditEntry
from lms.accounts.api import User
from lms.learning.api import create_home_pages
from lms.learning.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    create_home_pages()
    return HomePage.objects.get(locale__language_code="fr")


def test_it_is_written_once(home: HomePage) -> None:
    assert not create_home_pages()
    assert HomePage.objects.count() == 2


@pytest.mark.parametrize(("address", "words"), [("/", "Le numérique en santé"), ("/en/", "Digital health")])
def test_each_language_has_its_own(home: HomePage, client: Client, address: str, words: str) -> None:
    page = client.get(address)
    assert words in page.content.decode()
    assert not page.cookies


def test_publishing_and_withdrawing_are_noted_with_who_did_it(home: HomePage) -> None:
    author = User.objects.create_superuser("author@demo.example")
    home.headline = "Autrement"
    home.save_revision(user=author).publish(user=author)
    home.unpublish()
    entries = AuditEntry.objects.order_by("pk").values_list("action", "actor_id")
    assert list(entries)[-2:] == [("page_published", author.pk), ("page_unpublished", None)]
