"""Counts without a name, the attempts that are in them, and what simulations of the bank said."""

from uuid import uuid4

from django.db import models


class StatisticKind(models.TextChoices):
    """What is counted: how an answer ended, what was chosen in it, how long it took."""

    OUTCOME = "outcome"
    CHOICE = "choice"
    SECONDS = "seconds"


class ItemStatistic(models.Model):
    """How often one thing happened with a version of an item, in a month, among people of about the same strength.

    score_sum and score_squares are of the people's scores (0 to 1000) on their other answers: correlations are exact,
    in whole numbers, whatever the order in which attempts came. is_erased: of attempts that no longer exist.
    """

    item_version = models.ForeignKey("question_bank.ItemVersion", models.PROTECT, related_name="statistics")
    variant = models.CharField(max_length=10)
    month_date = models.DateField(help_text="its first day, Europe/Paris")
    score_group = models.PositiveSmallIntegerField(help_text="1 (weakest) to 5; 0: too little is known of the person")
    kind = models.CharField(max_length=10, choices=StatisticKind.choices)
    label = models.CharField(max_length=80)
    is_erased = models.BooleanField(default=False)
    count = models.BigIntegerField(default=0)
    score_sum = models.BigIntegerField(default=0)
    score_squares = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["item_version", "month_date", "kind", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["item_version", "variant", "month_date", "score_group", "kind", "label", "is_erased"],
                name="one_item_statistic",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_version_id} {self.month_date} {self.kind} {self.label}: {self.count}"


class CountedAttempt(models.Model):
    """An attempt whose answers are in the counts; it goes when the attempt is erased, the counts stay."""

    attempt = models.UUIDField(unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.attempt)


class SimulationRun(models.Model):
    """What simulated people found in a release: how precisely it measures, how much each item is used."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    release = models.ForeignKey("question_bank.BankRelease", models.PROTECT, related_name="simulations")
    assessment = models.SlugField()
    people = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    result = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["assessment", "-created_at"], name="simulations_of_assessment")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.assessment}: {self.people}"
