"""What the staff of an institution reads of what it asks: how many, who, nothing of what they know."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from lms.assessments.api import Assignment, AssignmentExtension, Participation, closing, day_of
from lms.cohorts.api import Access, Enrolment, SharingGrant

from .errors import AssignmentNotFound
from .types import Counts, Line, State

COHORT = ("cohort_id", "cohort__name", "cohort__academic_year", "cohort__institution__name")
BY_COHORT = (*COHORT[1:], "cohort_id")


def assignments(access: Access) -> QuerySet[Assignment]:
    """Return what `access` sees asked, the latest first, each with how many are asked, began, finished: one query."""
    return (
        Assignment.objects.visible_to(access)
        .select_related("assessment", "institution", "created_by")
        .annotate(**_counted(access))
        .order_by("-opens_at", "-pk")
    )


def find_assignment(access: Access, uuid: UUID) -> Assignment:
    """Return one of them. Raises AssignmentNotFound."""
    rows = Assignment.objects.visible_to(access).select_related("assessment", "institution", "created_by")
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise AssignmentNotFound
    return found


def may_change(asked: Assignment, access: Access) -> bool:
    """Say whether it is theirs to change: they see its institution whole, or teach all the cohorts it is asked of."""
    if access.may_see_names(asked.institution):
        return True
    cohorts = set(asked.cohorts.order_by().values_list("pk", flat=True))
    return bool(cohorts) and not asked.is_open and cohorts <= access.taught_cohorts


def ensure_may_change(asked: Assignment, access: Access) -> None:
    """Raise AssignmentNotFound unless it is theirs to change."""
    if not may_change(asked, access):
        raise AssignmentNotFound


def places(asked: Assignment, access: Access, now: datetime) -> QuerySet[Enrolment]:
    """Return the places of those who are asked by a cohort and whom `access` sees: two for somebody in two cohorts."""
    return Enrolment.objects.standing(timezone.localdate(now)).visible_to(access).filter(cohort__assignments=asked)


def enrolments(asked: Assignment, access: Access, now: datetime) -> QuerySet[Enrolment]:
    """Return the places of those who are asked by a cohort and whom `access` sees, one for each person, by name."""
    standing = places(asked, access, now)
    earlier = standing.filter(student_id=OuterRef("student_id"), pk__lt=OuterRef("pk")).order_by()
    rows = standing.filter(~Exists(earlier)).select_related("student")
    return rows.order_by("student__last_name", "student__first_name", "pk")


def joined(asked: Assignment, access: Access) -> QuerySet[Participation]:
    """Return those who joined by the code; they are the institution's, not one cohort's."""
    rows = Participation.objects.filter(assignment=asked, joined_at__isnull=False).select_related("user")
    if not access.may_see_names(asked.institution):
        rows = rows.none()
    return rows.order_by("user__last_name", "user__first_name", "pk")


def in_state(rows: QuerySet[Enrolment], asked: Assignment, state: str) -> QuerySet[Enrolment]:
    """Return the places of those who have not begun, are under way, or have finished."""
    theirs = Participation.objects.filter(assignment=asked, user_id=OuterRef("user_id")).order_by()
    begun, finished = theirs.filter(begun_at__isnull=False), theirs.filter(finished_at__isnull=False)
    if state == State.FINISHED:
        return rows.filter(Exists(finished))
    if state == State.BEGUN:
        return rows.filter(Exists(begun), ~Exists(finished))
    return rows.filter(~Exists(begun))


def counts(asked: Assignment, access: Access, now: datetime) -> Counts:
    """Return how many are asked, have begun and have finished: three queries."""
    rows = enrolments(asked, access, now).order_by()
    placed = rows.aggregate(
        asked=Count("pk"),
        unclaimed=Count("pk", filter=Q(user=None)),
        begun=Count("pk", filter=Q(Exists(_of(asked, begun_at__isnull=False)))),
        finished=Count("pk", filter=Q(Exists(_of(asked, finished_at__isnull=False)))),
    )
    outside = _outside(asked, access, now).aggregate(
        asked=Count("pk"),
        begun=Count("pk", filter=Q(begun_at__isnull=False)),
        finished=Count("pk", filter=Q(finished_at__isnull=False)),
    )
    return Counts(
        asked=placed["asked"] + outside["asked"],
        begun=placed["begun"] + outside["begun"],
        finished=placed["finished"] + outside["finished"],
        unclaimed=placed["unclaimed"],
    )


def counts_by_cohort(asked: Assignment, access: Access, now: datetime) -> list[tuple[str, list[int]]]:
    """Return the cohorts it is asked of, by name: [finished, begun and not finished, not begun] of each: one query.

    A person of two cohorts counts in both.
    """
    rows = places(asked, access, now).order_by(*BY_COHORT)
    told = rows.values(*COHORT).annotate(
        asked=Count("pk"),
        begun=Count("pk", filter=Q(Exists(_of(asked, begun_at__isnull=False)))),
        finished=Count("pk", filter=Q(Exists(_of(asked, finished_at__isnull=False)))),
    )
    names = _cohort_names(told)
    return [
        (names[row["cohort_id"]], [row["finished"], row["begun"] - row["finished"], row["asked"] - row["begun"]])
        for row in told
    ]


def _cohort_names(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Return the name of each cohort; those of one name also say their year and their institution."""
    cohorts = {row["cohort_id"]: row for row in rows}
    count = Counter(row["cohort__name"] for row in cohorts.values())
    return {
        pk: row["cohort__name"] if count[row["cohort__name"]] == 1 else ", ".join(row[key] for key in COHORT[1:])
        for pk, row in cohorts.items()
    }


def _of(asked: Assignment, **moments: bool) -> QuerySet[Participation]:
    return Participation.objects.filter(assignment=asked, user_id=OuterRef("user_id"), **moments).order_by()


