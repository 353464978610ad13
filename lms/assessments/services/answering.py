"""Recording an answer. What this module acknowledges is on disk: the contract is docs/answer-contract.md."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kernel import clock
from kernel.events import outbox_row
from kernel.models import OutboxEvent, insert_rows, write_rows
from question_bank import api as bank
from question_bank.types import Answer, Outcome, ReleaseEntry

from .. import delivery, selectors, steps
from ..errors import AttemptAlreadyFinished, ItemAlreadyAnswered, ItemNeverServed, KeyReused
from ..events import ItemAnswered, LearnerAnswered
from ..models import Attempt, Response
from ..types import Step, Submission
from .ending import finish_attempt

MOVED = ("position", "served_at", "ability", "selection_log", "pretest_log", "remaining")  # by what comes next


def submit_response(*, token: str, viewer_id: int | None, submission: Submission) -> Step:
    """Record the answer to the item on screen and return what comes next; a repeated one gets what it was told first.

    Raises AttemptUnknown, InvalidAnswer (field, sentence), KeyReused, ItemAlreadyAnswered or AttemptAlreadyFinished.
    """
    received_at = clock.reception()
    try:
        step = _record_in_transaction(token, viewer_id, submission, received_at)
    except IntegrityError as error:  # the key of an earlier answer, sent again for another item
        if selectors.is_key_known(token, submission.key):
            raise KeyReused from error
        raise
    if step is None:
        raise AttemptAlreadyFinished  # it ended with the time allowed: that was written, the answer was not
    return step


@transaction.atomic
def _record_in_transaction(
    token: str, viewer_id: int | None, submission: Submission, received_at: datetime | None
) -> Step | None:
    """Take the lock, then decide; a double click waits for it and finds the item answered."""
    attempt, now = selectors.lock_attempt(token=token, viewer_id=viewer_id, received_at=received_at)
    is_on_screen = attempt.is_open and submission.served == delivery.served_id(attempt, attempt.position)
    if not is_on_screen:
        return _replay(attempt, submission)
    if attempt.is_past_deadline(now):
        finish_attempt(attempt=attempt, reason="out_of_time", now=now)
        return None
    return _record(attempt, submission, now)


def _replay(attempt: Attempt, submission: Submission) -> Step:
    known = selectors.response_by_key(attempt, submission.key)
    if known is None:
        attempt.ensure_open()
        raise ItemAlreadyAnswered if delivery.was_served(attempt, submission.served) else ItemNeverServed
    if known.payload_digest != submission.digest:
        raise KeyReused
    return steps.after(attempt, known)


def _record(attempt: Attempt, submission: Submission, now: datetime) -> Step:
    entry = delivery.entry_at(attempt, attempt.position)
    content = bank.item_content(entry.item_version_id)
    done = selectors.gestures(attempt, attempt.position) if bank.is_played(content) else []
    answer = submission.parse(content, delivery.mask(attempt), done)
    outcome = bank.check(content, answer)
    position, served_at = attempt.position, attempt.served_at
    is_pretest = position in attempt.pretest_log
    choice = delivery.advance(attempt, outcome.score)
    response = _response(attempt, submission, answer, outcome)
    response.position, response.served_at, response.answered_at = position, served_at, now
    response.item_version_id, response.is_pretest = entry.item_version_id, is_pretest
    event = _told(attempt, response, entry, now)
    if choice.item is not None:
        return _serve_next(attempt, response, event, now)
    insert_rows(response)
    insert_rows(event)
    return finish_attempt(attempt=attempt, reason=choice.stop_reason, now=now)


def _told(attempt: Attempt, response: Response, entry: ReleaseEntry, now: datetime) -> OutboxEvent:
    kind = ItemAnswered if attempt.is_anonymous else LearnerAnswered
    return outbox_row(
        kind(
            aggregate=attempt.uuid,
            at=now,
            item_version=UUID(entry.version_uuid),
            position=response.position,
            is_correct=response.is_correct,
            owner=attempt.owner_id,
        )
    )


def _response(attempt: Attempt, submission: Submission, answer: Answer, outcome: Outcome) -> Response:
    return Response(
        attempt=attempt,
        institution_id=attempt.institution_id,
        key=submission.key,
        payload_digest=submission.digest,
        answer=answer.to_json(),
        is_correct=outcome.is_correct,
        score=outcome.score,
        is_unknown=answer.is_unknown,
        remaining=attempt.remaining,
    )


def _serve_next(attempt: Attempt, response: Response, event: OutboxEvent, now: datetime) -> Step:
    attempt.position += 1
    attempt.served_at = now
    write_rows(response, event, changed=attempt, names=MOVED)
    return steps.current(attempt)
