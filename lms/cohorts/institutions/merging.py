"""Mergers: what one institution has goes to another, whole; the row that remains says where."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel import actors, audit
from kernel.events import publish

from ..errors import MergerRefused
from ..events import AttachmentChanged, CohortMoved, InstitutionMerged
from ..models import Attachment, Cohort, Institution, Invitation, RoleGrant, SharingGrant, Student

NAME_LENGTH = 120
# Moved below, each by its own rule; every other table that names an institution is moved as it stands.
BY_RULE = (Attachment, Cohort, Institution, Invitation, RoleGrant, SharingGrant, Student)


@dataclass(frozen=True)
class Plan:
    """What a merger would move, counted; `alike`: numbers of students of both that look the same, kept apart."""

    source: Institution
    into: Institution
    cohorts: int
    students: int
    roles: int
    attached: int
    renamed: list[str] = field(default_factory=list)
    alike: list[tuple[str, str]] = field(default_factory=list)


@actors.as_worker()
def plan_merger(*, source: Institution, into: Institution) -> Plan:
    """Return what merge_institution would do. Raises MergerRefused with the reason when it would refuse."""
    _check(source, into)
    return Plan(
        source=source,
        into=into,
        cohorts=source.cohorts.count(),
        students=source.students.count(),
        roles=source.role_grants.count(),
        attached=source.attached.exclude(institution=into).count(),
        renamed=[cohort.name for cohort in _colliding(source, into)],
        alike=_alike(source, into),
    )


@actors.as_worker()
@transaction.atomic
def merge_institution(*, source: Institution, into: Institution, actor_id: int | None, now: datetime) -> Plan:
    """Move cohorts, students, roles, invitations, sharing, attachments and the look of `source` to `into`.

    `source` stays as an empty row that leads to `into`. Raises MergerRefused. Tables whose relation to institutions is
    hidden (related_name "+") belong to whoever listens to CohortMoved and InstitutionMerged.
    """
    source, into = _locked(source, into)
    plan = plan_merger(source=source, into=into)
    _move_students(source, into)
    _move_cohorts(source, into, now)
    _move_roles(source, into)
    _move_invitations(source, into, now)
    _move_sharing(source, into, now)
    _move_attachments(source, into, now)
    _move_look(source, into)
    _move_the_rest(source, into)
    source.merged_into, source.merged_at = into, now
    source.save(update_fields=["merged_into", "merged_at", "look"])
    details = {"into": into.key, "cohorts": plan.cohorts, "students": plan.students, "roles": plan.roles}
    audit.record(actor_id=actor_id, action="institution.merged", target=source, details=details, at=now)
    publish(InstitutionMerged(aggregate=source.uuid, at=now, into=into.uuid))
    return plan


def _locked(*institutions: Institution) -> list[Institution]:
    """Return the rows as they are now, in the order given, locked in the order of their ids."""
    ids = [institution.pk for institution in institutions]
    rows = {row.pk: row for row in Institution.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    return [rows[pk] for pk in ids]


def _check(source: Institution, into: Institution) -> None:
    if source.pk == into.pk:
        raise MergerRefused(_("Un établissement ne peut pas être réuni à lui-même."))
    if source.merged_into_id is not None:
        raise MergerRefused(_("Cet établissement a déjà été réuni à un autre."))
    if into.merged_into_id is not None:
        raise MergerRefused(_("L’établissement d’arrivée a lui-même été réuni à un autre : choisissez celui-là."))
    children = source.attached.exclude(institution=into)
    if into.kind != Institution.Kind.UNIVERSITY and children.exists():
        raise MergerRefused(_("Des établissements sont rattachés à celui-ci : il ne peut rejoindre qu’une université."))


def _move_students(source: Institution, into: Institution) -> None:
    """Move the students; where both gave the same number, the moved one keeps theirs under its origin."""
    taken = Student.objects.filter(institution=into, number_origin="").exclude(student_number="").order_by()
    same = Student.objects.filter(institution=source, number_origin="")
    same.filter(student_number__in=taken.values("student_number")).update(number_origin=source.key)
    Student.objects.filter(institution=source).update(institution=into)


def _move_cohorts(source: Institution, into: Institution, now: datetime) -> None:
    for cohort in _colliding(source, into):
        cohort.name = _free_name(cohort, source, into)
        cohort.save(update_fields=["name"])
    uuids = list(source.cohorts.order_by("pk").values_list("uuid", flat=True))
    Cohort.objects.filter(institution=source).update(institution=into)
    for uuid in uuids:
        publish(CohortMoved(aggregate=uuid, at=now, source=source.uuid, institution=into.uuid))


def _colliding(source: Institution, into: Institution) -> list[Cohort]:
    there = set(into.cohorts.order_by().values_list("academic_year", "name"))
    return [cohort for cohort in source.cohorts.order_by("pk") if (cohort.academic_year, cohort.name) in there]


def _free_name(cohort: Cohort, source: Institution, into: Institution) -> str:
    """Return the name with the institution it comes from, numbered when even that one is taken."""
    of_both = Cohort.objects.filter(institution__in=[source, into], academic_year=cohort.academic_year)
    taken = set(of_both.order_by().values_list("name", flat=True))
    origin = source.name[:60]
    for number in range(1, len(taken) + 2):
        suffix = f" ({origin})" if number == 1 else f" ({origin}, {number})"
        name = cohort.name[: NAME_LENGTH - len(suffix)] + suffix
        if name not in taken:
            return name
    raise AssertionError("one more number than there are names")


def _move_roles(source: Institution, into: Institution) -> None:
    """Move the roles; of two the same, the one that lasts longer stands."""
    held = {(grant.user_id, grant.role): grant for grant in into.role_grants.filter(cohort=None).order_by("pk")}
    for grant in source.role_grants.filter(cohort=None).order_by("pk"):
        other = held.get((grant.user_id, grant.role))
        if other is None:
            continue
        if other.expires_at and (grant.expires_at is None or grant.expires_at > other.expires_at):
            other.expires_at = grant.expires_at
            other.save(update_fields=["expires_at"])
        grant.delete()
    source.role_grants.update(institution=into)


def _move_invitations(source: Institution, into: Institution, now: datetime) -> None:
    pending = set(into.invitations.pending().filter(cohort=None).order_by().values_list("role", "email"))
    doubled = [row.pk for row in source.invitations.pending().order_by("pk") if (row.role, row.email) in pending]
    Invitation.objects.filter(pk__in=doubled, cohort=None).update(revoked_at=now)
    source.invitations.update(institution=into)


def _move_sharing(source: Institution, into: Institution, now: datetime) -> None:
    """What was shared with one is shared with the one that takes over; of two the same, one stands."""
    standing = into.sharing_grants.standing().order_by()
    for scope in SharingGrant.Scope.values:
        users = standing.filter(scope=scope).values("user_id")
        source.sharing_grants.standing().filter(scope=scope, user_id__in=users).update(withdrawn_at=now)
    source.sharing_grants.update(institution=into)


def _move_attachments(source: Institution, into: Institution, now: datetime) -> None:
    """Institutes of `source` become those of `into`, in the past as well, since its students are; its own links end."""
    moved = list(source.attached.exclude(institution=into).select_related("institution").order_by("pk"))
    into.attachments.filter(parent=source).delete()
    Attachment.objects.filter(pk__in=[row.pk for row in moved]).update(parent=into)
    _end_own(source, now)
    for institution in {row.institution for row in moved}:
        publish(AttachmentChanged(aggregate=institution.uuid, at=now, parent=into.uuid))


def _end_own(source: Institution, now: datetime) -> None:
    today = timezone.localdate(now)
    source.attachments.filter(start_date__gte=today).delete()
    source.attachments.filter(end_date=None).update(end_date=today)
    source.attachments.filter(end_date__gt=today).update(end_date=today)


def _move_look(source: Institution, into: Institution) -> None:
    if into.look_id is None and source.look_id is not None:
        into.look = source.look
        into.save(update_fields=["look"])
    source.look = None


def _move_the_rest(source: Institution, into: Institution) -> None:
    """Move the rows of other rooms that show their relation; one that the target has already stays where it was."""
    for relation in Institution._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model in BY_RULE or isinstance(model, str):
            continue
        try:
            with transaction.atomic():
                model._default_manager.filter(**{name: source}).update(**{name: into})
        except IntegrityError:
            _move_one_by_one(model, name, source, into)


def _move_one_by_one(model: type[models.Model], name: str, source: Institution, into: Institution) -> None:
    rows: Iterable[Any] = model._default_manager.filter(**{name: source}).order_by("pk").values_list("pk", flat=True)
    for pk in list(rows):
        try:
            with transaction.atomic():
                model._default_manager.filter(pk=pk).update(**{name: into})
        except IntegrityError:
            continue


def _alike(source: Institution, into: Institution) -> list[tuple[str, str]]:
    """Return the pairs of numbers, one of each, that are the same but for case, spaces, punctuation and first zeros."""
    known: dict[str, str] = {}
    for number in _numbers(into):
        known.setdefault(_bare(number), number)
    return [(number, known[_bare(number)]) for number in _numbers(source) if _bare(number) in known]


def _numbers(institution: Institution) -> list[str]:
    rows = Student.objects.filter(institution=institution).exclude(student_number="")
    return list(rows.order_by("student_number", "pk").values_list("student_number", flat=True))


def _bare(number: str) -> str:
    return "".join(letter for letter in number.casefold() if letter.isalnum()).lstrip("0")
