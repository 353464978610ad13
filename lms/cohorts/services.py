"""Writing who belongs where."""

from datetime import date, datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from lms.accounts.api import User

from .models import Cohort, Enrolment, Institution, RoleGrant

COORDINATORS = "Coordinations"


@transaction.atomic
def grant_role(*, user: User, role: str, institution: Institution | None, now: datetime) -> RoleGrant:
    """Give `role` to `user`; granting it again changes nothing."""
    grant, _ = RoleGrant.objects.get_or_create(
        user=user, role=role, institution=institution, defaults={"granted_at": now}
    )
    if role == RoleGrant.Role.COORDINATOR:
        _open_cms(user)
    return grant


def _open_cms(user: User) -> None:
    """Let a coordinator enter /cms/. What they may change there, each page asks of the roles they hold."""
    group, is_new = Group.objects.get_or_create(name=COORDINATORS)
    if is_new:
        group.permissions.set(
            Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
        )
    user.groups.add(group)


@transaction.atomic
def enrol(*, user: User, cohort: Cohort, student_number: str, start_date: date) -> Enrolment:
    """Give `user` a place in `cohort`; enrolling again changes nothing."""
    enrolment, _ = Enrolment.objects.get_or_create(
        user=user, cohort=cohort, end_date=None, defaults={"student_number": student_number, "start_date": start_date}
    )
    return enrolment
