"""A made country: as many trained people in each university and month as wanted, published by a snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client

from lms.accounts.api import User
from lms.cohorts.api import Institution, Programme, Role, grant_role
from lms.dashboards.models import AggregateSnapshot, Rollup
from lms.dashboards.rollups.cells import TOTAL, monday
from lms.dashboards.rollups.places import ALL_YEARS, Kind
from lms.dashboards.snapshots import take

Places = Mapping[Kind, tuple[int, int]]


@dataclass
class Country:
    now: datetime
    houses: list[Institution] = field(init=False)
    programme: Programme = field(init=False)
    pilot: User = field(init=False)

    def __post_init__(self) -> None:
        facts: dict[str, Any] = {"kind": "university", "is_counted": True}
        names = ("Ambre", "Brumes")
        self.houses = [Institution.objects.create(key=name.lower(), name=name, **facts) for name in names]
        self.programme = Programme.objects.create(key="infirmier", title="Soins infirmiers", number=1)
        self.pilot = User.objects.create_user("pia@pays.example", None)
        grant_role(user=self.pilot, role=Role.PILOT, institution=None, now=self.now)

    def count(self, house: Institution, week: date = TOTAL, **measures: int) -> None:
        """Add figures of a university, wherever they count."""
        places: Places = {
            Kind.UNIVERSITY_PROGRAMME: (house.pk, self.programme.pk),
            Kind.UNIVERSITY: (house.pk, 0),
            Kind.NATIONAL_PROGRAMME: (0, self.programme.pk),
            Kind.NATIONAL: (0, 0),
        }
        for kind, (place, programme) in places.items():
            for measure, value in measures.items():
                self._add(kind, place, programme, week, measure, value)

    def _add(self, kind: Kind, place: int, programme: int, week: date, measure: str, value: int) -> None:
        row, _ = Rollup.objects.get_or_create(
            kind=kind,
            scope_id=place,
            programme_id=programme,
            academic_year=ALL_YEARS,
            measure=measure,
            code="",
            week_date=week,
        )
        row.value += value
        row.save()

    def train(self, house: Institution, months: int, each: int, **other: int) -> None:
        """Let people be trained in each of the last whole months, and before none."""
        month = self.now.date().replace(day=15)
        for _ in range(months):
            month = (month.replace(day=1) - timedelta(days=1)).replace(day=15)
            self.count(house, monday(month), trained_measured=each)
        total = months * each
        self.count(house, enrolled=2 * total, measured=total + total // 2, trained_measured=total, **other)

    def publish(self, days: int = 0) -> None:
        """Take the snapshot of a day."""
        take(now=self.now + timedelta(days=days))

    def client(self, user: User | None = None) -> Client:
        client = Client()
        if user:
            client.force_login(user)
        return client

    def forget(self) -> None:
        """Take what was published away."""
        AggregateSnapshot.objects.all().delete()
