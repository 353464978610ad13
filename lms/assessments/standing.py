"""Where a person stands, for those who advise: the measures of an attempt, and what was missed in it."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Final, Protocol
from uuid import UUID

from competencies import api as competencies

from . import delivery, selectors
from .models import Attempt, CompetencyResult, Response
from .types import Standing

FEW: Final = 3  # answers about one competency that say something of it alone: the least of a check
PRAISED: Final = 3  # competencies that a result lists among what went well
WHOLE: Final = 12  # answers, the least of a placement, among which a single one about a competency says something of it


def standing(attempt: Attempt) -> Standing:
    """Return what a finished attempt says of each competency."""
    results = selectors.results(attempt)
    rows = [row for row in results if row.scope == CompetencyResult.Scope.COMPETENCY]
    scores = {row.code: (row.score, row.low, row.high) for row in rows}
    apart = are_apart([row for row in results if row.scope == CompetencyResult.Scope.DOMAIN])
    given = selectors.responses(attempt)
    told = _answered(attempt, given)
    least = 1 if told.total() >= WHOLE else FEW
    inferred = frozenset(code for code in scores if told[code] < least)
    about, asked = attempt.assessment.audience, frozenset(told)
    good = frozenset(praised(attempt))
    return Standing(scores, _missed(attempt, given), about, attempt.owner_id, inferred, apart, asked, good)


def praised(attempt: Attempt) -> list[str]:
    """Return the competencies that the result lists among what went well; none of them is a step to take next."""
    return strengths(attempt) or well_answered(attempt)


def strengths(attempt: Attempt) -> list[str]:
    """Return the competencies whose whole interval is above the first level, the highest first: mastered for sure."""
    levels = delivery.setting(attempt).framework.levels
    first_cut = levels[1].cut_score if len(levels) > 1 else 0
    return [row.code for row in _highest_first(attempt) if row.low >= first_cut][:PRAISED]


def well_answered(attempt: Attempt) -> list[str]:
    """Return the competencies met and always answered right, the highest first: a good sign, not yet a measure."""
    met = answers_met(attempt)
    return [row.code for row in _highest_first(attempt) if row.code in met and all(met[row.code])][:PRAISED]


def answers_met(attempt: Attempt) -> dict[str, list[bool]]:
    """Return, by competency, whether each answer of the attempt was right."""
    met: dict[str, list[bool]] = {}
    for response in selectors.responses(attempt):
        competency = delivery.entry_at(attempt, response.position).competency
        met.setdefault(competency, []).append(response.is_correct)
    return met


def _highest_first(attempt: Attempt) -> list[CompetencyResult]:
    rows = [row for row in selectors.results(attempt) if row.scope == CompetencyResult.Scope.COMPETENCY]
    return sorted(rows, key=lambda row: -row.score)


class Measured(Protocol):
    """A score and its interval."""

    @property
    def score(self) -> int: ...
    @property
    def low(self) -> int: ...
    @property
    def high(self) -> int: ...


def are_apart(domains: Sequence[Measured]) -> bool:
    """Say whether the intervals of the highest and the lowest domain do not meet: else none is told from another."""
    if not domains:
        return False
    best, least = max(domains, key=lambda one: one.score), min(domains, key=lambda one: one.score)
    return best.low > least.high


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


def _missed(attempt: Attempt, given: Sequence[Response]) -> frozenset[str]:
    return frozenset(delivery.entry_at(attempt, one.position).competency for one in given if not one.is_correct)


def _answered(attempt: Attempt, given: Sequence[Response]) -> Counter[str]:
    """Count by competency the answers that a measure rests on: those before it too, when it started from them."""
    if attempt.prior is None or attempt.owner_id is None:
        return Counter(delivery.entry_at(attempt, one.position).competency for one in given)
    return selectors.answers_by_competency(attempt.owner_id, attempt.framework_id, attempt.finished_at)
