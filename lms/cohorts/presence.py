"""Whom a place or a role in an institution ties to the platform: their account does not end while it stands."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from lms.accounts.api import register_presence

from .models import Enrolment, RoleGrant, Student
from .years import academic_year


def tied(user_ids: Collection[int], since: datetime) -> set[int]:
    """Return those who held a place, or a role of staff, at some time since then, or claimed a place."""
    day = timezone.localdate(since)
    mine = {"user_id__in": user_ids}
    stood = Q(end_date=None) | Q(end_date__gt=day)
    places = Enrolment.objects.filter(stood, cohort__academic_year__gte=academic_year(day), **mine)
    roles = RoleGrant.objects.filter(Q(expires_at=None) | Q(expires_at__gt=since), **mine)
    roles = roles.exclude(role=RoleGrant.Role.LEARNER)
    claimed = Student.objects.filter(claimed_at__gte=since, **mine)
    return {pk for rows in (places, roles, claimed) for pk in rows.order_by().values_list("user_id", flat=True)}


def register() -> None:
    """Tell accounts."""
    register_presence(tied)
