"""What cohorts keep of a person, for export and erasure."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from kernel.clock import database_now
from lms.accounts.api import User, register_personal_data, told_rows
from lms.accounts.types import PersonalData

from . import removing
from .models import Enrolment, Invitation, RoleGrant, SharingGrant, Student
from .rosters import forgetting

PLACE = ("cohort__name", "cohort__academic_year")
LONG = 8  # letters of a number that nothing else in a text would be


def personal_data(user_id: int) -> dict[str, Any]:
    """Return what institutions know of a person, their places, roles, agreements and invitations."""
    mine = {"user_id": user_id}
    return {
        "students": told_rows(_students(user_id), "institution__name"),
        "enrolments": told_rows(Enrolment.objects.filter(student__in=_students(user_id).order_by()), *PLACE),
        "roles": told_rows(RoleGrant.objects.filter(**mine), "institution__name", "cohort__name"),
        "sharing": told_rows(SharingGrant.objects.filter(**mine), "institution__name"),
        "invitations": told_rows(_invitations(user_id), "institution__name", "cohort__name"),
    }


def names(user_id: int) -> set[str]:
    """Return how institutions call a person: names, address, number, the identifier of each row."""
    rows = list(_students(user_id).order_by("pk"))
    found = {f"{first} {last}" for row in rows for first, last in _pairs(row) if first and last}
    found |= {row.student_number for row in rows if len(row.student_number) >= LONG}
    return found | {text for row in rows for text in (row.email.lower(), str(row.uuid))}


def place_addresses(user_id: int) -> set[str]:
    """Return the addresses, in lower case, that institutions have for the places a person took.

    A code and a number take a place without proving its address: one that another account or another student also has
    is left out, lest somebody reads, or erases, the letters of another.
    """
    mine = _lower(Student.objects.filter(user_id=user_id).exclude(email=""))
    shared = (
        EmailAddress.objects.exclude(user_id=user_id),
        User.objects.exclude(pk=user_id),
        Student.objects.exclude(pk__in=_students(user_id).order_by().values("pk")),
    )
    return mine.difference(*(_lower(rows, mine) for rows in shared)) if mine else set()


def _lower(rows: QuerySet[Any], among: set[str] | None = None) -> set[str]:
    found = rows.order_by().annotate(lower=Lower("email")).values_list("lower", flat=True)
    return set(found if among is None else found.filter(lower__in=among))


def _pairs(row: Student) -> list[tuple[str, str]]:
    last_names = {row.last_name, row.usage_name}
    return [pair for last in last_names for pair in ((row.first_name, last), (last, row.first_name))]


def erase(user_id: int) -> None:
    """Remove the invitations made to their addresses, the rows that wait for them, and the lists that speak of them.

    Students, places, roles and agreements go with the account itself, last of all: rooms above, asked after this one,
    still have to read whom they fold into their counts.
    """
    _forget_lists(user_id)
    waiting = _students(user_id).filter(user=None).order_by("pk").values_list("pk", flat=True)
    removing.remove_students(list(waiting))
    _invitations(user_id).delete()


def _forget_lists(user_id: int) -> None:
    rows = _students(user_id).order_by("pk")
    said = names(user_id) | {row.student_number for row in rows} | {row["email"] for row in _addresses(user_id)}
    forgetting.forget(institutions={row.institution_id for row in rows}, names=said, now=database_now())


def register() -> None:
    """Tell accounts what is kept here."""
    title = _("Établissements, places, rôles")
    register_personal_data(PersonalData("cohorts", personal_data, erase, title, names, place_addresses))


def _students(user_id: int) -> Any:
    """Return what institutions know of them: places they claimed, and those that wait at an address they proved."""
    return Student.objects.filter(Q(user_id=user_id) | Q(user=None, email__in=_addresses(user_id)))


def _invitations(user_id: int) -> Any:
    mine = Q(email__in=_addresses(user_id)) | Q(email__in=place_addresses(user_id))
    return Invitation.objects.filter(Q(accepted_by_id=user_id) | mine)


def _addresses(user_id: int) -> Any:
    return EmailAddress.objects.filter(user_id=user_id, verified=True).order_by().values("email")
