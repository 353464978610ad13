"""What a signed-in reader practised, kept once per page, whatever is clicked twice."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kernel.events import publish
from lms.assessments.api import Practice
from lms.learning.events import ItemPractised
from lms.learning.models import PracticeResponse
from lms.learning.review.cards import note_missed


@dataclass(frozen=True)
class Place:
    """Where an item was practised: the keys of the module and of the step, both empty in a review."""

    module: str = ""
    step: str = ""


def keep_practice(*, owner_id: int, practice: Practice, place: Place, now: datetime) -> bool:
    """Keep an answered practice of `owner_id`, and put a missed item among the cards of their reviews.

    Say whether it was new: the same page answered again changes nothing.
    """
    try:
        with transaction.atomic():
            return _kept(owner_id, practice, place, now)
    except IntegrityError:  # the same page, answered at the same time in two clicks
        return False


def _kept(owner_id: int, practice: Practice, place: Place, now: datetime) -> bool:
    if PracticeResponse.objects.filter(owner_id=owner_id, key=practice.ticket.seed).exists():
        return False
    row = _row(owner_id, practice, place, now)
    row.save(force_insert=True)
    publish(_event(row, practice, now))
    if not row.is_correct and place.module:
        note_missed(owner_id=owner_id, keys=[row.item_key], module=place.module, now=now)
    return True


def _row(owner_id: int, practice: Practice, place: Place, now: datetime) -> PracticeResponse:
    assert practice.answer is not None
    assert practice.outcome is not None
    return PracticeResponse(
        owner_id=owner_id,
        module=place.module,
        step=place.step,
        item_key=practice.key,
        item_version_id=practice.ticket.version,
        key=practice.ticket.seed,
        answer=practice.answer.to_json(),
        is_correct=practice.outcome.is_correct,
        score=practice.outcome.score,
        is_unknown=practice.answer.is_unknown,
        answered_at=now,
    )


def _event(row: PracticeResponse, practice: Practice, now: datetime) -> ItemPractised:
    return ItemPractised(
        aggregate=row.uuid,
        at=now,
        item=row.item_key,
        item_version=UUID(str(practice.content.version_uuid)),
        module=row.module,
        step=row.step,
        is_correct=row.is_correct,
        points=int(row.score),
        top=practice.content.top_score,
        owner=row.owner_id,
    )
