"""What a finished attempt tells the bank of its items: answers without the person."""

from question_bank import api as bank
from question_bank.types import CountedAnswer

from . import delivery, selectors
from .models import Attempt, Response, Wording


def count_attempt(attempt: Attempt) -> bool:
    """Add a finished attempt (locked) to the counts of its items; return False when it is already in."""
    return attempt.finished_at is not None and bank.count_attempt(
        attempt=attempt.uuid, at=attempt.finished_at, answers=answers_of(attempt)
    )


def keep_counts(attempt: Attempt) -> None:
    """Leave what a finished attempt (locked) says of its items in the counts, before it is erased."""
    if attempt.finished_at is not None:
        bank.keep_counts(attempt=attempt.uuid, at=attempt.finished_at, answers=answers_of(attempt))


def answers_of(attempt: Attempt) -> list[CountedAnswer]:
    """Return the answers of an attempt as the counts take them, those of items on trial too."""
    responses = selectors.responses(attempt)
    rests = delivery.rest_scores(attempt, [response.score for response in responses])
    return [_answer(attempt, response, rest) for response, rest in zip(responses, rests, strict=True)]


def _answer(attempt: Attempt, response: Response, rest: int | None) -> CountedAnswer:
    return CountedAnswer(
        item_version_id=response.item_version_id,
        variant=_variant(attempt, response.item_version_id),
        answer=bank.stored_answer(response.answer),
        score=int(response.score),
        seconds=max(0.0, (response.answered_at - response.served_at).total_seconds()),
        rest_score=rest,
    )


def _variant(attempt: Attempt, item_version_id: int) -> str:
    """Say in which words the item was shown; French and English count together (docs/decisions/0009)."""
    is_plain = attempt.item_wording == Wording.PLAIN and Wording.PLAIN in bank.item_content(item_version_id).wordings
    return Wording.PLAIN.value if is_plain else Wording.STANDARD.value
