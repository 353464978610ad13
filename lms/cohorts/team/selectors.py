"""Who is in a team, and who is invited to it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ..models import Institution, Invitation, RoleGrant
from ..types import Access

SHOWN = (
    RoleGrant.Role.COORDINATOR,
    RoleGrant.Role.INSTRUCTOR,
    RoleGrant.Role.INVIGILATOR,
    RoleGrant.Role.PILOT,
)


@dataclass(frozen=True)
class Team:
    """The house whose team is shown (`None`: the whole platform), those one may choose from, its people."""

    institution: Institution | None
    houses: list[Institution]
    grants: QuerySet[RoleGrant]
    invitations: QuerySet[Invitation]

    @property
    def zone(self) -> str:
        """Return the time zone in which its roles end."""
        return self.institution.time_zone if self.institution else "Europe/Paris"


def team_of(access: Access, institution: Institution | None, now: datetime) -> Team:
    """Return who holds a role there, what ended apart, and who has not answered yet; `None` is the whole platform."""
    grants = RoleGrant.objects.visible_to(access).filter(institution=institution, role__in=SHOWN)
    waiting = Invitation.objects.visible_to(access).pending().filter(institution=institution)
    return Team(
        institution=institution,
        houses=managed_houses(access),
        grants=grants.select_related("user", "cohort").order_by("user__last_name", "user__email", "role", "pk"),
        invitations=waiting.select_related("cohort").order_by("-created_at", "-pk"),
    )


def managed_houses(access: Access) -> list[Institution]:
    """Return the institutions whose team `access` keeps."""
    return list(Institution.objects.managed_by(access).standing().order_by("name", "pk"))
