"""Who belongs where: roles held now, institutions, and the university that counts somebody."""

from datetime import date, datetime

from django.db.models import QuerySet

from .models import Attachment, Enrolment, Institution, RoleGrant


def standing_grants(*, user_id: int, now: datetime) -> QuerySet[RoleGrant]:
    """Return the roles `user_id` holds at `now`."""
    return RoleGrant.objects.standing(now).filter(user_id=user_id).select_related("institution").order_by("role", "pk")


def has_role(*, user_id: int, roles: tuple[str, ...], now: datetime) -> bool:
    """Say whether `user_id` holds one of `roles` at `now`, anywhere."""
    return standing_grants(user_id=user_id, now=now).filter(role__in=roles).exists()


def institutions_of(*, user_id: int, roles: tuple[str, ...], now: datetime) -> QuerySet[Institution]:
    """Return the institutions where `user_id` holds one of `roles` at `now`."""
    grants = standing_grants(user_id=user_id, now=now).filter(role__in=roles)
    return Institution.objects.filter(pk__in=grants.order_by().values("institution_id")).order_by("name")


def is_enrolled(*, user_id: int, on_date: date) -> bool:
    """Say whether `user_id` studies somewhere on that day."""
    return Enrolment.objects.standing(on_date).filter(user_id=user_id).exists()


def university_of(institution: Institution, on_date: date) -> Institution:
    """Return who counts the students of `institution` on that day: the one it is attached to then, else itself.

    Each student counts once: attachments of one institution never overlap, and there is one level of them.
    """
    attached = Attachment.objects.standing(on_date).filter(institution=institution).select_related("parent")
    found = attached.order_by("-start_date").first()
    return found.parent if found else institution


def universities_by_institution(on_date: date) -> dict[int, int]:
    """Return, for every institution attached on that day, its id and that of who counts its students: one query."""
    rows = Attachment.objects.standing(on_date).order_by("start_date", "pk")
    return dict(rows.values_list("institution_id", "parent_id"))


def attached_ids(institution: Institution, on_date: date) -> list[int]:
    """Return the ids of the institutions attached to `institution` on that day."""
    rows = Attachment.objects.standing(on_date).filter(parent=institution)
    return list(rows.order_by("institution_id").values_list("institution_id", flat=True))