def _outside(asked: Assignment, access: Access, now: datetime) -> QuerySet[Participation]:
    """Return those who joined by the code and have no place in a cohort it is asked of: nobody counts twice."""
    standing = Enrolment.objects.standing(timezone.localdate(now)).filter(cohort__assignments=asked)
    placed = standing.filter(user_id=OuterRef("user_id")).order_by()
    return joined(asked, access).order_by().filter(~Exists(placed))


def outside(asked: Assignment, access: Access, now: datetime) -> QuerySet[Participation]:
    """Return the same, by name, for a list."""
    return _outside(asked, access, now).order_by("user__last_name", "user__first_name", "pk")


def groups(asked: Assignment, access: Access, now: datetime) -> list[tuple[str, str]]:
    """Return the groups of those who are asked, cohort by cohort: what an extension is granted to, and its name."""
    rows = places(asked, access, now).exclude(group="").order_by(*BY_COHORT, "group")
    found = list(rows.values("cohort__uuid", "group", *COHORT).distinct())
    names = _cohort_names(found)
    return [
        (f"group:{row['cohort__uuid']}:{row['group']}", f"{row['group']}, {names[row['cohort_id']]}") for row in found
    ]


def _counted(access: Access) -> dict[str, Coalesce]:
    """Return the counts of a list: joiners of a cohort's person count once, as in the page of one assignment."""
    standing = Enrolment.objects.standing(timezone.localdate(access.at)).visible_to(access)
    asked = standing.filter(cohort__assignments=OuterRef("pk")).order_by()
    theirs = Participation.objects.filter(assignment=OuterRef("pk")).order_by()
    placed = Enrolment.objects.standing(timezone.localdate(access.at)).filter(
        cohort__assignments=OuterRef("assignment"), user_id=OuterRef("user_id")
    )
    seen = placed.visible_to(access).order_by()
    whole = Q(joined_at__isnull=False, assignment__institution_id__in=access.institutions)
    outside = theirs.filter(whole).filter(~Exists(placed.order_by()))
    counted = theirs.filter(Q(Exists(seen)) | (whole & ~Q(Exists(placed.order_by()))))
    return {
        "placed_count": _number(asked.values("cohort__assignments").annotate(n=Count("student_id", distinct=True))),
        "outside_count": _number(_tally(outside)),
        "begun_count": _number(_tally(counted.filter(begun_at__isnull=False))),
        "finished_count": _number(_tally(counted.filter(finished_at__isnull=False))),
    }


def _tally(rows: QuerySet[Participation]) -> QuerySet[Any, Any]:
    return rows.values("assignment").annotate(n=Count("pk"))


def _number(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("n"), output_field=IntegerField()), Value(0))


def lines_of_places(rows: Sequence[Enrolment], asked: Assignment, now: datetime) -> list[Line]:
    """Return the lines of a page of places: three queries, whatever their number."""
    users = [row.user_id for row in rows if row.user_id is not None]
    theirs = {row.user_id: row for row in Participation.objects.filter(assignment=asked, user__in=users).order_by("pk")}
    sharing, extensions = _sharing(asked, users), _extensions(asked)
    return [
        Line(
            name=row.student.name or row.student_number,
            number=row.student_number,
            group=row.group,
            has_account=row.user_id is not None,
            is_sharing=row.user_id in sharing,
            key=f"student:{row.student.uuid}",
            student=row.student,
            **_where(asked, theirs.get(row.user_id or 0), _closing(asked, extensions, row), now),
        )
        for row in rows
    ]


def lines_of_joined(rows: Sequence[Participation], asked: Assignment, now: datetime) -> list[Line]:
    """Return the lines of a page of those who joined by the code: two queries."""
    sharing, extensions = _sharing(asked, [row.user_id for row in rows]), _extensions(asked)
    return [
        Line(
            name=row.user.get_full_name() or _("Sans nom"),
            number="",
            group="",
            has_account=True,
            is_sharing=row.user_id in sharing,
            key=f"user:{row.user.uuid}",
            **_where(asked, row, closing(asked, extensions, user_id=row.user_id), now),
        )
        for row in rows
    ]


def _closing(asked: Assignment, extensions: Sequence[AssignmentExtension], row: Enrolment) -> datetime | None:
    groups = {(row.cohort_id, row.group)} if row.group else set()
    return closing(asked, extensions, user_id=row.user_id, student_ids={row.student_id}, groups=groups)


def _where(asked: Assignment, row: Participation | None, closes_at: datetime | None, now: datetime) -> dict[str, Any]:
    is_extended = closes_at is not None and asked.closes_at is not None and closes_at > asked.closes_at
    since = (row.finished_at or row.begun_at) if row else None
    return {
        "state": state_of(row, closes_at, now),
        "since": day_of(since, asked.institution) if since else None,
        "closes_date": day_of(closes_at, asked.institution) if is_extended and closes_at else None,
    }


def state_of(row: Participation | None, closes_at: datetime | None, now: datetime) -> State:
    """Return where somebody is: late when their last day is over and something is left."""
    if row is not None and row.finished_at is not None:
        return State.FINISHED
    if closes_at is not None and now > closes_at:
        return State.LATE
    return State.BEGUN if row is not None and row.begun_at is not None else State.NOT_BEGUN


def _sharing(asked: Assignment, users: Sequence[int]) -> set[int]:
    rows = SharingGrant.objects.standing().filter(institution_id=asked.institution_id, user__in=users)
    return set(rows.order_by().values_list("user_id", flat=True))


def _extensions(asked: Assignment) -> list[AssignmentExtension]:
    return list(AssignmentExtension.objects.filter(assignment=asked).order_by("pk"))
