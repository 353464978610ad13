"""A made university: several programmes and cohorts, an attached institute, as many students as wanted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lms.accounts.api import User
from lms.cohorts.api import Attachment, Cohort, Institution, Programme, Role
from lms.dashboards.models import LearnerSummary
from tests.lms.dashboards.cohort.classroom import Classroom, Pupil

ADDRESS = "/pilotage/etablissement/valserine/"


@dataclass
class Campus(Classroom):
    coordinator: User = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.coordinator = self.staff("claire", Role.COORDINATOR)

    def another(self, name: str, programme: str = "infirmier", house: Institution | None = None) -> Cohort:
        """Open one more cohort, of a programme of its own if need be."""
        studied, _ = Programme.objects.get_or_create(key=programme, defaults={"title": programme.title()})
        facts: dict[str, Any] = {"institution": house or self.house, "academic_year": "2026-2027"}
        return Cohort.objects.create(name=name, programme=studied, **facts)

    def institute(self) -> Institution:
        """Attach an institute to the university."""
        found = Institution.objects.create(key="ifsi", kind="institute", name="IFSI de Valserine")
        Attachment.objects.create(institution=found, parent=self.house, start_date=date(2024, 9, 1))
        return found

    def seat_in(self, cohort: Cohort, pupils: Sequence[Pupil]) -> list[LearnerSummary]:
        """Enrol them there, counted for the university."""
        usual, self.cohort = self.cohort, cohort
        try:
            return self.seat(pupils)
        finally:
            self.cohort = usual

    def open(self, part: str = "", user: User | None = None) -> Any:
        """Read a page as the coordinator."""
        return self.client(user or self.coordinator).get(f"{ADDRESS}{part}")
