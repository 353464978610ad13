"""What one reads of one's own way: words, pages of fifty, a file to take away."""

import json
from datetime import datetime, timedelta

import pytest
from django.test import Client

from kernel.events import drain
from lms.accounts.api import User
from lms.records import following, vocabulary
from lms.records.facts import Fact, result, score
from lms.records.models import Statement
from lms.records.services import keep
from tests.lms.assessments.taking import Taker

ADDRESS = "/profil/traces/"


@pytest.fixture
def lina(db: None) -> User:
    return User.objects.create_user("lina@test.example")


@pytest.fixture
def signed_in(lina: User) -> Client:
    client = Client()
    client.force_login(lina)
    return client


def some(owner: User, count: int, now: datetime) -> None:
    thing = following.thing(vocabulary.page("parcours", "m"), vocabulary.MODULE, {"fr": "Premiers pas", "en": "First"})
    facts = [
        Fact(key=f"essai/{owner.pk}/{n}", verb="progressed", activity=thing, at=now + timedelta(hours=n),
             result=result(extensions={vocabulary.PROGRESS: n % 101}))
        for n in range(count)
    ]  # fmt: skip
    keep([(owner.pk, fact) for fact in facts])


def text(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_nothing_yet_says_what_to_do(signed_in: Client) -> None:
    assert "Rien encore" in text(signed_in)


def test_it_is_one_s_own(lina: User, now: datetime, client: Client) -> None:
    some(lina, 1, now)
    assert client.get(ADDRESS).status_code == 302
    client.force_login(User.objects.create_user("karim@test.example"))
    assert "Premiers pas" not in text(client)
    assert json.loads(b"".join(client.get(f"{ADDRESS}traces.json").streaming_content)) == []


def test_an_attempt_is_told_in_words(bank: None, signed_in: Client) -> None:
    Taker(client=signed_in).start("citizen").finish()
    drain()
    page = text(signed_in)
    for words in ("Vous avez commencé «", "Vous avez répondu à «", "Vous avez terminé «", "sur 1000, entre"):
        assert words in page
    assert "http://adlnet" not in page
    assert "You answered" in text(signed_in, f"/en{ADDRESS}") or "Vous avez répondu" in text(signed_in, f"/en{ADDRESS}")


def test_fifty_a_page_the_latest_first(lina: User, signed_in: Client, now: datetime) -> None:
    some(lina, 101, now)
    assert text(signed_in).count("Vous avez avancé") == 50
    assert text(signed_in, f"{ADDRESS}?page=3").count("Vous avez avancé") == 1
    assert "Page 2 sur 3" in text(signed_in, f"{ADDRESS}?page=2&p=contraste")
    assert "page=3&amp;p=contraste" in text(signed_in, f"{ADDRESS}?page=2&p=contraste")
    for odd in ("0", "99", "x", "-1", "1.5"):
        assert "Vous avez avancé" in text(signed_in, f"{ADDRESS}?page={odd}")


def test_as_many_queries_for_one_as_for_fifty(
    lina: User, signed_in: Client, now: datetime, django_assert_num_queries: object
) -> None:
    for count in (1, 50):
        some(lina, count, now)
        with django_assert_num_queries(3):  # type: ignore[operator]
            text(signed_in)


def test_hours_are_those_of_the_person(lina: User, signed_in: Client, now: datetime) -> None:
    some(lina, 1, now)
    assert "15:30" in text(signed_in)
    User.objects.update(time_zone="Pacific/Noumea")
    page = text(signed_in)
    assert "00:30" in page and "21 octobre 2026" in page


def test_the_file_holds_everything_as_it_is_kept(lina: User, signed_in: Client, now: datetime) -> None:
    some(lina, 3, now)
    response = signed_in.get(f"{ADDRESS}traces.json")
    assert "attachment" in response["Content-Disposition"]
    told = b"".join(response.streaming_content).decode()
    assert [one["id"] for one in json.loads(told)] == [str(one.uuid) for one in Statement.objects.order_by("seq")]
    assert all(one.raw in told for one in Statement.objects.all())


@pytest.mark.parametrize(("verb", "words"), [
    ("initialized", "Vous avez commencé le module « Premiers pas »."),
    ("completed", "Vous avez terminé le module « Premiers pas »."),
    ("passed", "Vous avez réussi le bilan de « Premiers pas »."),
    ("failed", "Le bilan de « Premiers pas » n’a pas encore atteint le seuil."),
    ("earned", "Vous avez reçu l’attestation « Premiers pas »."),
    ("achieved", "Compétence établie : « Premiers pas »."),
])  # fmt: skip
def test_each_verb_has_its_sentence(lina: User, signed_in: Client, now: datetime, verb: str, words: str) -> None:
    thing = following.thing(vocabulary.page("parcours", "m"), vocabulary.MODULE, {"fr": "Premiers pas"})
    keep([(lina.pk, Fact(key="x", verb=verb, activity=thing, at=now, result=result(score=score(4, 5))))])
    page = text(signed_in).replace("\u00a0", " ")
    assert words in page and "4 sur 5" in page
