"""The reminder: on a gesture, once a day, only when something is due, and it stops when nobody answers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from kernel.models import Mail
from lms.learning.models import ReviewCard, ReviewReminder
from lms.learning.review.cards import answer_card, note_missed
from lms.learning.review.reminding import owner_of, remind_due, set_reminder, stop_token
from tests.lms.learning import samples

pytestmark = pytest.mark.django_db
SIX = datetime(2026, 10, 20, 16, 5, tzinfo=UTC)  # 18 h 05 in Paris
DAY = timedelta(days=1)


@pytest.fixture
def person(bank: None) -> Any:
    return get_user_model().objects.create_user("nadia@example.org", None)


def asked(person: Any, **changes: Any) -> None:
    """Have something due, and a reminder asked for at six in the evening."""
    note_missed(owner_id=person.pk, keys=samples.items(1), now=SIX - 2 * DAY)
    set_reminder(**{"owner_id": person.pk, "is_on": True, "hour": 18, "now": SIX - DAY, **changes})


def test_one_letter_a_day_at_the_hour_chosen(person: Any) -> None:
    asked(person)
    assert remind_due(now=SIX - timedelta(hours=1)) == 0
    assert remind_due(now=SIX) == 1
    assert remind_due(now=SIX + timedelta(hours=1)) == 0
    assert remind_due(now=SIX + DAY) == 1
    assert Mail.objects.count() == 2


def test_a_worker_that_was_away_does_not_write_in_the_night(person: Any) -> None:
    asked(person)
    assert remind_due(now=SIX + timedelta(hours=5)) == 0


def test_the_hour_is_that_of_the_person(person: Any) -> None:
    person.time_zone = "Indian/Reunion"  # two hours ahead of Paris in October
    person.save()
    asked(person, hour=20)
    assert remind_due(now=SIX) == 1


def test_each_zone_has_its_evening(person: Any) -> None:
    asked(person)
    other = get_user_model().objects.create_user("paul@example.org", None, time_zone="Indian/Reunion")
    odd = get_user_model().objects.create_user("odd@example.org", None, time_zone="Nulle/Part")
    for one in (other, odd):
        asked(one)
    assert remind_due(now=SIX - timedelta(hours=2)) == 1  # six in the evening in La Réunion
    assert remind_due(now=SIX) == 2  # Paris, and who has no zone that is one
    assert Mail.objects.count() == 3


def test_nothing_due_nothing_sent(person: Any) -> None:
    asked(person)
    ReviewCard.objects.update(due_at=SIX + 3 * DAY)
    assert remind_due(now=SIX) == 0
    assert not Mail.objects.exists()


def test_nobody_is_written_to_who_did_not_ask(person: Any) -> None:
    asked(person, is_on=False)
    assert remind_due(now=SIX) == 0


def test_an_account_that_is_closed_is_not_written_to(person: Any) -> None:
    asked(person)
    person.is_active = False
    person.save()
    assert remind_due(now=SIX) == 0


def test_it_stops_after_three_letters_without_an_answer(person: Any) -> None:
    asked(person)
    assert [remind_due(now=SIX + n * DAY) for n in range(6)] == [1, 1, 1, 0, 0, 0]
    last = Mail.objects.latest("pk")
    assert "celui-ci est le dernier" in last.text and "celui-ci est le dernier" in last.html
    assert "celui-ci est le dernier" not in Mail.objects.earliest("pk").text
    assert not ReviewReminder.objects.get().is_on


def test_an_answer_starts_the_count_again(person: Any) -> None:
    asked(person)
    remind_due(now=SIX)
    remind_due(now=SIX + DAY)
    card = ReviewCard.objects.get()
    answer_card(owner_id=person.pk, card_id=card.pk, number=1, rating=1, now=SIX + DAY)
    assert [remind_due(now=SIX + n * DAY) for n in range(2, 6)] == [1, 1, 1, 0]


@pytest.mark.parametrize(("language", "words", "prefix"), [("fr", "carte", ""), ("en", "", "/en")])
def test_the_letter_speaks_the_person_s_language(person: Any, language: str, words: str, prefix: str) -> None:
    person.language = language
    person.save()
    asked(person)
    remind_due(now=SIX)
    letter = Mail.objects.get()
    assert letter.to == person.email
    assert f"{prefix}/profil/revisions/" in letter.text
    assert f"{prefix}/profil/revisions/arreter/" in letter.html
    assert words in letter.text


def test_the_link_of_the_letter_stops_it_without_signing_in(person: Any) -> None:
    asked(person)
    address = f"/profil/revisions/arreter/{stop_token(person.pk)}/"
    client = Client(enforce_csrf_checks=True)
    page = client.get(address)
    assert page.status_code == 200 and not page.cookies
    assert ReviewReminder.objects.get().is_on  # mail robots follow links: only the gesture stops it
    for _ in range(2):
        assert "est arrêté" in client.post(address).content.decode()
    assert not ReviewReminder.objects.get().is_on


@pytest.mark.parametrize("token", ["1", "1:abc", "x", ":", "%00", "9" * 400])
def test_a_link_that_is_not_ours_stops_nothing(person: Any, token: str) -> None:
    asked(person)
    assert owner_of(token) is None
    page = Client().post(f"/profil/revisions/arreter/{token}/")
    assert page.status_code == 404
    assert ReviewReminder.objects.get().is_on
