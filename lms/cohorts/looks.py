"""Whose look a person sees, and whose they may change: what themes, which know no institution, ask."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from .models import Attachment, Enrolment, Institution, RoleGrant
from .selectors import institutions_of, standing_grants


def look_key_of(*, user_id: int, now: datetime) -> str:
    """Return the key of the look of the house a person belongs to, or nothing.

    Where they study comes before where they hold a role, the latest enrolment first. An institution without a look has
    that of the one it is attached to.
    """
    for institution in _houses(user_id, now):
        key = _look_key(institution, now)
        if key:
            return key
    return ""


def editable_look_keys(*, user_id: int, now: datetime) -> list[str]:
    """Return the keys of the looks of the institutions that a person coordinates."""
    found = institutions_of(user_id=user_id, roles=(RoleGrant.Role.COORDINATOR,), now=now).exclude(look=None)
    return list(found.order_by("look__key").values_list("look__key", flat=True))


def _houses(user_id: int, now: datetime) -> list[Institution]:
    enrolments = Enrolment.objects.standing(_day(now)).filter(user_id=user_id).order_by("-start_date", "-pk")
    studied = [enrolment.cohort.institution for enrolment in enrolments.select_related("cohort__institution__look")]
    grants = standing_grants(user_id=user_id, now=now).select_related("institution__look")
    return studied + [grant.institution for grant in grants if grant.institution]


def _look_key(institution: Institution, now: datetime) -> str:
    if institution.look:
        return institution.look.key
    parents: QuerySet[Attachment] = institution.attachments.standing(_day(now)).exclude(parent__look=None)
    attached = parents.select_related("parent__look").order_by("-start_date").first()
    return attached.parent.look.key if attached and attached.parent.look else ""


def _day(now: datetime) -> date:
    return timezone.localdate(now)
