"""Reading, from the rows as they are, what a summary says of people: as many queries for one as for five hundred."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max, Min, Q, Sum

from lms.assessments.models import Attempt, CompetencyResult
from lms.assessments.models.offer import Purpose
from lms.cohorts.models import Attachment, Cohort, Enrolment, SharingGrant, Student
from lms.learning.models import Journey, ModuleProgress, StepProgress

from ..models import CompletedJourney
from .rules import rules

POINTS_PER_LOGIT = 150.0
# What measures the whole framework. Training is the person’s own; the check of a module is about that module, unless it
# started from what was known.
MEASURES = (Purpose.PLACEMENT, Purpose.SELF_ASSESSMENT, Purpose.CERTIFICATION)
WHOLE = Q(purpose__in=MEASURES, focus__isnull=True) | Q(prior__isnull=False)


class Result(NamedTuple):
    """What a measure says of the whole, of a domain or of a competency (CompetencyResult, without its row)."""

    attempt_id: int
    scope: str
    code: str
    standard_error: float
    score: int
    low: int
    high: int
    level: str


@dataclass
class Facts:
    """What the rows say of one account."""

    begun: list[datetime] = field(default_factory=list)
    steps: list[datetime] = field(default_factory=list)
    attempt: UUID | None = None
    measured_at: datetime | None = None
    first_measured_at: datetime | None = None
    results: list[Result] = field(default_factory=list)
    tries: int = 0
    best_before: int | None = None
    modules_completed: int = 0
    seconds: int = 0
    journey_completed_at: datetime | None = None
    sharing_with: set[int] = field(default_factory=set)

    def note(self, begun_at: datetime | None, *steps: datetime | None) -> None:
        """Add when something was begun, and the steps that were taken."""
        self.begun += [begun_at] if begun_at else []
        self.steps += [at for at in (begun_at, *steps) if at]


def facts_of(user_ids: Collection[int]) -> dict[int, Facts]:
    """Return what is known of each account: eight queries."""
    found = {user_id: Facts() for user_id in user_ids}
    if found:
        for read in (_attempts, _measures, _modules, _steps, _journeys, _sharing):
            read(found)
    return found


def enrolments_of(*, users: Collection[int], students: Collection[int]) -> list[Enrolment]:
    """Return all the places of these accounts and of these students, with their cohorts, in the order of ids."""
    rows = Enrolment.objects.filter(Q(user_id__in=users) | Q(student_id__in=students))
    return list(rows.select_related("cohort__institution", "student").order_by("pk"))


def universities(enrolments: Collection[Enrolment]) -> dict[int, int]:
    """Return {enrolment id: id of the university that counts it}: itself, or the one attached to on the first day.

    An institute attached later, or until sooner, is counted where it was attached nearest to that day.
    """
    institutions = {one.cohort.institution_id for one in enrolments if one.cohort.institution.kind != "university"}
    attachments: dict[int, list[Attachment]] = {}
    if institutions:
        rows = Attachment.objects.filter(institution_id__in=institutions).select_related("parent")
        for row in rows.order_by("start_date", "pk"):
            attachments.setdefault(row.institution_id, []).append(row)
    return {one.pk: _university(one, attachments.get(one.cohort.institution_id, [])) for one in enrolments}


def _university(enrolment: Enrolment, attachments: list[Attachment]) -> int:
    if enrolment.cohort.institution.kind == "university":
        return enrolment.cohort.institution_id
    day = enrolment.start_date
    nearest = sorted(attachments, key=lambda one: (_distance(one, day), one.start_date, one.pk))
    return (nearest[0].parent.merged_into_id or nearest[0].parent_id) if nearest else 0


def _distance(attachment: Attachment, day: date) -> int:
    if attachment.start_date > day:
        return (attachment.start_date - day).days
    if attachment.end_date is not None and attachment.end_date <= day:
        return (day - attachment.end_date).days + 1
    return 0


def _attempts(found: Mapping[int, Facts]) -> None:
    rows = Attempt.objects.filter(owner_id__in=found).order_by().values_list("owner_id")
    dates = rows.annotate(Min("started_at"), Max("started_at"), Max("finished_at"))
    for owner_id, first, last, finished in dates:
        found[owner_id].note(first, last, finished)


def _measures(found: Mapping[int, Facts]) -> None:
    """Keep of each account its last finished attempt that measured the whole; of those before, the best score."""
    rows = Attempt.objects.filter(WHOLE, owner_id__in=found, finished_at__isnull=False)
    ordered = rows.order_by("finished_at", "pk").values_list("pk", "uuid", "owner_id", "finished_at")
    owners, last = dict[int, int](), dict[int, int]()
    for pk, uuid, owner_id, at in ordered:
        owners[pk], last[owner_id] = owner_id, pk
        facts = found[owner_id]
        facts.attempt, facts.measured_at = uuid, at
        facts.first_measured_at = facts.first_measured_at or at
        facts.tries += 1
    wanted = Q(attempt_id__in=last.values()) | Q(attempt_id__in=owners, scope=CompetencyResult.Scope.OVERALL)
    results = CompetencyResult.objects.filter(wanted).order_by("attempt_id", "pk")
    for result in map(Result._make, results.values_list(*Result._fields)):
        facts = found[owners[result.attempt_id]]
        if result.attempt_id == last[owners[result.attempt_id]]:
            facts.results.append(result)
        else:
            facts.best_before = max(result.score, facts.best_before or 0)


def _modules(found: Mapping[int, Facts]) -> None:
    rows = ModuleProgress.objects.filter(owner_id__in=found).order_by().values_list("owner_id")
    figures = rows.annotate(
        Min("started_at"), Max("started_at"), Max("completed_at"), Count("completed_at"), Sum("seconds")
    )
    for owner_id, first, last, completed, count, seconds in figures:
        found[owner_id].note(first, last, completed)
        found[owner_id].modules_completed, found[owner_id].seconds = count, seconds


def _steps(found: Mapping[int, Facts]) -> None:
    rows = StepProgress.objects.filter(progress__owner_id__in=found).order_by().values_list("progress__owner_id")
    for owner_id, last in rows.annotate(Max("seen_at")):
        found[owner_id].note(None, last)


def _journeys(found: Mapping[int, Facts]) -> None:
    made_for_them = Journey.objects.filter(audience=rules().journey_audience).order_by().values("key")
    rows = CompletedJourney.objects.filter(user_id__in=found, journey__in=made_for_them).order_by()
    for user_id, first in rows.values_list("user_id").annotate(Min("completed_at")):
        found[user_id].journey_completed_at = first


def _sharing(found: Mapping[int, Facts]) -> None:
    scope = SharingGrant.Scope.COMPETENCY_DETAIL
    rows = SharingGrant.objects.filter(user_id__in=found, scope=scope, withdrawn_at=None).order_by("pk")
    for user_id, institution_id in rows.values_list("user_id", "institution_id"):
        found[user_id].sharing_with.add(institution_id)


def error_in_points(result: Result) -> float:
    """Return the standard error of a result, in points of the scale of 0 to 1000, to a tenth."""
    return round(float(result.standard_error) * POINTS_PER_LOGIT, 1)


def student_ids(uuids: Collection[UUID]) -> list[int]:
    """Return the ids of students, of those who are still there."""
    return list(Student.objects.filter(uuid__in=uuids).order_by("pk").values_list("pk", flat=True))


def student_ids_of_cohort(cohort_id: int) -> list[int]:
    """Return who has, or had, a place in a cohort."""
    rows = Enrolment.objects.filter(cohort_id=cohort_id).order_by("student_id")
    return list(rows.values_list("student_id", flat=True).distinct())


def cohort_ids(*, cohort: UUID | None = None, institution: UUID | None = None) -> list[int]:
    """Return the ids of a cohort, or of the cohorts of an institution and of what took it over."""
    if cohort is not None:
        rows = Cohort.objects.filter(uuid=cohort)
    else:
        rows = Cohort.objects.filter(Q(institution__uuid=institution) | Q(institution__taken_over__uuid=institution))
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())


def students_without_summary(limit: int) -> list[int]:
    """Return some students who have a place that no event told of: written by hand, or by a loader."""
    rows = Enrolment.objects.filter(summary=None).order_by("pk")
    return list(rows.values_list("student_id", flat=True)[:limit])
