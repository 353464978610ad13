"""Record what staff does."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from . import actors
from .models import AuditEntry


@actors.as_worker()
def record(
    *, actor_id: int | None, action: str, target: Model | str, details: dict[str, Any] | None = None, at: datetime
) -> AuditEntry:
    """Write one entry. A model instance is named by its label and its uuid, or its id."""
    return AuditEntry.objects.create(
        actor_id=actor_id, action=action, target=_name(target), details=details or {}, at=at
    )


def _name(target: Model | str) -> str:
    if isinstance(target, str):
        return target
    return f"{target._meta.label}:{getattr(target, 'uuid', target.pk)}"
