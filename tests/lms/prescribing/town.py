"""A university that asks something of a cohort: its coordinator, two students, one with no account yet."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from lms.accounts.api import User
from lms.assessments.models import Assessment, Assignment, Blueprint
from lms.cohorts.api import Cohort, Institution, Programme, Role, Student, access_of, enrol, grant_role, place
from lms.prescribing.api import Draft, create_assignment

NOW = datetime(2026, 10, 20, 13, 30, tzinfo=UTC)
SEPTEMBER = date(2026, 9, 1)


@dataclass
class Town:
    """What a test asks things in."""

    institution: Institution
    cohort: Cohort
    coordinator: User
    lina: User
    others: list[User] = field(default_factory=list)

    def access(self, person: User | None = None) -> Any:
        """Return what the coordinator (or somebody) may see."""
        return access_of((person or self.coordinator).pk, NOW)

    def draft(self, **changes: Any) -> Draft:
        """Return a draft that is right: the placement, for the cohort, three weeks."""
        values: dict[str, Any] = {
            "institution_key": self.institution.key,
            "assessment_key": "placement",
            "cohorts": (str(self.cohort.uuid),),
            "opens_date": date(2026, 10, 20),
            "closes_date": date(2026, 11, 10),
            "attempts_allowed": 1,
        }
        return Draft(**{**values, **changes})

    def ask(self, now: datetime = NOW, **changes: Any) -> Assignment:
        """Ask it."""
        return create_assignment(draft=self.draft(**changes), access=self.access(), now=now)

    def client(self, person: User | None = None) -> Client:
        """Return the browser of somebody, Lina unless told otherwise."""
        client = Client()
        client.force_login(person or self.lina)
        return client


def build(key: str = "ici", time_zone: str = "Europe/Paris") -> Town:
    """Write the town."""
    institution = Institution.objects.create(
        key=key, kind="university", name=f"Université d’{key}", time_zone=time_zone
    )
    programme, _ = Programme.objects.get_or_create(key="infirmier", defaults={"title": "Soins infirmiers"})
    cohort = Cohort.objects.create(
        institution=institution, programme=programme, academic_year="2026-2027", name=f"Infirmiers {key}"
    )
    coordinator = person(f"claire.{key}", "Claire", "Roche")
    grant_role(user=coordinator, role=Role.COORDINATOR, institution=institution, now=NOW)
    lina = person(f"lina.{key}", "Lina", "Moreau")
    enrol(user=lina, cohort=cohort, student_number="1001", start_date=SEPTEMBER)
    return Town(institution, cohort, coordinator, lina)


def person(name: str, first_name: str = "Ada", last_name: str = "Byron", **fields: Any) -> User:
    """Write somebody."""
    return User.objects.create_user(f"{name}@test.example", first_name=first_name, last_name=last_name, **fields)


def add_student(town: Town, number: str, *, has_account: bool = True, group: str = "") -> Student:
    """Enrol one more."""
    user = person(f"{number}.{town.institution.key}", "Ana", f"Nom{number}") if has_account else None
    student = Student.objects.create(
        institution=town.institution,
        student_number=number,
        first_name="Ana",
        last_name=f"Nom{number}",
        user=user,
        created_at=NOW,
    )
    place(student=student, cohort=town.cohort, group=group, start_date=SEPTEMBER, now=NOW)
    return student


def limit_time(minutes: int) -> None:
    """Give the placement a time limit (a blueprint is never changed: another one is made)."""
    from datetime import timedelta

    offer = Assessment.objects.get(key="placement")
    row = Blueprint.objects.get(pk=offer.blueprint_id)
    row.pk, row.version, row.time_limit = None, 99, timedelta(minutes=minutes)
    row.save(force_insert=True)
    offer.blueprint = row
    offer.save()


def add_twin(town: Town, number: str, *, name: str = "Infirmiers bis", year: str = "2026-2027", group: str) -> Student:
    """Enrol one more, in another cohort of the same institution."""
    programme = Programme.objects.get(key="infirmier")
    cohort = Cohort.objects.create(institution=town.institution, programme=programme, academic_year=year, name=name)
    return add_student(replace(town, cohort=cohort), number, group=group)
