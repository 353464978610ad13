"""Two universities (Ambre and Brume), an institute attached to Ambre, one cohort and one student in each."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from lms.accounts.api import User
from lms.cohorts.api import Attachment, Cohort, Institution, Programme, Role, Student, grant_role, place


@dataclass
class Country:
    now: datetime
    programme: Programme
    houses: dict[str, Institution] = field(default_factory=dict)
    cohorts: dict[str, Cohort] = field(default_factory=dict)
    students: dict[str, Student] = field(default_factory=dict)

    @classmethod
    def built(cls, now: datetime) -> "Country":
        country = cls(now, Programme.objects.create(key="infirmier", title="Soins infirmiers"))
        for key, kind in (("ambre", "university"), ("brume", "university"), ("institut", "institute")):
            country.house(key, kind)
        country.attach("institut", "ambre")
        return country

    def house(self, key: str, kind: str = "university") -> Institution:
        house = Institution.objects.create(key=key, kind=kind, name=f"Université {key.title()}")
        self.houses[key] = house
        self.cohorts[key] = self.cohort(key, f"Cohorte {key}")
        self.students[key] = self.student(key, f"{key}-1")
        return house

    def cohort(self, house: str, name: str, year: str = "2026-2027") -> Cohort:
        facts = {"institution": self.houses[house], "programme": self.programme, "name": name, "academic_year": year}
        return Cohort.objects.create(**facts)

    def student(self, house: str, number: str, *, user: User | None = None, cohort: Cohort | None = None) -> Student:
        student = Student.objects.create(
            institution=self.houses[house],
            student_number=number,
            first_name="Ada",
            last_name=number,
            user=user,
            created_at=self.now,
        )
        day = timezone.localdate(self.now)
        place(student=student, cohort=cohort or self.cohorts[house], group="", start_date=day, now=self.now)
        return student

    def attach(self, institute: str, university: str, *, days: int = -30, until: int | None = None) -> Attachment:
        today = timezone.localdate(self.now)
        return Attachment.objects.create(
            institution=self.houses[institute],
            parent=self.houses[university],
            start_date=today + timedelta(days=days),
            end_date=None if until is None else today + timedelta(days=until),
        )

    def person(self, name: str, *roles: tuple[str, str | None], **more: object) -> User:
        user = User.objects.filter(email=f"{name}@example.org").first() or member(name)
        for role, house in roles:
            institution = self.houses[house] if house else None
            grant_role(user=user, role=role, institution=institution, now=self.now, **more)  # type: ignore[arg-type]
        return user

    def coordinator(self, house: str = "ambre") -> User:
        return self.person(f"coordinator-{house}", (Role.COORDINATOR, house))


def member(name: str, *, is_verified: bool = True, **more: object) -> User:
    from allauth.account.models import EmailAddress

    user = User.objects.create_user(f"{name}@example.org", None, **more)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=is_verified)
    return user
