"""Recording a gesture of a simulation, before its answer: one row, under the lock of the attempt, once per step.

The rules are those of an answer (docs/answer-contract.md); the step takes the place of the idempotency key.
"""

from datetime import datetime

from django.db import transaction

from kernel import clock
from kernel.models import insert_rows
from question_bank import api as bank
from question_bank.types import Gesture

from .. import delivery, selectors
from ..errors import AttemptAlreadyFinished, GestureImpossible, GestureTooLate, ItemAlreadyAnswered
from ..models import Attempt, ItemAction
from ..types import Motion
from .ending import finish_attempt


def record_gesture(*, token: str, viewer_id: int | None, motion: Motion) -> None:
    """Record a gesture on the item on screen; the same one sent again for its step changes nothing.

    Raises AttemptUnknown, AttemptAlreadyFinished, ItemAlreadyAnswered, GestureTooLate (another one was made at this
    step, in another tab) or GestureImpossible (field, sentence).
    """
    received_at = clock.reception()
    if not _record_in_transaction(token, viewer_id, motion, received_at):
        raise AttemptAlreadyFinished  # it ended with the time allowed: that was written, the gesture was not


@transaction.atomic
def _record_in_transaction(token: str, viewer_id: int | None, motion: Motion, received_at: datetime | None) -> bool:
    """Take the lock, then decide; a double click waits for it and finds the step taken. False: out of time."""
    attempt, now = selectors.lock_attempt(token=token, viewer_id=viewer_id, received_at=received_at)
    attempt.ensure_open()
    if motion.served != delivery.served_id(attempt, attempt.position):
        raise ItemAlreadyAnswered
    if attempt.is_past_deadline(now):
        finish_attempt(attempt=attempt, reason="out_of_time", now=now)
        return False
    _record(attempt, motion, now)
    return True


def _record(attempt: Attempt, motion: Motion, now: datetime) -> None:
    content = bank.item_content(delivery.entry_at(attempt, attempt.position).item_version_id)
    gesture = bank.read_gesture(content, motion.gesture, delivery.mask(attempt))
    done = selectors.gestures(attempt, attempt.position)
    if gesture is not None and _is_repeated(done, motion.step, gesture):
        return
    if motion.step != len(done) + 1:
        raise GestureTooLate
    if gesture is None:
        raise GestureImpossible
    if refusal := bank.gesture_refusal(content, [*done, gesture]):
        raise GestureImpossible(refusal)
    insert_rows(
        ItemAction(attempt=attempt, position=attempt.position, step=motion.step, action=gesture.to_json(), acted_at=now)
    )


def _is_repeated(done: list[Gesture], step: int, gesture: Gesture) -> bool:
    return 1 <= step <= len(done) and done[step - 1] == gesture
