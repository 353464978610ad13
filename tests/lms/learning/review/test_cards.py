"""Cards: made from what was missed, once; answered once each time; erased and exported with their person."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model

from kernel import retention
from kernel.events import drain, publish
from kernel.models import OutboxEvent
from lms.accounts.api import erase_person, export_person
from lms.assessments.events import AttemptErased
from lms.learning.models import PracticeResponse, ReviewAnswer, ReviewCard, ReviewReminder
from lms.learning.review import spacing
from lms.learning.review.cards import answer_card, call_easy, note_flash, note_missed
from lms.learning.review.due import A_DAY, next_card, reviews_of
from lms.learning.review.reminding import set_reminder
from tests.lms.assessments.checks.test_check import answered, begun, finished
from tests.lms.learning import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(bank: None) -> Any:
    return get_user_model().objects.create_user("nadia@example.org", None)


@pytest.fixture
def keys(bank: None) -> list[str]:
    return samples.items(4)


def cards(person: Any) -> list[ReviewCard]:
    return list(ReviewCard.objects.filter(owner=person).order_by("pk"))


def test_what_is_missed_comes_back_the_next_day(person: Any, keys: list[str], now: datetime) -> None:
    note_missed(owner_id=person.pk, keys=[*keys, keys[0]], now=now, module="m")
    assert [card.ref for card in cards(person)] == keys
    assert {card.due_at for card in cards(person)} == {now + timedelta(days=1)}
    assert next_card(person, now) is None
    assert next_card(person, now + timedelta(days=1)) is not None


def test_the_same_news_told_twice_changes_nothing(person: Any, keys: list[str], now: datetime) -> None:
    note_missed(owner_id=person.pk, keys=keys[:1], now=now)
    before = cards(person)[0].__dict__ | {"_state": None}
    assert note_missed(owner_id=person.pk, keys=keys[:1], now=now) == 0
    assert cards(person)[0].__dict__ | {"_state": None} == before


def test_an_old_miss_does_not_undo_a_later_answer(person: Any, keys: list[str], now: datetime) -> None:
    note_missed(owner_id=person.pk, keys=keys[:1], now=now)
    card = cards(person)[0]
    answer_card(owner_id=person.pk, card_id=card.pk, number=1, rating=spacing.GOOD, now=now + timedelta(days=2))
    due_at = cards(person)[0].due_at
    note_missed(owner_id=person.pk, keys=keys[:1], now=now + timedelta(days=1))
    assert cards(person)[0].due_at == due_at
    note_missed(owner_id=person.pk, keys=keys[:1], now=now + timedelta(days=3))
    assert cards(person)[0].due_at < due_at + timedelta(days=3)


def test_an_answer_counts_once_whatever_is_clicked(person: Any, keys: list[str], now: datetime) -> None:
    note_missed(owner_id=person.pk, keys=keys[:1], now=now)
    card, later = cards(person)[0], now + timedelta(days=1)
    for _ in range(2):
        answer_card(owner_id=person.pk, card_id=card.pk, number=1, rating=spacing.GOOD, now=later)
    assert ReviewAnswer.objects.count() == 1
    assert cards(person)[0].answers_count == 1
    assert OutboxEvent.objects.filter(kind="learning.CardReviewed").count() == 1


def test_nobody_answers_the_card_of_another(person: Any, keys: list[str], now: datetime) -> None:
    note_missed(owner_id=person.pk, keys=keys[:1], now=now)
    card = cards(person)[0]
    other = get_user_model().objects.create_user("paul@example.org", None)
    assert answer_card(owner_id=other.pk, card_id=card.pk, number=1, rating=3, now=now) is None
    assert call_easy(owner_id=other.pk, card_id=card.pk, number=1) is None
    assert not ReviewAnswer.objects.exists()


def test_easy_replaces_good_and_only_good(person: Any, keys: list[str], now: datetime) -> None:
    note_missed(owner_id=person.pk, keys=keys[:2], now=now)
    first, second = cards(person)
    later = now + timedelta(days=1)
    answer_card(owner_id=person.pk, card_id=first.pk, number=1, rating=spacing.GOOD, now=later)
    answer_card(owner_id=person.pk, card_id=second.pk, number=1, rating=spacing.AGAIN, now=later)
    good = cards(person)[0].due_at
    for card in (first, second, first):
        call_easy(owner_id=person.pk, card_id=card.pk, number=1)
    found = cards(person)
    assert found[0].due_at > good
    expected = spacing.after(spacing.after(spacing.unseen(now), spacing.AGAIN, now), spacing.EASY, later)
    assert found[0].due_at == expected["due_at"]
    assert found[1].due_at == later + timedelta(days=1)


def test_six_cards_a_day_and_no_more(person: Any, now: datetime, keys: list[str]) -> None:
    note_missed(owner_id=person.pk, keys=samples.items(9, "fr"), now=now)
    later, seen = now + timedelta(days=1), 0
    assert (reviews_of(person, later).due, reviews_of(person, later).today) == (9, A_DAY)
    while card := next_card(person, later):
        answer_card(owner_id=person.pk, card_id=card.pk, number=1, rating=spacing.GOOD, now=later)
        seen += 1
    found = reviews_of(person, later)
    assert (seen, found.done, found.due, found.today) == (A_DAY, A_DAY, 3, 0)
    assert next_card(person, later + timedelta(days=1)) is not None


def test_days_begin_at_midnight_where_the_person_lives(person: Any, keys: list[str]) -> None:
    person.time_zone = "Pacific/Noumea"  # eleven hours ahead
    person.save()
    missed_at = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)  # 23 h there
    note_missed(owner_id=person.pk, keys=keys[:1], now=missed_at)
    assert next_card(person, datetime(2026, 10, 20, 12, 59, tzinfo=UTC)) is None
    assert next_card(person, datetime(2026, 10, 20, 13, 1, tzinfo=UTC)) is not None  # the day after has begun


def test_the_calendar_counts_late_cards_today(person: Any, keys: list[str], now: datetime) -> None:
    note_missed(owner_id=person.pk, keys=keys[:3], now=now)
    found = reviews_of(person, now + timedelta(days=5))
    assert [day.cards for day in found.days][:2] == [3, 0]
    assert len(found.days) == 14
    assert reviews_of(person, now).next_date == (now + timedelta(days=1)).date()


def test_an_item_withdrawn_waits_unseen(person: Any, now: datetime) -> None:
    note_missed(owner_id=person.pk, keys=["retiree-de-la-banque"], now=now)
    later = now + timedelta(days=1)
    assert next_card(person, later) is None
    assert reviews_of(person, later).due == 0


def test_a_flash_card_to_see_again(person: Any, now: datetime) -> None:
    said: Any = {"ref": "r", "module": "m", "front": "Recto", "back": "Verso", "language": "fr", "now": now}
    assert note_flash(owner_id=person.pk, is_known=True, **said) is None
    card = note_flash(owner_id=person.pk, is_known=False, **said)
    assert card is not None and card.due_at == now + timedelta(days=1)
    assert note_flash(owner_id=person.pk, is_known=False, **said) == card
    assert next_card(person, now + timedelta(days=1)) == card


def test_an_attempt_of_somebody_with_an_account_makes_cards(person: Any) -> None:
    attempt = finished(begun(person.pk), "10101")
    drain()
    found = cards(person)
    assert len(found) == 2
    assert {card.module for card in found} == {"exemple"}
    assert {card.origin for card in found} == {attempt.uuid}
    drain()
    assert len(cards(person)) == 2


def test_an_anonymous_attempt_makes_none_until_it_is_kept(person: Any) -> None:
    from lms.assessments.api import keep_attempt

    attempt = finished(begun(), "00000")
    drain()
    assert not ReviewCard.objects.exists()
    keep_attempt(token=attempt.token, owner_id=person.pk)
    drain()
    assert len(cards(person)) == 5


def test_an_attempt_kept_before_its_end_makes_cards_once(person: Any) -> None:
    from lms.assessments.api import keep_attempt

    attempt = answered(begun(), is_right=False)
    kept = keep_attempt(token=attempt.token, owner_id=person.pk)
    drain()
    assert not cards(person)
    finished(kept, "0000")
    drain()
    assert len(cards(person)) == 5


def test_erasing_an_attempt_takes_the_cards_nobody_answered(person: Any, keys: list[str], now: datetime) -> None:
    origin = uuid4()
    note_missed(owner_id=person.pk, keys=keys[:2], now=now, origin=origin)
    answer_card(owner_id=person.pk, card_id=cards(person)[0].pk, number=1, rating=3, now=now + timedelta(days=1))
    from django.db import transaction

    with transaction.atomic():
        publish(AttemptErased(aggregate=origin, at=now))
    drain()
    assert [card.ref for card in cards(person)] == keys[:1]


def test_a_person_takes_their_reviews_and_leaves_without_a_trace(person: Any, keys: list[str], now: datetime) -> None:
    note_missed(owner_id=person.pk, keys=keys[:1], now=now)
    answer_card(owner_id=person.pk, card_id=cards(person)[0].pk, number=1, rating=3, now=now)
    set_reminder(owner_id=person.pk, is_on=True, hour=8, now=now)
    data = export_person(user=person)["reviews"]
    assert data["cards"][0]["ref"] == keys[0]
    assert data["answers"][0]["rating"] == 3
    assert data["reminder"][0]["hour"] == 8
    erase_person(user=person)
    for model in (ReviewCard, ReviewAnswer, ReviewReminder, PracticeResponse):
        assert not model.objects.exists()


def test_what_is_kept_too_long_goes(person: Any, keys: list[str], now: datetime) -> None:
    note_missed(owner_id=person.pk, keys=keys[:1], now=now)
    days = retention.days("review_cards")
    retention.purge(now=now + timedelta(days=days))
    assert len(cards(person)) == 1
    retention.purge(now=now + timedelta(days=days + 2))
    assert not cards(person)
