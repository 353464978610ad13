"""What cohorts keep of a person, for export and erasure."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q

from lms.accounts.api import register_personal_data
from lms.accounts.types import PersonalData

from .models import Enrolment, Invitation, RoleGrant, SharingGrant, Student


def personal_data(user_id: int) -> dict[str, Any]:
    """Return what institutions know of a person, their places, roles, agreements and invitations."""
    mine = {"user_id": user_id}
    return {
        "students": _rows(Student.objects.filter(**mine), *STUDENT),
        "enrolments": _rows(Enrolment.objects.filter(**mine), *ENROLMENT),
        "roles": _rows(RoleGrant.objects.filter(**mine), *ROLE),
        "sharing": _rows(SharingGrant.objects.filter(**mine), *SHARING),
        "invitations": _rows(_invitations(user_id), *INVITATION),
    }


def erase(user_id: int) -> None:
    """Remove the invitations made to their addresses.

    Students, places, roles and agreements go with the account itself, last of all: rooms above, asked after this one,
    still have to read whom they fold into their counts.
    """
    _invitations(user_id).delete()


def register() -> None:
    """Tell accounts what is kept here."""
    register_personal_data(PersonalData("cohorts", personal_data, erase))


STUDENT = (
    "institution__name",
    "student_number",
    "first_name",
    "other_names",
    "last_name",
    "usage_name",
    "email",
    "birth_date",
    "claimed_at",
    "created_at",
)
ENROLMENT = ("cohort__name", "cohort__academic_year", "group", "start_date", "end_date", "end_reason")
ROLE = ("role", "institution__name", "cohort__name", "granted_at", "expires_at")
SHARING = ("institution__name", "scope", "granted_at", "withdrawn_at")
INVITATION = ("email", "role", "institution__name", "created_at", "accepted_at")


def _invitations(user_id: int) -> Any:
    addresses = EmailAddress.objects.filter(user_id=user_id, verified=True).order_by().values("email")
    return Invitation.objects.filter(Q(accepted_by_id=user_id) | Q(email__in=addresses))


def _rows(rows: Any, *names: str) -> list[dict[str, Any]]:
    return list(rows.order_by("pk").values(*names))
