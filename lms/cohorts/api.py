"""The front door of cohorts."""

from .models import Cohort, Institution, Programme, RoleGrant
from .selectors import has_role, institutions_of, standing_grants
from .services import enrol, grant_role

Role = RoleGrant.Role

__all__ = [
    "Cohort",
    "Institution",
    "Programme",
    "Role",
    "enrol",
    "grant_role",
    "has_role",
    "institutions_of",
    "standing_grants",
]
