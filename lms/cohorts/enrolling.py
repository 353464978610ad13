"""Writing who has a place where."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from kernel.events import publish
from lms.accounts.api import User

from .events import Enrolled, EnrolmentEnded
from .models import Cohort, Enrolment, Student


@transaction.atomic
def enrol(
    *, user: User, cohort: Cohort, student_number: str, start_date: date, now: datetime | None = None
) -> Enrolment:
    """Give `user` a place in `cohort`, as a student of its institution; enrolling again changes nothing."""
    standing = Enrolment.objects.filter(user=user, cohort=cohort, end_date=None).first()
    if standing is not None:
        return standing
    at = now or _morning(start_date)
    return place(
        student=_student(user, cohort, student_number, at), cohort=cohort, group="", start_date=start_date, now=at
    )


@transaction.atomic
def place(*, student: Student, cohort: Cohort, group: str, start_date: date, now: datetime) -> Enrolment:
    """Give `student` a place in `cohort`, claimed or not; doing it again changes nothing."""
    enrolment, is_new = Enrolment.objects.get_or_create(
        student=student,
        cohort=cohort,
        end_date=None,
        defaults={
            "user": student.user,
            "student_number": student.student_number,
            "group": group,
            "start_date": start_date,
        },
    )
    if is_new:
        publish(
            Enrolled(aggregate=student.uuid, at=now, enrolment=enrolment.pk, user=student.user_id, **_where(cohort))
        )
    return enrolment


@transaction.atomic
def end_enrolment(*, enrolment: Enrolment, end_date: date, reason: str, now: datetime) -> None:
    """End a place, for one of Enrolment.EndReason; a place already ended stays as it is."""
    ended = Enrolment.objects.filter(pk=enrolment.pk, end_date=None).update(end_date=end_date, end_reason=reason)
    if not ended:
        return
    enrolment.end_date, enrolment.end_reason = end_date, reason
    publish(
        EnrolmentEnded(
            aggregate=enrolment.student.uuid,
            at=now,
            enrolment=enrolment.pk,
            user=enrolment.user_id,
            reason=reason,
            **_where(enrolment.cohort),
        )
    )


def _where(cohort: Cohort) -> dict[str, Any]:
    return {"cohort": cohort.uuid, "institution": cohort.institution.uuid}


def _student(user: User, cohort: Cohort, number: str, now: datetime) -> Student:
    """Return the student that `user` is in the cohort's institution, made from their account the first time."""
    known = Student.objects.filter(institution=cohort.institution_id, user=user).order_by("pk").first()
    return known or Student.objects.create(
        institution_id=cohort.institution_id,
        student_number=number,
        first_name=user.first_name[:100],
        last_name=user.last_name[:100],
        email=user.email,
        user=user,
        claimed_at=now,
        created_at=now,
    )


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
