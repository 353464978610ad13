"""The pages that are opened, each by whom it is for, and the readings that they are made of."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.test import Client

from kernel import clock
from lms.accounts.models import User
from lms.cohorts.api import Role, grant_role
from lms.cohorts.models import Cohort, Institution
from lms.dashboards import figures
from lms.dashboards.figures import Scope

Cases = dict[str, Callable[[], Any]]


def largest() -> Institution:
    """Return the university that has the most students."""
    return Institution.objects.counted().order_by("-health_students", "key")[0]


def all_cases() -> Cases:
    """Return everything that is measured, by name."""
    settings.ALLOWED_HOSTS = ["*"]
    house = largest()
    return {**_readings(house), **_pages(house)}


def jury_file(kind: str) -> Callable[[], tuple[int, int]]:
    """Return what writes the list of validated students of the largest university: (status, bytes)."""
    house = largest()
    client, path = client_of(Role.COORDINATOR, house), f"/pilotage/etablissement/{house.key}/jury/"
    client.get(path)  # what is read once per process is read

    def write() -> tuple[int, int]:
        response: Any = client.get(path, {"format": kind})
        parts = response.streaming_content if response.streaming else [response.content]
        return response.status_code, sum(len(part) for part in parts)

    return write


def client_of(role: str, house: Institution) -> Client:
    """Return a browser in which somebody with a role is signed in."""
    settings.ALLOWED_HOSTS = ["*"]
    user, is_new = User.objects.get_or_create(email=f"{role}.bench@demo.example")
    if is_new:
        grant_role(user=user, role=role, institution=None if role == Role.PILOT else house, now=clock.now())
    client = Client()
    client.force_login(user)
    return client


def _readings(house: Institution) -> Cases:
    return {
        "read_national": lambda: figures.of(Scope.national()),
        "read_university": lambda: figures.of(Scope.university(house.pk), "2026-2027"),
        "read_cohorts": lambda: figures.by_cohort(house.pk, "2026-2027"),
        "read_programmes": lambda: figures.by_programme(Scope.national()),
        "read_universities": lambda: figures.by_university(),
    }


def _pages(house: Institution) -> Cases:
    """Return the pages that answer; say which do not."""
    cohort = Cohort.objects.filter(institution=house, academic_year="2026-2027").order_by("pk")[0]
    teacher, coordinator, pilot = (client_of(role, house) for role in (Role.INSTRUCTOR, Role.COORDINATOR, Role.PILOT))
    of_cohort, of_house = f"/pilotage/cohorte/{cohort.uuid}/", f"/pilotage/etablissement/{house.key}/"
    student = cohort.enrolments.exclude(user=None).order_by("pk")[0].student
    wanted = {
        "page_cohort": (teacher, of_cohort),
        "page_cohort_people": (teacher, f"{of_cohort}etudiants/"),
        "page_cohort_map": (teacher, f"{of_cohort}carte/"),
        "page_student": (teacher, f"{of_cohort}{student.uuid}/"),
        "page_home": (coordinator, "/pilotage/"),
        "page_coordinator": (coordinator, of_house),
        "page_jury": (coordinator, f"{of_house}jury/"),
        "page_hours": (coordinator, f"{of_house}heures/"),
        "page_national": (pilot, "/pilotage/national/"),
        "page_university": (pilot, f"/pilotage/national/{house.key}/"),
        "page_barometer": (Client(), "/barometre/"),
    }
    found: Cases = {}
    for name, (client, path) in wanted.items():
        status = client.get(path).status_code
        if status == 200:
            found[name] = lambda client=client, path=path: client.get(path)  # type: ignore[misc]
        else:
            sys.stderr.write(f"{name}: {path} answers {status}, it is left out.\n")
    return found
