"""What prescribing keeps of a person, for export and erasure."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.accounts.api import register_personal_data, told, told_rows
from lms.accounts.types import PersonalData
from lms.assessments.api import Assignment, AssignmentExtension, Participation

from .models import Reminder, ReminderLetter


def export(user_id: int) -> list[dict[str, Any]]:
    """Return what was asked of a person, where they are in it, their extensions and the reminders they were sent."""
    rows = Participation.objects.filter(user_id=user_id).select_related("assignment__institution")
    return [
        {
            "asked": row.assignment.code,
            "institution": row.assignment.institution.name,
            **told(row),
            "extensions": told_rows(_extensions(user_id).filter(assignment=row.assignment)),
            "reminders": told_rows(ReminderLetter.objects.filter(user_id=user_id, assignment=row.assignment)),
        }
        for row in rows.order_by("pk")
    ]


def _extensions(user_id: int) -> Any:
    theirs = Q(user_id=user_id) | Q(student__user_id=user_id)
    return AssignmentExtension.objects.filter(theirs).order_by("granted_at")


def erase(user_id: int) -> None:
    """Remove it, and the name of whoever asked, extended or reminded."""
    _extensions(user_id).delete()
    ReminderLetter.objects.filter(user_id=user_id).delete()
    Participation.objects.filter(user_id=user_id).delete()
    Assignment.objects.filter(created_by_id=user_id).update(created_by=None)
    AssignmentExtension.objects.filter(granted_by_id=user_id).update(granted_by=None)
    Reminder.objects.filter(asked_by_id=user_id).update(asked_by=None)


def register() -> None:
    """Tell accounts what is kept here."""
    register_personal_data(PersonalData("assignments", export, erase, _("Ce qui vous a été demandé")))
