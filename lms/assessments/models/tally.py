"""What remains of attempts that were erased: counts without a name, so that no total ever goes down."""

from django.db import models


class ErasedAttempts(models.Model):
    """How many finished attempts were erased, by assessment, institution, week and level."""

    assessment = models.ForeignKey("assessments.Assessment", models.PROTECT, related_name="+")
    institution_id = models.BigIntegerField(null=True)
    week_date = models.DateField(help_text="the Monday, Europe/Paris")
    is_finished = models.BooleanField()
    level = models.SlugField(blank=True)
    attempts = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["week_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "institution_id", "week_date", "is_finished", "level"],
                name="one_erased_attempts_row",
            ),
            models.UniqueConstraint(
                fields=["assessment", "week_date", "is_finished", "level"],
                condition=models.Q(institution_id=None),
                name="one_erased_attempts_row_alone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.week_date}: {self.attempts}"


class ErasedResponses(models.Model):
    """How an item version was answered in attempts that were erased."""

    item_version = models.OneToOneField("question_bank.ItemVersion", models.PROTECT, related_name="+")
    answered = models.PositiveBigIntegerField(default=0)
    right = models.PositiveBigIntegerField(default=0)
    unknown = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["item_version"]

    def __str__(self) -> str:
        return f"{self.item_version_id}: {self.right}/{self.answered}"
