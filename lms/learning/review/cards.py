"""Cards: made from what was missed, answered once each time they are due."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kernel.events import publish
from lms.accounts.api import User
from lms.learning.events import CardReviewed
from lms.learning.models import ReviewAnswer, ReviewCard, ReviewReminder

from . import spacing
from .spacing import Memory

FIELDS = ("state", "stability", "difficulty", "due_at", "reviewed_at")


@transaction.atomic
def note_missed(
    *, owner_id: int, keys: Iterable[str], now: datetime, module: str = "", origin: UUID | None = None
) -> int:
    """Have each item missed at `now` come back the next day; return how many cards that touched.

    A card already there is missed once more, unless it was answered since.
    """
    wanted = list(dict.fromkeys(keys))
    mine = ReviewCard.objects.select_for_update().filter(owner_id=owner_id, kind=ReviewCard.Kind.ITEM, ref__in=wanted)
    known = {card.ref: card for card in mine.order_by("pk")}
    made = [_new(owner_id, key, module, origin, now) for key in wanted if key not in known]
    ReviewCard.objects.bulk_create(made, ignore_conflicts=True)
    late = [card for card in known.values() if card.reviewed_at is None or card.reviewed_at < now]
    for card in late:
        _write(card, spacing.after(memory_of(card), spacing.AGAIN, now))
        card.save(update_fields=FIELDS)
    return len(made) + len(late)


@transaction.atomic
def note_flash(
    *, owner_id: int, ref: str, module: str, front: str, back: str, language: str, is_known: bool, now: datetime
) -> ReviewCard | None:
    """Keep a flash card that was read and is to be seen again; one that is known only moves the card that exists."""
    mine = ReviewCard.objects.select_for_update().filter(owner_id=owner_id, kind=ReviewCard.Kind.FLASH, ref=ref)
    card = mine.order_by("pk").first()
    if card is None and is_known:
        return None
    rating = spacing.GOOD if is_known else spacing.AGAIN
    card = card or ReviewCard(owner_id=owner_id, kind=ReviewCard.Kind.FLASH, ref=ref, created_at=now)
    card.module, card.front, card.back, card.language = module, front, back, language
    _write(card, spacing.after(memory_of(card) if card.pk else spacing.unseen(now), rating, now))
    card.save()
    return card


@transaction.atomic
def answer_card(*, owner_id: int, card_id: int, number: int, rating: int, now: datetime) -> ReviewCard | None:
    """Record the answer `number` (from 1) to a card and say when it comes back.

    The same one sent again changes nothing. None when the card is not this person's.
    """
    card = ReviewCard.objects.select_for_update().filter(pk=card_id, owner_id=owner_id).order_by("pk").first()
    if card is None or number != card.answers_count + 1:
        return card
    before = {name: getattr(card, name) for name in FIELDS}
    ReviewAnswer.objects.create(card=card, number=number, rating=rating, before=_stored(before), answered_at=now)
    _write(card, spacing.after(before, rating, now))
    card.answers_count = number
    card.save(update_fields=[*FIELDS, "answers_count"])
    ReviewReminder.objects.filter(owner_id=owner_id).update(unanswered=0)
    publish(CardReviewed(aggregate=_person(owner_id), at=now, card=card.pk, rating=rating, owner=owner_id))
    return card


@transaction.atomic
def call_easy(*, owner_id: int, card_id: int, number: int) -> ReviewCard | None:
    """Rate the last answer to a card as easy instead of good: it then comes back later. Twice is once."""
    card = ReviewCard.objects.select_for_update().filter(pk=card_id, owner_id=owner_id).order_by("pk").first()
    last = ReviewAnswer.objects.filter(card=card, number=number).order_by("pk").first() if card else None
    if card is None or last is None or card.answers_count != number or last.rating != spacing.GOOD:
        return card
    _write(card, spacing.after(_read(last.before), spacing.EASY, last.answered_at))
    card.save(update_fields=FIELDS)
    ReviewAnswer.objects.filter(pk=last.pk).update(rating=spacing.EASY)
    return card


def memory_of(card: ReviewCard) -> Memory:
    """Return what the scheduler needs of a card."""
    return {name: getattr(card, name) for name in FIELDS}


def _new(owner_id: int, key: str, module: str, origin: UUID | None, now: datetime) -> ReviewCard:
    card = ReviewCard(
        owner_id=owner_id, kind=ReviewCard.Kind.ITEM, ref=key, module=module, origin=origin, created_at=now
    )
    _write(card, spacing.after(spacing.unseen(now), spacing.AGAIN, now))
    return card


def _write(card: ReviewCard, memory: Memory) -> None:
    for name, value in memory.items():
        setattr(card, name, value)


def _stored(memory: Memory) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in memory.items()}


def _read(stored: dict[str, Any]) -> Memory:
    return {name: datetime.fromisoformat(value) if isinstance(value, str) else value for name, value in stored.items()}


def _person(owner_id: int) -> UUID:
    return User.objects.values_list("uuid", flat=True).get(pk=owner_id)
