"""Figures of the pages. Counts are of rows as they are, plus those of erased attempts: no total ever goes down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, Sum, Value, When

from lms.assessments.models import Attempt, CompetencyResult, ErasedAttempts
from lms.learning.models import ModuleProgress
from lms.prescribing.models import ReminderLetter

PLACEMENTS = ("placement", "self_assessment")  # “Me situer”: a citizen’s is a self-assessment


@dataclass(frozen=True)
class Portrait:
    """Where a person stood last: the attempt, its overall result and that of each domain."""

    attempt: Attempt
    overall: CompetencyResult
    domains: list[CompetencyResult]

    @property
    def is_placement(self) -> bool:
        """Say whether it comes from a placement; else it is the last training, and must be named so."""
        return self.attempt.purpose in PLACEMENTS


def portrait(owner_id: int) -> Portrait | None:
    """Return the last placement that a person finished, else their last training, with what it says: two queries.

    A placement stands until the next one: ten situations of training measure less, and must not take its place. Nor
    does the check of a module (it has a context): what it changed is shown on its own page.
    """
    finished = Attempt.objects.filter(owner_id=owner_id, finished_at__isnull=False, context="")
    is_placement = Case(When(purpose__in=PLACEMENTS, then=Value(True)), default=False, output_field=BooleanField())
    latest = finished.select_related("assessment").order_by(is_placement.desc(), "-finished_at", "-pk")
    attempt = latest.first()
    if attempt is None:
        return None
    rows = list(attempt.results.exclude(scope="competency").order_by("pk"))
    overall = next(row for row in rows if row.scope == "overall")
    return Portrait(attempt, overall, [row for row in rows if row.scope == "domain"])


def learner_attempts(owner_id: int, *, limit: int) -> list[Attempt]:
    """Return a person's attempts, the latest first, each finished one with its overall result."""
    return with_results(attempts_of(owner_id)[:limit])


def attempts_of(owner_id: int) -> QuerySet[Attempt]:
    """Return all the attempts of a person, the latest first."""
    return Attempt.objects.filter(owner_id=owner_id).select_related("assessment").order_by("-started_at", "-pk")


def with_results(rows: Iterable[Attempt]) -> list[Attempt]:
    """Return attempts, each finished one with its overall result: one query."""
    attempts = list(rows)
    overall = CompetencyResult.objects.filter(attempt__in=attempts, scope="overall").order_by("pk")
    results = {result.attempt_id: result for result in overall}
    for attempt in attempts:
        attempt.overall = results.get(attempt.pk)  # type: ignore[attr-defined]
    return attempts


def attempts_seen_by(owner_id: int, institution_id: int) -> QuerySet[Attempt]:
    """Return what an institution may know of a person’s attempts, the latest first: placements, and what it asked.

    Training, reviews and checks that nobody asked for are their own. `overall_score` is for who shares: one query.
    """
    overall = CompetencyResult.objects.filter(attempt=OuterRef("pk"), scope="overall").order_by()
    known = Q(purpose="placement", context="") | Q(assignment__institution_id=institution_id)
    return attempts_of(owner_id).filter(known).annotate(overall_score=Subquery(overall.values("score")[:1]))


def modules_of(owner_id: int) -> list[ModuleProgress]:
    """Return the modules a person has begun, the last one they were in first: one query."""
    rows = ModuleProgress.objects.filter(owner_id=owner_id).select_related("module")
    return list(rows.order_by("-seen_at", "-pk"))


def reminders_of(user_id: int, institution_id: int) -> list[ReminderLetter]:
    """Return the reminders an institution sent to a person, the latest first: one query."""
    rows = ReminderLetter.objects.filter(user_id=user_id, assignment__institution_id=institution_id)
    return list(rows.order_by("-written_at", "-pk"))


def barometer(now: datetime) -> dict[str, Any]:
    """Return how many took stock so far: finished attempts here, and those since erased."""
    standing = Attempt.objects.filter(state="finished").count()
    erased = ErasedAttempts.objects.filter(is_finished=True).aggregate(total=Sum("attempts"))["total"] or 0
    people = Attempt.objects.filter(state="finished", owner__isnull=False).values("owner_id").distinct().count()
    return {"attempts": standing + erased, "people": people, "at": now}
