"""Writing who belongs where."""

from datetime import date, datetime

from django.db import transaction

from lms.accounts.api import User

from .models import Cohort, Enrolment, Institution, RoleGrant


@transaction.atomic
def grant_role(*, user: User, role: str, institution: Institution | None, now: datetime) -> RoleGrant:
    """Give `role` to `user`; granting it again changes nothing."""
    grant, _ = RoleGrant.objects.get_or_create(
        user=user, role=role, institution=institution, defaults={"granted_at": now}
    )
    return grant


@transaction.atomic
def enrol(*, user: User, cohort: Cohort, student_number: str, start_date: date) -> Enrolment:
    """Give `user` a place in `cohort`; enrolling again changes nothing."""
    enrolment, _ = Enrolment.objects.get_or_create(
        user=user, cohort=cohort, end_date=None, defaults={"student_number": student_number, "start_date": start_date}
    )
    return enrolment
