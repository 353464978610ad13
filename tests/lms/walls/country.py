"""Two universities, an institute attached to the first; every word said there carries the canary of its house.

`camarade` is in what the students are called, never in what the staff is.
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from kernel import jobs
from kernel.events import drain
from kernel.models import Job
from lms.accounts.api import User
from lms.assessments.models import Assignment
from lms.cohorts.api import (
    Access,
    Attachment,
    Cohort,
    Institution,
    Programme,
    Role,
    Student,
    access_of,
    grant_accommodation,
    grant_role,
    grant_sharing,
    place,
)
from lms.cohorts.claiming import codes, letters
from lms.cohorts.invitations import services as invitations
from lms.cohorts.models import Enrolment, Invitation, JoinCode, RoleGrant, RosterImport
from lms.cohorts.rosters import services as rosters
from lms.cohorts.rosters.layouts import PIX_ORGA
from lms.dashboards.models import Declaration, TaughtHours
from lms.learning import api as learning
from lms.prescribing.api import Draft, create_assignment
from lms.prescribing.models import Reminder
from lms.prescribing.reminding import remind
from question_bank import api as bank
from tests.lms.assessments.loaded import load

AMBRE, INSTITUT, BRUME = "ambre", "institut", "brume"
CANARIES = {AMBRE: "zibeline", INSTITUT: "wapiti", BRUME: "ocelot"}
PUPIL = "camarade"
BESIDE = "numbat"
SEPTEMBER = date(2026, 9, 1)


@dataclass
class House:
    """An institution and one of each thing it may have."""

    institution: Institution
    canary: str
    cohort: Cohort
    coordinator: User
    instructor: User
    learner: User
    student: Student
    access: Access
    assignment: Assignment = field(init=False)
    invitation: Invitation = field(init=False)
    token: str = field(init=False)
    grant: RoleGrant = field(init=False)
    roster: RosterImport = field(init=False)
    code: JoinCode = field(init=False)
    taught: TaughtHours = field(init=False)


@dataclass
class Country:
    """Who and what there is."""

    now: datetime
    programme: Programme
    houses: dict[str, House] = field(default_factory=dict)
    people: dict[str, User | None] = field(default_factory=dict)
    beside: Cohort = field(init=False)
    attachment: Attachment = field(init=False)


def build(now: datetime) -> Country:
    """Write it: the bank, the houses, what they ask, the people of every role."""
    load()
    bank.prepare_authoring()
    learning.prepare_editing()
    country = Country(now, Programme.objects.create(key="infirmier", title="Soins infirmiers"))
    for key, kind in ((AMBRE, "university"), (INSTITUT, "institute"), (BRUME, "university")):
        country.houses[key] = _house(country, key, kind)
    country.attachment = Attachment.objects.create(
        institution=country.houses[INSTITUT].institution,
        parent=country.houses[AMBRE].institution,
        start_date=now.date() - timedelta(days=30),
    )
    country.beside = _cohort(country, country.houses[AMBRE].institution, BESIDE)
    _student(country.houses[AMBRE].institution, country.beside, BESIDE, 9, now)
    for house in country.houses.values():
        _work(house, now)
    country.people = _people(country)
    drain()
    for pk in list(Job.objects.order_by("pk").values_list("pk", flat=True)):
        jobs.run(pk, now=now)
    drain()
    return country


def _house(country: Country, key: str, kind: str) -> House:
    canary, now = CANARIES[key], country.now
    institution = Institution.objects.create(
        key=key,
        kind=kind,
        name=f"Université d’{key.title()}",
        privacy_contact=f"dpo@{canary}.example",
        is_counted=kind == "university",
    )
    cohort = _cohort(country, institution, canary)
    coordinator = person(f"claire@{canary}.example", f"Claire {canary.title()}")
    instructor = person(f"paul@{canary}.example", f"Paul {canary.title()}")
    learner = person(f"lina@{canary}.example", f"Lina {canary.title()}")
    grant_role(user=coordinator, role=Role.COORDINATOR, institution=institution, now=now)
    grant_role(user=instructor, role=Role.INSTRUCTOR, institution=institution, now=now)
    grant_role(user=learner, role=Role.LEARNER, institution=institution, now=now)
    student = _student(institution, cohort, canary, 1, now, user=learner)
    _student(institution, cohort, canary, 2, now, user=person(f"{PUPIL}2@{canary}.example", f"Max {PUPIL}{canary}"))
    _student(institution, cohort, canary, 3, now)
    access = access_of(coordinator.pk, now)
    return House(institution, canary, cohort, coordinator, instructor, learner, student, access)


def _cohort(country: Country, institution: Institution, canary: str) -> Cohort:
    facts = {"institution": institution, "programme": country.programme, "academic_year": "2026-2027"}
    return Cohort.objects.create(name=f"Cohorte {canary.title()}", **facts)


def _student(
    institution: Institution, cohort: Cohort, canary: str, number: int, now: datetime, *, user: User | None = None
) -> Student:
    student = Student.objects.create(
        institution=institution,
        student_number=f"{PUPIL}{number}-{canary}".upper(),
        first_name="Lina",
        last_name=f"{PUPIL}{canary}".title(),
        email=f"{PUPIL}{number}@{canary}.example",
        user=user,
        claimed_at=now - timedelta(days=3) if user else None,
        created_at=now,
    )
    place(student=student, cohort=cohort, group=f"TD {canary}", start_date=SEPTEMBER, now=now)
    return student


def _work(house: House, now: datetime) -> None:
    """Write what a house may have: something asked, a letter, a list sent, a code, hours, a declaration."""
    house.access = access_of(house.coordinator.pk, now)
    house.assignment = _assignment(house, now)
    house.invitation = _invitation(house, now)
    house.roster = _roster(house, now)
    house.code = codes.renew(cohort=house.cohort, access=house.access, now=now)
    letters.write_to_all(
        cohort=house.cohort, is_again=False, address=lambda token: f"http://x/{token}", access=house.access, now=now
    )
    house.grant = RoleGrant.objects.get(user=house.instructor)
    told = {"recorded_by": house.instructor, "recorded_at": now, "note": f"Cours {house.canary}"}
    house.taught = TaughtHours.objects.create(cohort=house.cohort, taught_date=SEPTEMBER, minutes=60, **told)
    _agreements(house, now)


def _agreements(house: House, now: datetime) -> None:
    actor = house.coordinator.pk
    grant_sharing(user=house.learner, institution=house.institution, now=now)
    grant_accommodation(student=house.student, time_percent=133, pause_minutes=0, actor_id=actor, now=now)
    declared = {"means": f"Examen {house.canary}", "declared_by": house.coordinator, "declared_at": now}
    enrolment = Enrolment.objects.get(student=house.student)
    Declaration.objects.create(enrolment=enrolment, validated_date=SEPTEMBER, **declared)


def _assignment(house: House, now: datetime) -> Assignment:
    draft = Draft(
        institution_key=house.institution.key,
        assessment_key="placement",
        cohorts=(str(house.cohort.uuid),),
        opens_date=now.date(),
        closes_date=now.date() + timedelta(days=20),
        attempts_allowed=1,
        message=f"Message de {house.canary}.",
    )
    asked = create_assignment(draft=draft, access=house.access, now=now)
    remind(asked=asked, to=Reminder.To.NOT_BEGUN, access=house.access, now=now)
    return asked


def _invitation(house: House, now: datetime) -> Invitation:
    return invitations.invite(
        access=house.access,
        institution=house.institution,
        role=Role.INSTRUCTOR,
        email=f"invitee@{house.canary}.example",
        address=lambda token: _noted(house, token),
        now=now,
    )


def _noted(house: House, token: str) -> str:
    house.token = token
    return f"http://testserver/invitation/{token}/"


def _roster(house: House, now: datetime) -> RosterImport:
    """Send a list of one person, whom nobody knows yet."""
    name = f"{PUPIL}{house.canary}"
    line = dict.fromkeys(PIX_ORGA, "") | {
        "Premier prénom": "Zoé",
        "Nom de famille": name,
        "Email": f"zoe@{house.canary}.example",
        "Numéro étudiant": f"77-{house.canary}",
    }
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([PIX_ORGA, [line[column] for column in PIX_ORGA]])
    file = io.BytesIO(text.getvalue().encode("utf-8-sig"))
    return rosters.begin(
        access=house.access, cohort=house.cohort, mode="add", file=file, name=f"liste-{house.canary}.csv", now=now
    )


def _people(country: Country) -> dict[str, User | None]:
    """Return somebody of every role; nobody for whoever is not signed in."""
    ambre, institut, brume = (country.houses[key] for key in (AMBRE, INSTITUT, BRUME))
    grants: dict[str, dict[str, Any]] = {
        "instructor of one cohort": {"role": Role.INSTRUCTOR, "institution": ambre.institution, "cohort": ambre.cohort},
        "coordinator until yesterday": {
            "role": Role.COORDINATOR,
            "institution": ambre.institution,
            "expires_at": country.now - timedelta(days=1),
        },
        "invigilator": {"role": Role.INVIGILATOR, "institution": ambre.institution},
        "author": {"role": Role.AUTHOR, "institution": None},
        "reviewer": {"role": Role.REVIEWER, "institution": None},
        "ambassador": {"role": Role.AMBASSADOR, "institution": None},
        "pilot": {"role": Role.PILOT, "institution": None},
    }
    people: dict[str, User | None] = {
        "anonymous": None,
        "learner": ambre.learner,
        "learner elsewhere": brume.learner,
        "instructor": ambre.instructor,
        "instructor elsewhere": brume.instructor,
        "coordinator": ambre.coordinator,
        "coordinator attached": institut.coordinator,
        "coordinator elsewhere": brume.coordinator,
        "superuser": person("admin@socle.example", "Sacha Admin", is_superuser=True, is_staff=True),
    }
    for name, facts in grants.items():
        user = person(f"{name.replace(' ', '-')}@socle.example", "Ada Byron")
        grant_role(user=user, now=country.now, **facts)
        people[name] = user
    for name, group in (("author", bank.AUTHORS), ("reviewer", bank.REVIEWERS)):
        people[name].groups.set([Group.objects.get(name=group)])  # type: ignore[union-attr]
    return people


def person(email: str, name: str, **more: Any) -> User:
    """Write an account whose address is proved."""
    first, _, last = name.partition(" ")
    user = User.objects.create_user(email, None, first_name=first, last_name=last, **more)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user
