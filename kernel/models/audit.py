"""What staff did: written once, never changed; only retention removes it."""

from datetime import datetime
from typing import Any, NoReturn

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class AppendOnly(TypeError):
    """An audit entry is being changed or removed."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Entries are added and read; the one removal is that of what has passed its retention."""

    def update(self, **values: Any) -> NoReturn:
        raise AppendOnly("An audit entry is never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("An audit entry is only removed by retention.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("An audit entry is never changed.")

    def erase_before(self, at: datetime) -> int:
        """Remove what is older than `at` and return how many entries that was."""
        removed, _ = super(AuditQuerySet, self.filter(at__lt=at)).delete()
        return removed


class AuditEntry(models.Model):
    """An act of a member of staff: who, what, on what, when."""

    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=120)
    target = models.CharField(max_length=200)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["target", "at"], name="audit_of_target"),
            models.Index(fields=["actor_id", "at"], name="audit_of_actor"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("An audit entry is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("An audit entry is only removed by retention.")
