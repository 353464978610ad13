"""The three doors to one's place: a personal link, a cohort's code, and the tries that were wrong."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from kernel.models import Identified

from ..types import Access


class ClaimLetter(models.Model):
    """The letter that offers a student their place: the latest alone. Of its link only the SHA-256 is kept."""

    student = models.OneToOneField("cohorts.Student", models.CASCADE, related_name="claim_letter")
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    letters = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["student"]

    def __str__(self) -> str:
        return f"{self.student_id}"


class JoinCodeQuerySet(models.QuerySet["JoinCode"]):
    def visible_to(self, access: Access) -> "JoinCodeQuerySet":
        """Return those of the institutions that `access` coordinates."""
        return self.filter(cohort__institution_id__in=access.coordinated)

    def valid(self, now: datetime) -> "JoinCodeQuerySet":
        """Return those that open something at `now`."""
        return self.filter(revoked_at=None, expires_at__gt=now, cohort__closed_at=None)


class JoinCode(Identified, models.Model):
    """A code said aloud in a lecture hall. Alone it opens nothing: a student number goes with it."""

    cohort = models.ForeignKey("cohorts.Cohort", models.CASCADE, related_name="join_codes")
    code = models.CharField(max_length=8, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = JoinCodeQuerySet.as_manager()

    class Meta:
        ordering = ["cohort", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["cohort"], condition=Q(revoked_at=None), name="one_code_per_cohort"),
        ]

    def __str__(self) -> str:
        return f"{self.code} @ {self.cohort_id}"


class WrongTry(models.Model):
    """An account typed a number that opens nothing. Which number is not kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="wrong_claim_tries")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["user", "at"], name="wrong_try_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at}"
