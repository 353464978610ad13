"""What a finished attempt tells the bank of its items: answers without the person."""

from collections.abc import Sequence

from question_bank import api as bank
from question_bank.types import CountedAnswer, CountedSitting

from . import delivery, selectors
from .models import Attempt, Response, Wording


def count_attempts(attempts: Sequence[Attempt]) -> int:
    """Add finished attempts (locked) to the counts of their items; return how many were not in them yet."""
    return bank.count_attempts(_sittings(attempts))


def keep_counts(attempt: Attempt) -> None:
    """Leave what a finished attempt (locked) says of its items in the counts, before it is erased."""
    for sitting in _sittings([attempt]):
        bank.keep_counts(sitting)


def _sittings(attempts: Sequence[Attempt]) -> list[CountedSitting]:
    """Return the finished ones as the counts take them, answers to items on trial too."""
    given = selectors.responses_by_attempt(attempts)
    return [
        CountedSitting(attempt.uuid, attempt.finished_at, _answers(attempt, given.get(attempt.pk, [])))
        for attempt in attempts
        if attempt.finished_at is not None
    ]


def _answers(attempt: Attempt, responses: list[Response]) -> tuple[CountedAnswer, ...]:
    rests = delivery.rest_scores(attempt, [response.score for response in responses])
    return tuple(_answer(attempt, response, rest) for response, rest in zip(responses, rests, strict=True))


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
