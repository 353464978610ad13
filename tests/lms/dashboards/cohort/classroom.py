"""A made cohort: as many students as wanted, each as measured, as shared and as active as wanted."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.test import Client

import competencies
from competencies.api import current_framework, load_framework
from lms.accounts.api import User
from lms.cohorts.api import Cohort, Enrolment, Institution, Programme, Role, SharingGrant, Student, grant_role
from lms.dashboards.models import LearnerSummary
from lms.dashboards.rollups import keeping
from lms.dashboards.rollups.places import Kind, bit
from lms.dashboards.rollups.rules import target_cut

EVERYWHERE = sum(bit(kind, is_all_years=is_all) for kind in Kind for is_all in (False, True))


@dataclass(frozen=True)
class Pupil:
    """How somebody stands: a score or none, an agreement or none, days since the first and the last step."""

    score: int | None = None
    shares: bool = False
    begun: int | None = None
    last: int | None = None
    modules: int = 0
    name: str = ""
    trained: bool = False
    minutes: int = 0
    taught: int = 0


@dataclass
class Classroom:
    now: datetime
    house: Institution = field(init=False)
    cohort: Cohort = field(init=False)
    instructor: User = field(init=False)

    def __post_init__(self) -> None:
        load_framework(path=Path(competencies.__file__).parent / "data" / "socle.yaml")
        programme = Programme.objects.create(key="infirmier", title="Soins infirmiers")
        self.house = Institution.objects.create(key="valserine", kind="university", name="Université de Valserine")
        facts = {"institution": self.house, "programme": programme, "academic_year": "2026-2027"}
        self.cohort = Cohort.objects.create(name="Soins infirmiers, 2e année", **facts)
        self.instructor = self.staff("paul", Role.INSTRUCTOR)

    def staff(self, name: str, role: str, house: Institution | None = None) -> User:
        user = User.objects.create_user(f"{name}@valserine.example", None, first_name=name.title())
        grant_role(user=user, role=role, institution=house or self.house, now=self.now)
        return user

    def client(self, user: User | None = None) -> Client:
        client = Client()
        client.force_login(user or self.instructor)
        return client

    def seat(self, pupils: Sequence[Pupil]) -> list[LearnerSummary]:
        """Enrol them, with summaries and counts that agree."""
        start = Student.objects.count()
        users = User.objects.bulk_create([User(email=f"e{start + n}@valserine.example") for n in range(len(pupils))])
        students = Student.objects.bulk_create(
            [self._student(pupil, user, start + n) for n, (pupil, user) in enumerate(zip(pupils, users, strict=True))]
        )
        enrolments = Enrolment.objects.bulk_create([self._enrolment(student) for student in students])
        SharingGrant.objects.bulk_create(
            [
                SharingGrant(user=user, institution=self.house, scope="competency_detail", granted_at=self.now)
                for pupil, user in zip(pupils, users, strict=True)
                if pupil.shares
            ]
        )
        pairs = zip(pupils, enrolments, strict=True)
        summaries = LearnerSummary.objects.bulk_create([self._summary(pupil, one) for pupil, one in pairs])
        total: Counter[keeping.Key] = Counter()
        for summary in summaries:
            keeping.add(total, keeping.contribution(summary))
        keeping.write_deltas(total)
        return summaries

    def _student(self, pupil: Pupil, user: User, number: int) -> Student:
        return Student(
            institution=self.cohort.institution,
            student_number=f"V{number:04}",
            first_name=(pupil.name or f"Ada{number} Nom{number:03}").split()[0],
            last_name=(pupil.name or f"Ada{number} Nom{number:03}").split()[-1],
            email=user.email,
            user=user,
            claimed_at=self.now - timedelta(days=60),
            created_at=self.now - timedelta(days=70),
        )

    def _enrolment(self, student: Student) -> Enrolment:
        return Enrolment(
            cohort=self.cohort,
            student=student,
            user=student.user,
            student_number=student.student_number,
            group="TD 1",
            start_date=(self.now - timedelta(days=60)).date(),
        )

    def _summary(self, pupil: Pupil, enrolment: Enrolment) -> LearnerSummary:
        begun = pupil.begun if pupil.begun is not None else (20 if pupil.score is not None else None)
        last = pupil.last if pupil.last is not None else (begun if pupil.score is None else 3)
        return LearnerSummary(
            enrolment=enrolment,
            cohort=self.cohort,
            programme=self.cohort.programme,
            institution=self.cohort.institution,
            university=self.house,
            user=enrolment.user,
            academic_year=self.cohort.academic_year,
            scopes=EVERYWHERE,
            claimed_at=self.now - timedelta(days=60),
            begun_at=self.now - timedelta(days=begun) if begun is not None else None,
            last_step_at=self.now - timedelta(days=last) if last is not None else None,
            modules_completed=pupil.modules,
            is_sharing=pupil.shares,
            minutes=pupil.minutes,
            taught_minutes=pupil.taught,
            trained_date=self.now.date() if pupil.trained else None,
            trained_means="measured" if pupil.trained else "",
            **_measure(pupil, self.now),
        )


def words(page: bytes) -> str:
    """Return what a page says, without its tags: an address may hold any digits."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]*>", " ", page.decode()))


def _measure(pupil: Pupil, now: datetime) -> dict[str, Any]:
    if pupil.score is None:
        return {}
    framework = current_framework()
    levels = [level for level in framework.levels if level.cut_score <= pupil.score]
    result = [pupil.score, max(pupil.score - 60, 0), min(pupil.score + 60, 1000), levels[-1].code]
    return {
        "measured_at": now - timedelta(days=10),
        "attempt": uuid4(),
        "score": pupil.score,
        "low": result[1],
        "high": result[2],
        "level": levels[-1].code,
        "domains": {domain.code: result for domain in framework.domains},
        "competencies": {part.code: result for part in framework.competencies},
        "errors": {"overall": 30.0},
        "is_at_target": pupil.score >= target_cut(),
    }
