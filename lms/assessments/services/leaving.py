"""Erasing an attempt whole, after folding it into counts without a name, so that no total ever goes down."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from kernel.events import publish
from lms.accounts.api import ensure_not_on_hold
from question_bank import api as bank

from .. import counting, selectors
from ..events import AttemptErased
from ..models import Attempt, CompetencyResult, ErasedAttempts, ErasedResponses

PARIS = ZoneInfo("Europe/Paris")


@transaction.atomic
def erase_attempt(*, token: str, viewer_id: int | None) -> None:
    """Erase the attempt at `token`. Raises AttemptUnknown, or PersonOnHold while a legal hold stands on its owner."""
    attempt, now = selectors.lock_attempt(token=token, viewer_id=viewer_id)
    if attempt.owner_id is not None:
        ensure_not_on_hold(attempt.owner_id)
    _fold_attempt(attempt)
    _fold_responses(attempt)
    counting.keep_counts(attempt)
    bank.forget_reporter(attempt=attempt.uuid)
    publish(AttemptErased(aggregate=attempt.uuid, at=now, owner=attempt.owner_id))
    attempt.delete()


def _fold_attempt(attempt: Attempt) -> None:
    overall = CompetencyResult.objects.filter(attempt=attempt, scope=CompetencyResult.Scope.OVERALL).first()
    row, _ = ErasedAttempts.objects.get_or_create(
        assessment_id=attempt.assessment_id,
        institution_id=attempt.institution_id,
        week_date=_monday(attempt),
        is_finished=overall is not None,
        level=overall.level if overall else "",
    )
    ErasedAttempts.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)


def _monday(attempt: Attempt) -> date:
    day = (attempt.finished_at or attempt.started_at).astimezone(PARIS).date()
    return day - timedelta(days=day.weekday())


def _fold_responses(attempt: Attempt) -> None:
    """Count each answer on its item version, in the order of ids: two erasures never wait for each other in a ring."""
    for response in sorted(selectors.responses(attempt), key=lambda one: one.item_version_id):
        row, _ = ErasedResponses.objects.get_or_create(item_version_id=response.item_version_id)
        ErasedResponses.objects.filter(pk=row.pk).update(
            answered=F("answered") + 1,
            right=F("right") + int(response.is_correct),
            unknown=F("unknown") + int(response.is_unknown),
        )
