"""What people do, as rows and events: without the engine, which the figures never ask."""

from datetime import datetime, timedelta
from random import Random

from competencies import api as competencies
from kernel import jobs
from kernel.events import drain, publish
from kernel.models import Job
from lms.accounts.api import User
from lms.assessments.events import AttemptCompleted, AttemptStarted
from lms.assessments.models import Assessment, Attempt, CompetencyResult
from lms.cohorts.api import Student
from lms.cohorts.events import EnrolmentClaimed
from lms.cohorts.models import Enrolment
from lms.dashboards.handlers import REFRESH
from lms.learning.events import JourneyCompleted
from lms.learning.models import Journey
from question_bank import api as bank

CUTS = ((700, "expert"), (550, "advanced"), (400, "independent"), (0, "novice"))


def start(user: User, at: datetime) -> Attempt:
    """Begin a placement."""
    offer = Assessment.objects.get(key="placement")
    attempt = Attempt.objects.create(
        assessment=offer,
        purpose=offer.purpose,
        owner=user,
        framework_id=competencies.current_framework_id(),
        bank_release_id=bank.current_release_id(),
        started_at=at,
        served_at=at,
        ability=b"",
    )
    publish(AttemptStarted(aggregate=attempt.uuid, at=at, assessment=offer.key, owner=user.pk))
    return attempt


def finish(attempt: Attempt, score: int, at: datetime) -> None:
    """End an attempt with `score` overall, and around it in each domain and competency."""
    Attempt.objects.filter(pk=attempt.pk).update(state="finished", finished_at=at, stop_reason="precision_reached")
    framework, luck = competencies.current_framework(), Random(score)
    lines = [("overall", "", score)]
    lines += [("domain", one.code, score + luck.randint(-80, 80)) for one in framework.domains]
    lines += [("competency", one.code, score + luck.randint(-120, 120)) for one in framework.competencies]
    CompetencyResult.objects.bulk_create(_result(attempt, *line) for line in lines)
    owner = attempt.owner_id
    publish(
        AttemptCompleted(aggregate=attempt.uuid, at=at, assessment="placement", owner=owner, stop_reason="precision")
    )


def measure(user: User, score: int, at: datetime) -> Attempt:
    """Take a placement from beginning to end."""
    attempt = start(user, at)
    finish(attempt, score, at + timedelta(minutes=15))
    return attempt


def complete_journey(user: User, at: datetime) -> None:
    """Complete the students’ journey."""
    Journey.objects.get_or_create(key="socle", defaults={"audience": "student"})
    publish(JourneyCompleted(aggregate=user.uuid, at=at, journey="socle", owner=user.pk))


def claim(student: Student, user: User, at: datetime) -> None:
    """Say who a student is."""
    student.user, student.claimed_at = user, at
    student.save()
    Enrolment.objects.filter(student=student).update(user=user)
    publish(EnrolmentClaimed(aggregate=student.uuid, at=at, institution=student.institution.uuid, user=user.pk))


def settle(now: datetime) -> None:
    """Let the worker do all that waits."""
    drain(now=now)
    for pk in Job.objects.filter(kind=REFRESH, state="queued").order_by("pk").values_list("pk", flat=True):
        assert jobs.run(pk, now=now)
        assert Job.objects.get(pk=pk).state == "done", Job.objects.get(pk=pk).error
    drain(now=now)


def _result(attempt: Attempt, scope: str, code: str, score: int) -> CompetencyResult:
    score = max(0, min(1000, score))
    level = next(level for cut, level in CUTS if score >= cut)
    error = 0.4 if scope == "overall" else 0.6
    return CompetencyResult(
        attempt=attempt,
        scope=scope,
        code=code,
        theta=(score - 500) / 150,
        standard_error=error,
        score=score,
        low=max(0, round(score - 294 * error)),
        high=min(1000, round(score + 294 * error)),
        level=level,
    )
