"""Who may see whom: one function says it of a person, one queryset method applies it, `find_…` answer 404 outside.

`access_of` is asked anew by each request: whoever was removed a minute ago is refused at the next click.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kernel.errors import NotFound
from lms.accounts.api import User

from .models import Attachment, Cohort, Enrolment, Institution, RoleGrant, Student
from .types import Access

Row = TypeVar("Row", bound=Model)
NOT_YOURS = _("Cette page n’existe pas, ou n’est pas — ou plus — accessible avec vos rôles.")
FRAMING = (RoleGrant.Role.INSTRUCTOR, RoleGrant.Role.COORDINATOR)


def access_of(user_id: int | None, now: datetime, *, is_platform_staff: bool | None = None) -> Access:
    """Return what `user_id` may see at `now`: at most three queries, none for nobody.

    `is_platform_staff`: what whoever has just read the account knows of it; one query less.
    """
    if user_id is None:
        return Access(user_id=0, at=now)
    grants = list(RoleGrant.objects.standing(now).filter(user_id=user_id).select_related("cohort").order_by("pk"))
    managed = _houses(grants, RoleGrant.Role.COORDINATOR)
    taught = _houses(grants, RoleGrant.Role.INSTRUCTOR)
    attached = _attached_to(managed | taught, now)
    narrowed = [grant.cohort for grant in grants if grant.cohort and grant.role == RoleGrant.Role.INSTRUCTOR]
    return Access(
        user_id=user_id,
        at=now,
        managed=managed,
        coordinated=managed | _under(managed, attached),
        taught=taught | _under(taught, attached),
        taught_cohorts=frozenset(cohort.pk for cohort in narrowed),
        cohort_houses=frozenset(cohort.institution_id for cohort in narrowed),
        is_pilot=any(grant.role == RoleGrant.Role.PILOT for grant in grants),
        is_platform_staff=_is_platform_staff(user_id) if is_platform_staff is None else is_platform_staff,
    )


def find_institution(access: Access, key: str) -> Institution:
    """Return the institution at `key`, or the one that has taken it over; raises NotFound outside what is visible."""
    return _found(Institution.objects.visible_to(access), Institution.objects.filter(key=key))


def find_managed_institution(access: Access, key: str) -> Institution:
    """Return the institution at `key` (or its successor) when its facts and team may be changed; else NotFound."""
    return _found(Institution.objects.managed_by(access), Institution.objects.filter(key=key))


def find_cohort(access: Access, uuid: UUID | str) -> Cohort:
    """Return a cohort with its institution and programme; raises NotFound outside what is visible."""
    return _one(Cohort.objects.visible_to(access).select_related("institution", "programme"), uuid)


def find_student(access: Access, uuid: UUID | str) -> Student:
    """Return a student with their institution; raises NotFound outside what is visible."""
    return _one(Student.objects.visible_to(access).select_related("institution", "user"), uuid)


def find_enrolment(access: Access, cohort: Cohort, student: UUID | str) -> Enrolment:
    """Return the last place of a student in a cohort, ended or not; raises NotFound outside what is visible."""
    rows = Enrolment.objects.visible_to(access).filter(cohort=cohort, student__uuid=_uuid(student))
    found = rows.select_related("student", "cohort__institution", "cohort__programme", "user").order_by("-pk").first()
    if found is None:
        raise NotFound(NOT_YOURS)
    return found


def ensure_framing(access: Access) -> None:
    """Raise NotFound for whoever frames nobody: /pilotage/ does not exist for them."""
    if not (access.is_framing or access.is_platform_staff):
        raise NotFound(NOT_YOURS)


def _is_platform_staff(user_id: int) -> bool:
    return User.objects.filter(pk=user_id, is_superuser=True, is_active=True).exists()


def _houses(grants: Iterable[RoleGrant], role: str) -> frozenset[int]:
    whole = (grant for grant in grants if grant.role == role and grant.cohort_id is None)
    return frozenset(grant.institution_id for grant in whole if grant.institution_id is not None)


def _attached_to(parents: frozenset[int], now: datetime) -> list[tuple[int, int]]:
    """Return (parent, attached) ids in force on the day of `now`, in Paris."""
    if not parents:
        return []
    standing = Attachment.objects.standing(timezone.localdate(now)).filter(parent_id__in=parents)
    return list(standing.order_by("pk").values_list("parent_id", "institution_id"))


def _under(parents: frozenset[int], attached: list[tuple[int, int]]) -> frozenset[int]:
    return frozenset(child for parent, child in attached if parent in parents)


def _found(allowed: QuerySet[Institution], wanted: QuerySet[Institution]) -> Institution:
    """Return the one wanted among those allowed, following mergers: a chain of them is as long as history made it."""
    row = wanted.values_list("pk", "merged_into_id").first()
    while row is not None and row[1] is not None:
        row = Institution.objects.filter(pk=row[1]).values_list("pk", "merged_into_id").first()
    found = allowed.filter(pk=row[0]).first() if row else None
    if found is None:
        raise NotFound(NOT_YOURS)
    return found


def _one(rows: QuerySet[Row], uuid: UUID | str) -> Row:
    found = rows.filter(uuid=_uuid(uuid)).first()
    if found is None:
        raise NotFound(NOT_YOURS)
    return found


def _uuid(value: UUID | str) -> UUID:
    if isinstance(value, UUID):
        return value
    try:
        return UUID(value)
    except ValueError as error:
        raise NotFound(NOT_YOURS) from error
