"""Where somebody stands, as their institution may count it. Written by lms.dashboards.rollups alone."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class LearnerSummary(models.Model):
    """One enrolment, with all that a list or a figure needs of its person: no page goes back to their answers.

    `domains` and `competencies`: {code: [score, low, high, level]} of the last measure; `errors`: {scope: standard
    error in points}, the scopes being `overall` and the domains. `scopes` says where this place counts: a person who
    has two counts once (rollups.places).
    """

    class Means(models.TextChoices):
        MEASURED = "measured"
        DECLARED = "declared"

    enrolment = models.OneToOneField("cohorts.Enrolment", models.CASCADE, related_name="summary")
    cohort = models.ForeignKey("cohorts.Cohort", models.CASCADE, related_name="+")
    programme = models.ForeignKey("cohorts.Programme", models.CASCADE, related_name="+")
    institution = models.ForeignKey("cohorts.Institution", models.CASCADE, related_name="+")
    university = models.ForeignKey(
        "cohorts.Institution", models.SET_NULL, null=True, related_name="+", help_text="who counts the person"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    academic_year = models.CharField(max_length=9)
    scopes = models.PositiveIntegerField(default=0)

    claimed_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    last_step_at = models.DateTimeField(null=True)
    measured_at = models.DateTimeField(null=True, help_text="the last measure")
    first_measured_at = models.DateTimeField(null=True, help_text="null in rows written before it was kept")
    attempt = models.UUIDField(null=True, help_text="of the last measure")
    score = models.PositiveSmallIntegerField(null=True)
    low = models.PositiveSmallIntegerField(null=True)
    high = models.PositiveSmallIntegerField(null=True)
    level = models.CharField(max_length=50, blank=True)
    domains = models.JSONField(default=dict)
    competencies = models.JSONField(default=dict)
    errors = models.JSONField(default=dict)
    is_at_target = models.BooleanField(default=False)
    is_ready = models.BooleanField(default=False)
    pass_probability = models.FloatField(null=True)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="finished measures of the whole")
    best_before = models.PositiveSmallIntegerField(null=True, help_text="the best score before the last measure")

    modules_completed = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0, help_text="online")
    taught_minutes = models.PositiveIntegerField(default=0, help_text="in class, with the cohort")
    journey_completed_at = models.DateTimeField(null=True)
    trained_date = models.DateField(null=True)
    trained_means = models.CharField(max_length=8, choices=Means.choices, blank=True)
    certified_date = models.DateField(null=True)
    is_sharing = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["cohort", "enrolment"]
        indexes: ClassVar = [
            models.Index(fields=["institution", "academic_year", "trained_date"], name="summary_trained"),
            models.Index(fields=["cohort", "last_step_at"], name="summary_last_step"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} @ {self.cohort_id}"


class CompletedJourney(models.Model):
    """That somebody completed a journey: it stays so, whatever the journey asks for since (an event said it, once)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="completed_journeys")
    journey = models.SlugField(max_length=100)
    completed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["completed_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "journey"], name="one_completed_journey")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.journey}"
