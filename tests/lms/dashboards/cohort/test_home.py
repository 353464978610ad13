"""The first page of those who frame others."""

from typing import Any

import pytest

from lms.cohorts.api import Cohort, Institution, Role

from .classroom import Classroom, Pupil


def another_cohort(room: Classroom, name: str = "Kinésithérapie, 1re année", year: str = "2026-2027") -> Cohort:
    facts = {"institution": room.house, "programme": room.cohort.programme, "academic_year": year}
    return Cohort.objects.create(name=name, **facts)


def test_an_instructor_goes_straight_to_their_only_cohort(room: Classroom) -> None:
    response = room.client().get("/pilotage/?p=grand")
    assert response.status_code == 302
    assert response["Location"] == f"/pilotage/cohorte/{room.cohort.uuid}/?p=grand"


def test_cohorts_are_cards_with_their_figures(room: Classroom) -> None:
    another_cohort(room)
    room.seat([Pupil(620, True)] * 3 + [Pupil(300, True)] * 3 + [Pupil()] * 2)
    page = room.client().get("/pilotage/").content.decode()
    assert "Kinésithérapie, 1re année" in page
    assert "<dd>8</dd>" in page and "<dd>6</dd>" in page and "50\u00a0%" in page
    assert "entre 19 et 81\u00a0%" in page  # Wilson, 3 of 6


@pytest.mark.parametrize("hidden", [0, 1, 5])
def test_a_card_says_nothing_of_the_scores_of_those_who_do_not_share(room: Classroom, hidden: int) -> None:
    another_cohort(room)
    room.seat([Pupil(620, True)] * 3 + [Pupil(300, True)] * 3 + [Pupil(300)] * hidden)
    assert "50\u00a0%" in room.client().get("/pilotage/").content.decode()


def test_without_a_cohort_it_says_what_to_do_first(room: Classroom) -> None:
    house = Institution.objects.create(key="ambre", kind="university", name="Ambre")
    page = room.client(room.staff("claire", Role.COORDINATOR, house)).get("/pilotage/").content.decode()
    assert "Importer une liste" in page
    page = room.client(room.staff("jean", Role.INSTRUCTOR, house)).get("/pilotage/").content.decode()
    assert "Importer une liste" not in page and "La coordination" in page


def test_other_years_are_one_click_away(room: Classroom) -> None:
    another_cohort(room, "Promotion précédente", "2025-2026")
    client = room.client()
    assert "Promotion précédente" not in client.get("/pilotage/").content.decode()
    assert "Promotion précédente" in client.get("/pilotage/?annee=2025-2026").content.decode()


def test_whoever_frames_nobody_finds_no_such_page(room: Classroom) -> None:
    from lms.accounts.api import User

    student = User.objects.create_user("lina@valserine.example", None)
    assert room.client(student).get("/pilotage/").status_code == 404


@pytest.mark.parametrize("count", [2, 20])
def test_it_costs_the_same_for_two_cohorts_and_for_twenty(
    room: Classroom, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        another_cohort(room, f"Cohorte {number}")
    client = room.client()
    with django_assert_num_queries(7):
        client.get("/pilotage/")
