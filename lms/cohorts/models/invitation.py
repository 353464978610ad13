"""Invitations to hold a role: a letter to an address, answered once by whoever proves it is theirs."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kernel.models import Identified

from ..types import Access
from .cohort import Cohort
from .institution import Institution
from .role import RoleGrant


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, access: Access) -> "InvitationQuerySet":
        """Return those of the institutions whose team `access` keeps; platform staff keeps them all."""
        return self.all() if access.is_platform_staff else self.filter(institution_id__in=access.managed)

    def pending(self) -> "InvitationQuerySet":
        """Return those neither accepted nor revoked, expired or not."""
        return self.filter(accepted_at=None, revoked_at=None)


class Invitation(Identified, models.Model):
    """A role offered to an address. Its link carries 256 bits of chance; only their SHA-256 is kept."""

    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    role = models.CharField(max_length=12, choices=RoleGrant.Role.choices)
    institution = models.ForeignKey(Institution, models.CASCADE, null=True, blank=True, related_name="invitations")
    cohort = models.ForeignKey(Cohort, models.CASCADE, null=True, blank=True, related_name="invitations")
    email = models.EmailField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="sent_invitations"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    role_expires_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="accepted_invitations"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # Somebody followed a link that had expired and asked for another: the team's page says so.
    asked_again_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "role", "email"],
                condition=Q(accepted_at=None, revoked_at=None, cohort=None),
                name="one_pending_invitation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.role} @ {self.institution_id}"
