"""Figures of the pages. Counts are of rows as they are, plus those of erased attempts: no total ever goes down."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from lms.assessments.models import Attempt, CompetencyResult, ErasedAttempts
from lms.cohorts.models import Cohort, Institution


def learner_attempts(owner_id: int) -> list[Attempt]:
    """Return a person's attempts, the latest first, each finished one with its overall result."""
    attempts = list(
        Attempt.objects.filter(owner_id=owner_id).select_related("assessment").order_by("-started_at", "-pk")[:50]
    )
    overall = CompetencyResult.objects.filter(attempt__in=attempts, scope="overall").order_by("pk")
    results = {result.attempt_id: result for result in overall}
    for attempt in attempts:
        attempt.overall = results.get(attempt.pk)  # type: ignore[attr-defined]
    return attempts


def cohorts_of(institutions: QuerySet[Institution]) -> QuerySet[Cohort]:
    """Return the cohorts of these institutions with how many are enrolled and how many finished a placement."""
    finished = Q(enrolments__user__attempts__purpose="placement", enrolments__user__attempts__state="finished")
    standing = Q(enrolments__end_date=None)
    return (
        Cohort.objects.filter(institution__in=institutions)
        .select_related("institution", "programme")
        .annotate(
            enrolled=Count("enrolments", filter=standing, distinct=True),
            placed=Count("enrolments__user", filter=standing & finished, distinct=True),
        )
        .order_by("institution__name", "name")
    )


def barometer(now: datetime) -> dict[str, Any]:
    """Return how many took stock so far: finished attempts here, and those since erased."""
    standing = Attempt.objects.filter(state="finished").count()
    erased = ErasedAttempts.objects.filter(is_finished=True).aggregate(total=Sum("attempts"))["total"] or 0
    people = Attempt.objects.filter(state="finished", owner__isnull=False).values("owner_id").distinct().count()
    return {"attempts": standing + erased, "people": people, "at": now}
