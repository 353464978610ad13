"""What was erased, without saying who: a digest each, so that an old backup cannot bring it back."""

from django.db import models
from django.db.models import Q

from kernel import clock


class Erasure(models.Model):
    """A row of `kind` (a model's label) that was erased, by the SHA-256 of its random uuid."""

    kind = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now)
    is_listed = models.BooleanField(default=False, help_text="written in the list that is kept beside the database")

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="erasure_at"),
            models.Index(fields=["id"], name="erasure_unlisted", condition=Q(is_listed=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:8]}"
