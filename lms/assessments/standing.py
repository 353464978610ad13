"""Where a person stands, for those who advise: the measures of an attempt, and what was missed in it."""

from collections.abc import Collection
from uuid import UUID

from competencies import api as competencies

from . import delivery, selectors
from .models import Attempt, CompetencyResult
from .types import Standing


def standing(attempt: Attempt) -> Standing:
    """Return what a finished attempt says of each competency."""
    rows = CompetencyResult.objects.filter(attempt=attempt, scope=CompetencyResult.Scope.COMPETENCY).order_by("pk")
    scores = {row.code: (row.score, row.low, row.high) for row in rows}
    return Standing(scores, _missed(attempt), attempt.assessment.audience, attempt.owner_id)


def standing_of(owner_id: int) -> Standing | None:
    """Return where a person stands by their last measure in the framework in force; None when nothing was measured."""
    last = selectors.last_measure(owner_id, competencies.current_framework_id())
    return standing(last) if last else None


def check_percentages(owner_id: int, contexts: Collection[str]) -> dict[str, int]:
    """Return the best percentage of the finished attempts of each of `contexts`, rounded down: two queries at most."""
    best: dict[str, int] = {}
    rows = Attempt.objects.filter(owner_id=owner_id, state=Attempt.State.FINISHED, context__in=contexts)
    for attempt in rows.order_by("pk").prefetch_related("responses"):
        top_scores = delivery.pool(attempt.bank_release_id, attempt.framework_id).top_score
        got = sum(response.score for response in attempt.responses.all())
        top = sum(int(top_scores[place]) for place in attempt.selection_log)
        best[attempt.context] = max(best.get(attempt.context, 0), int(100 * got // top) if top else 0)
    return best


def points(attempt: Attempt, scores: list[float]) -> tuple[int, int]:
    """Return how many points the answers got, and how many they could have."""
    top = delivery.setting(attempt).pool.top_score
    return int(sum(scores)), int(sum(top[item] for item in attempt.selection_log[: len(scores)]))


def finished(attempt: UUID) -> Attempt | None:
    """Return an attempt by its uuid once it is over; None when it is not, or was erased."""
    return Attempt.objects.filter(uuid=attempt, finished_at__isnull=False).first()


def missed_items(attempt: UUID) -> list[str]:
    """Return the keys of the items of an attempt whose answer was not the one expected, in order."""
    row = Attempt.objects.filter(uuid=attempt).first()
    if row is None:
        return []
    return [
        delivery.entry_at(row, response.position).key
        for response in selectors.responses(row)
        if not response.is_correct
    ]


def _missed(attempt: Attempt) -> frozenset[str]:
    responses = selectors.responses(attempt)
    return frozenset(delivery.entry_at(attempt, one.position).competency for one in responses if not one.is_correct)
