"""Roles people hold, and what learners let an institution see."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..types import Access
from .cohort import Cohort
from .institution import Institution


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def standing(self, now: datetime) -> "RoleGrantQuerySet":
        """Return those held at `now`."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now))

    def visible_to(self, access: Access) -> "RoleGrantQuerySet":
        """Return those of the institutions whose team `access` keeps; platform staff keeps them all."""
        return self.all() if access.is_platform_staff else self.filter(institution_id__in=access.managed)


class RoleGrant(models.Model):
    """A role a person holds, in an institution or for the whole platform, perhaps until a moment.

    An instructor's may be narrowed to one cohort; a person may hold several.
    """

    class Role(models.TextChoices):
        LEARNER = "learner", _("apprentissage")
        INSTRUCTOR = "instructor", _("enseignement")
        COORDINATOR = "coordinator", _("coordination")
        INVIGILATOR = "invigilator", _("surveillance d’examen")
        AUTHOR = "author", _("rédaction")
        REVIEWER = "reviewer", _("relecture")
        AMBASSADOR = "ambassador", _("animation d’ateliers")
        PILOT = "pilot", _("pilotage national")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=12, choices=Role.choices)
    institution = models.ForeignKey(Institution, models.CASCADE, null=True, blank=True, related_name="role_grants")
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, blank=True, related_name="role_grants")
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="given_grants"
    )
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "institution"], condition=Q(cohort=None), name="one_grant_per_role"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "cohort"], condition=~Q(cohort=None), name="one_grant_per_cohort"
            ),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(institution=None), name="one_platform_grant_per_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class SharingGrantQuerySet(models.QuerySet["SharingGrant"]):
    def visible_to(self, access: Access) -> "SharingGrantQuerySet":
        """Return those given to the institutions whose people `access` sees."""
        return self.filter(institution_id__in=access.houses)

    def standing(self) -> "SharingGrantQuerySet":
        """Return those not withdrawn."""
        return self.filter(withdrawn_at=None)


class SharingGrant(models.Model):
    """A learner lets an institution see more than started and finished; it can be withdrawn."""

    class Scope(models.TextChoices):
        COMPETENCY_DETAIL = "competency_detail"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sharing_grants")
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="sharing_grants")
    scope = models.CharField(max_length=20, choices=Scope.choices)
    granted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SharingGrantQuerySet.as_manager()

    class Meta:
        ordering = ["granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "institution", "scope"], condition=Q(withdrawn_at=None), name="one_standing_sharing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.institution_id}: {self.scope}"
