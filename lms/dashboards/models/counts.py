"""Counts: folded (Rollup), not yet folded (RollupDelta), of people who were erased (ErasedContribution).

Ids, not foreign keys: a count outlives what it counted, and thousands of rows are written without a look elsewhere.
"""

from typing import ClassVar

from django.db import models


class Rollup(models.Model):
    """One figure of one place: of a week (its Monday, Europe/Paris), or of all time (`TOTAL`, a Monday too).

    `kind`, `scope_id` and `programme_id` name the place (rollups.places); `academic_year` is "" for all years together,
    where a person counts once.
    """

    kind = models.PositiveSmallIntegerField()
    scope_id = models.BigIntegerField(default=0)
    programme_id = models.BigIntegerField(default=0)
    academic_year = models.CharField(max_length=9, blank=True)
    measure = models.CharField(max_length=20)
    code = models.CharField(max_length=60, blank=True)
    week_date = models.DateField()
    value = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "scope_id", "academic_year", "week_date", "programme_id", "measure", "code"],
                name="one_rollup_row",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.scope_id}/{self.programme_id} {self.measure} {self.code} {self.value}"


class Contribution(models.Model):
    """What is added to one figure of all the places where a summary counts (`scopes`)."""

    cohort_id = models.BigIntegerField()
    programme_id = models.BigIntegerField()
    institution_id = models.BigIntegerField()
    university_id = models.BigIntegerField(default=0, help_text="0: none")
    academic_year = models.CharField(max_length=9)
    scopes = models.PositiveIntegerField()
    measure = models.CharField(max_length=20)
    code = models.CharField(max_length=60, blank=True)
    week_date = models.DateField()
    value = models.BigIntegerField()

    class Meta:
        abstract = True
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.measure} {self.code} {self.value:+d}"


class RollupDelta(Contribution):
    """A change that is not folded yet: pages add it, folding moves it into the roll-ups and removes it."""


class ErasedContribution(Contribution):
    """What people who were erased had contributed: nobody’s any more, and in every recount."""

    class Meta(Contribution.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    "cohort_id", "programme_id", "institution_id", "university_id", "academic_year", "scopes",
                    "measure", "code", "week_date",
                ],
                name="one_erased_contribution",
            )
        ]  # fmt: skip
