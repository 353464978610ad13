"""The front door of cohorts."""

from .access import (
    access_of,
    ensure_framing,
    find_cohort,
    find_enrolment,
    find_institution,
    find_managed_institution,
    find_student,
)
from .adjustments.models import Accommodation
from .adjustments.selectors import Adjustment, accommodations, adjustment_of
from .adjustments.services import ensure_possible, grant_accommodation
from .claiming.codes import register_elsewhere
from .claiming.services import is_join_code, leave_place, places_for, places_of
from .enrolling import end_enrolment, enrol, place
from .models import Attachment, Cohort, Enrolment, Institution, Programme, RoleGrant, SharingGrant, Student
from .numbers import find_numbered
from .removing import register_fold
from .requests import access_for, framing_access
from .roles import end_role, grant_role
from .searching import search
from .selectors import (
    attached_ids,
    has_role,
    institutions_of,
    is_enrolled,
    standing_grants,
    universities_by_institution,
    university_of,
)
from .sharing import grant_sharing, is_sharing, withdraw_sharing
from .types import Access
from .years import academic_year, is_academic_year, is_too_early, is_too_late, next_year, year_bounds, years_around

Role = RoleGrant.Role

__all__ = [
    "Access",
    "Accommodation",
    "Adjustment",
    "Attachment",
    "Cohort",
    "Enrolment",
    "Institution",
    "Programme",
    "Role",
    "SharingGrant",
    "Student",
    "academic_year",
    "access_for",
    "access_of",
    "accommodations",
    "adjustment_of",
    "attached_ids",
    "end_enrolment",
    "end_role",
    "enrol",
    "ensure_framing",
    "ensure_possible",
    "find_cohort",
    "find_enrolment",
    "find_institution",
    "find_managed_institution",
    "find_numbered",
    "find_student",
    "framing_access",
    "grant_accommodation",
    "grant_role",
    "grant_sharing",
    "has_role",
    "institutions_of",
    "is_academic_year",
    "is_enrolled",
    "is_join_code",
    "is_sharing",
    "is_too_early",
    "is_too_late",
    "leave_place",
    "next_year",
    "place",
    "places_for",
    "places_of",
    "register_elsewhere",
    "register_fold",
    "search",
    "standing_grants",
    "universities_by_institution",
    "university_of",
    "withdraw_sharing",
    "year_bounds",
    "years_around",
]
