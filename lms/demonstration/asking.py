"""What the demonstration's university asks of the student's cohort: to find where they stand, then a journey."""

from datetime import datetime, timedelta

from django.utils import timezone

from lms.accounts.api import User
from lms.assessments.api import Assignment, Attempt, Participation
from lms.cohorts.api import Cohort, access_of
from lms.prescribing.api import Draft, create_assignment, people_of, settle

from .roles import BY_KEY

SINCE, UNTIL = timedelta(days=25), timedelta(days=17)
TEST, JOURNEY = "placement", "socle-etudiants"
MESSAGE = "Passez le test avant la fin du mois : nous partirons de vos résultats au prochain TD."


def seed_asked(*, now: datetime) -> bool:
    """Ask it once, of a cohort that is there with its people; return whether it was asked now.

    Who sat the test since then is counted as having answered, and the journey by what was done of it.
    """
    asker, student = (User.objects.filter(email=BY_KEY[key].email).first() for key in ("coordinator", "student"))
    if asker is None or student is None:
        return False
    cohort = Cohort.objects.filter(enrolments__user=student, enrolments__end_date=None).order_by("pk").first()
    if cohort is None or Assignment.objects.filter(institution_id=cohort.institution_id).exists():
        return False
    asked = create_assignment(draft=_draft(cohort, now), access=access_of(asker.pk, now), now=now)
    people = [pk for pk in people_of(asked, now) if pk != student.pk]
    Participation.objects.bulk_create(_sat(asked, people))
    settle(asked, people)
    return True


def _draft(cohort: Cohort, now: datetime) -> Draft:
    today = timezone.localdate(now)
    return Draft(
        institution_key=cohort.institution.key,
        assessment_key=TEST,
        journey_key=JOURNEY,
        cohorts=(str(cohort.uuid),),
        opens_date=today - SINCE,
        closes_date=today + UNTIL,
        message=MESSAGE,
        attempts_allowed=1,
    )


def _sat(asked: Assignment, people: list[int]) -> list[Participation]:
    """Return what those have done of the test who sat it since it is asked: the first time of each."""
    rows = Attempt.objects.filter(owner_id__in=people, assessment=asked.assessment, started_at__gte=asked.opens_at)
    first: dict[int, Attempt] = {}
    for row in rows.order_by("started_at", "pk"):
        if row.owner_id is not None:
            first.setdefault(row.owner_id, row)
    return [
        Participation(
            assignment=asked, user_id=pk, read_at=row.started_at, begun_at=row.started_at, attempts=1,
            test_finished_at=row.finished_at,
        )
        for pk, row in first.items()
    ]  # fmt: skip
