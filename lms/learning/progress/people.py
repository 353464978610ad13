"""What following keeps of a person, for export and erasure."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.accounts.api import User, register_personal_data, told
from lms.accounts.types import PersonalData
from lms.learning.models import ModuleProgress


def is_here(person_id: int) -> bool:
    """Say whether the person has not left since."""
    return User.objects.filter(pk=person_id).exists()


def export(person_id: int) -> list[dict[str, Any]]:
    """Return where a person is in each module, step by step."""
    rows = ModuleProgress.objects.filter(owner_id=person_id).select_related("module").prefetch_related("steps")
    return [
        {
            "module": row.module.key,
            **told(row),
            "steps": [told(step) for step in row.steps.all()],
        }
        for row in rows.order_by("started_at", "pk")
    ]


def erase(person_id: int) -> None:
    """Remove the progress of a person."""
    ModuleProgress.objects.filter(owner_id=person_id).delete()


def register() -> None:
    """Tell accounts what is kept here."""
    register_personal_data(PersonalData("modules", export, erase, _("Modules suivis")))
