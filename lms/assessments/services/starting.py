"""Starting an attempt: everything it will use is frozen in its row."""

from datetime import datetime

from django.db import transaction

from competencies import api as competencies
from kernel.clock import database_now
from kernel.events import publish
from question_bank import api as bank

from .. import delivery, selectors, steps
from ..events import AttemptStarted
from ..models import Assessment, Attempt, Wording
from ..types import Step


@transaction.atomic
def start_attempt(*, assessment: str, locale: str, owner_id: int | None, wording: str = Wording.STANDARD) -> Step:
    """Open an attempt and serve its first item. Raises AssessmentUnknown or BankTooSmall."""
    offer, now = selectors.open_assessment(assessment), database_now()
    attempt = Attempt(
        assessment=offer,
        purpose=offer.purpose,
        owner_id=owner_id,
        framework_id=competencies.current_framework_id(),
        bank_release_id=bank.current_release_id(),
        locale=locale,
        wording=wording,
        started_at=now,
        served_at=now,
        deadline_at=_deadline(offer, now),
        erase_after=None if owner_id else now + selectors.anonymous_lifetime(),
    )
    delivery.begin(attempt, selectors.items_seen(owner_id=owner_id, since=now - selectors.SEEN_LATELY))
    attempt.save(force_insert=True)
    publish(AttemptStarted(aggregate=attempt.uuid, at=now, assessment=offer.key, owner=owner_id))
    return steps.current(attempt)


def _deadline(offer: Assessment, now: datetime) -> datetime | None:
    limit = offer.blueprint.time_limit
    return now + limit if limit else None
