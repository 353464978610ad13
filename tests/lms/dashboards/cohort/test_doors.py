"""The navigation of /pilotage/ shows the doors that open, and where one is."""

import re

import pytest

from lms.cohorts.api import Role

from .classroom import Classroom


def doors(room: Classroom, role: str) -> list[str]:
    page = room.client(room.staff("claire", role)).get(f"/pilotage/cohorte/{room.cohort.uuid}/").content.decode()
    nav = page[page.index('<nav class="nav"') : page.index("</nav>")]
    return [label for label in re.findall(r">([^<>]+)</a>", nav) if label != "English"]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.INSTRUCTOR, ["Cohortes", "Prescriptions"]),
        (Role.COORDINATOR, ["Cohortes", "Prescriptions", "Inscriptions", "Équipe"]),
    ],
)
def test_each_role_has_its_doors(room: Classroom, role: str, expected: list[str]) -> None:
    assert doors(room, role) == expected


def test_the_door_one_is_behind_says_so(room: Classroom) -> None:
    page = room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/").content.decode()
    assert '<a href="/pilotage/" aria-current="true">Cohortes</a>' in page
