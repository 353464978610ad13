"""Who sees what of somebody: their institutions, what each sees, since when, on what ground."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from lms.accounts.api import User
from lms.assessments.api import Assignment, Participation, day_of
from lms.cohorts.api import Attachment, Enrolment, Institution, SharingGrant


@dataclass
class House:
    """One institution that knows somebody: by their places in its cohorts, by a code they typed, or by agreement."""

    institution: Institution
    cohorts: list[str] = field(default_factory=list)
    joined: list[Assignment] = field(default_factory=list)
    since: date | None = None
    grant: SharingGrant | None = None
    withdrawn_at: datetime | None = None
    parents: list[str] = field(default_factory=list)

    def seen_from(self, day: date) -> None:
        """Keep the first day from which it sees something."""
        self.since = min(self.since or day, day)


def houses_of(user: User, now: datetime) -> list[House]:
    """Return the institutions that see something of `user`, by name: four queries."""
    houses: dict[int, House] = {}
    for place in _places(user, now):
        house = houses.setdefault(place.cohort.institution_id, House(place.cohort.institution))
        house.cohorts.append(place.cohort.name)
        house.seen_from(place.start_date)
    for row in _joined(user):
        house = houses.setdefault(row.assignment.institution_id, House(row.assignment.institution))
        house.joined.append(row.assignment)
        if row.joined_at is not None:
            house.seen_from(day_of(row.joined_at, row.assignment.institution))
    for grant in SharingGrant.objects.filter(user=user).select_related("institution").order_by("granted_at", "pk"):
        _note_grant(houses, grant)
    _note_parents(houses, now)
    return sorted(houses.values(), key=lambda house: (house.institution.name, house.institution.pk))


def _places(user: User, now: datetime) -> Iterable[Enrolment]:
    rows = Enrolment.objects.standing(timezone.localdate(now)).filter(user=user)
    return rows.select_related("cohort__institution").order_by("start_date", "pk")


def _joined(user: User) -> Iterable[Participation]:
    rows = Participation.objects.filter(user=user, joined_at__isnull=False)
    return rows.select_related("assignment__institution", "assignment__assessment").order_by("joined_at", "pk")


def _note_grant(houses: dict[int, House], grant: SharingGrant) -> None:
    """Keep the agreement that stands; one withdrawn is only told where the institution still knows the person."""
    if grant.withdrawn_at is None:
        houses.setdefault(grant.institution_id, House(grant.institution)).grant = grant
    elif grant.institution_id in houses:
        houses[grant.institution_id].withdrawn_at = grant.withdrawn_at


def _note_parents(houses: dict[int, House], now: datetime) -> None:
    """Name the universities that see the people of an institution because it is attached to them."""
    standing = Attachment.objects.standing(timezone.localdate(now)).filter(institution__in=houses)
    for row in standing.select_related("parent").order_by("parent__name", "pk"):
        houses[row.institution_id].parents.append(row.parent.name)
