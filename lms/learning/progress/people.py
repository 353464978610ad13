"""What following keeps of a person, for export and erasure."""

from typing import Any

from lms.accounts.api import User, register_personal_data
from lms.accounts.types import PersonalData
from lms.learning.models import ModuleProgress

FIELDS = ("started_at", "seen_at", "step", "completed_at", "seconds", "best_check", "checked_at")
STEP_FIELDS = ("key", "seen_at", "seconds")


def is_here(person_id: int) -> bool:
    """Say whether the person has not left since."""
    return User.objects.filter(pk=person_id).exists()


def export(person_id: int) -> list[dict[str, Any]]:
    """Return where a person is in each module, step by step."""
    rows = ModuleProgress.objects.filter(owner_id=person_id).select_related("module").prefetch_related("steps")
    return [
        {
            "module": row.module.key,
            **{name: getattr(row, name) for name in FIELDS},
            "steps": [{name: getattr(step, name) for name in STEP_FIELDS} for step in row.steps.all()],
        }
        for row in rows.order_by("started_at", "pk")
    ]


def erase(person_id: int) -> None:
    """Remove the progress of a person."""
    ModuleProgress.objects.filter(owner_id=person_id).delete()


def register() -> None:
    """Tell accounts what is kept here."""
    register_personal_data(PersonalData("modules", export, erase))
