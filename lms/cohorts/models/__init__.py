"""Who is who: institutions (institution), what is studied there (cohort), people (person), roles and sharing (role)."""

from ..adjustments.models import Accommodation
from ..claiming.models import ClaimLetter, JoinCode, WrongTry
from ..rosters.models import RosterImport, RosterLayout, RosterPiece
from .cohort import Cohort, Programme
from .institution import Attachment, Institution
from .invitation import Invitation
from .person import Enrolment, Student
from .role import RoleGrant, SharingGrant

__all__ = [
    "Accommodation",
    "Attachment",
    "ClaimLetter",
    "Cohort",
    "Enrolment",
    "Institution",
    "Invitation",
    "JoinCode",
    "Programme",
    "RoleGrant",
    "RosterImport",
    "RosterLayout",
    "RosterPiece",
    "SharingGrant",
    "Student",
    "WrongTry",
]
