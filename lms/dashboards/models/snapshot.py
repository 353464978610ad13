"""What is published to those who may not see names: once a day, already protected."""

from typing import ClassVar

from django.db import models


class AggregateSnapshot(models.Model):
    """The figures of one place on one day. PARCELS: what all of them are sums of, and what the next day starts from.

    MARKS: the country of each academic year, as it stands beside a cohort.
    """

    class Kind(models.TextChoices):
        PARCELS = "parcels", "parcels"
        NATIONAL = "national", "national"
        UNIVERSITY = "university", "university"
        MARKS = "marks", "marks"

    snapshot_date = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    scope_id = models.BigIntegerField(default=0, help_text="0: the country")
    figures = models.JSONField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["snapshot_date", "kind", "scope_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "scope_id", "snapshot_date"], name="one_snapshot_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.scope_id} {self.snapshot_date}"
