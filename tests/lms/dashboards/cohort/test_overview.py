"""The page of a cohort: where it is, what to teach next, whom to help, at a cost that does not grow."""

from typing import Any

import pytest
from django.core.cache import cache

from lms.cohorts.api import Role
from lms.dashboards.cohort.overview import national

from .classroom import Classroom, Pupil, words


def read(room: Classroom, part: str = "") -> str:
    return words(room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/{part}").content)


def mixed(count: int) -> list[Pupil]:
    """Return people of every kind, in the same proportions whatever their number."""
    kinds = [Pupil(380, True), Pupil(450, True), Pupil(620, True), Pupil(300, True), Pupil(), Pupil(begun=40, last=30)]
    return [kinds[n % len(kinds)] for n in range(count)]


def test_it_says_where_the_cohort_is(room: Classroom) -> None:
    room.seat(mixed(60))
    page = read(room)
    assert "60 inscrits" in page
    assert "67\u00a0% des inscrits" in page
    assert "50\u00a0%" in page and "entre 35 et 65\u00a0%" in page  # Wilson, 20 of 40
    assert "±\u00a060 points" in page
    assert "pas encore ouvert" in page
    assert "données du 20 octobre 2026, 15\u00a0h\u00a030" in page


def test_it_names_what_to_teach_and_whom_to_help(room: Classroom) -> None:
    room.seat(mixed(60))
    found = room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/").context
    assert [gap["share"] for gap in found["gaps"]] == [50, 50, 50]
    assert (found["help"].not_begun, found["help"].stopped) == (10, 10)
    assert f"cohorts={room.cohort.uuid}" in found["gaps"][0]["prescribe"]


def test_an_empty_cohort_says_what_to_do_first(room: Classroom) -> None:
    assert "Importer une liste" in read(room)


@pytest.mark.parametrize("count", [1, 20, 200])
@pytest.mark.parametrize(
    ("part", "queries"), [("", 9), ("etudiants/", 8), ("etudiants/?q=nom&tri=activite", 8), ("carte/", 8)]
)
def test_a_page_costs_the_same_whatever_the_size(
    room: Classroom, count: int, part: str, queries: int, django_assert_num_queries: Any
) -> None:
    room.seat(mixed(count))
    client = room.client()
    address = f"/pilotage/cohorte/{room.cohort.uuid}/{part}"
    client.get(address)  # the country's line is kept ten minutes
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_levels_leave_out_the_few_who_do_not_share(room: Classroom) -> None:
    room.seat([Pupil(300, True)] * 10 + [Pupil(620)] * 3)
    found = room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/").context
    assert (found["target"].part, found["target"].whole, found["told"].hidden) == (0, 10, 3)
    assert "portent sur 10 étudiants" in read(room)


def test_levels_leave_out_the_many_who_do_not_share(room: Classroom) -> None:
    room.seat([Pupil(300, True)] * 10 + [Pupil(620)] * 5)
    found = room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/").context
    assert (found["target"].part, found["target"].whole, found["told"].hidden) == (0, 10, 5)


def test_a_line_of_weeks_is_of_those_who_share_alone(room: Classroom) -> None:
    room.seat([Pupil(300, True)] * 10 + [Pupil(900)] * 9)
    assert room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/").context["trend"]["last"] == 300


def test_an_agreement_withdrawn_counts_at_once(room: Classroom) -> None:
    summaries = room.seat([Pupil(620, True, name="Zoé Tardieu")])
    assert "620" in read(room, "etudiants/")
    summaries[0].user.sharing_grants.update(withdrawn_at=room.now)
    page = read(room, "etudiants/")
    assert "ne partage pas" in page and "620" not in page


def test_the_country_is_read_once_in_ten_minutes(room: Classroom, django_assert_num_queries: Any) -> None:
    cache.clear()
    national("2026-2027")
    with django_assert_num_queries(0):
        national("2026-2027")


@pytest.mark.parametrize("part", ["", "etudiants/", "carte/"])
def test_another_university_finds_no_such_page(room: Classroom, part: str) -> None:
    from lms.cohorts.api import Institution

    other = Institution.objects.create(key="ambre", kind="university", name="Ambre")
    stranger = room.staff("claire", Role.COORDINATOR, other)
    client = room.client(stranger)
    assert client.get(f"/pilotage/cohorte/{room.cohort.uuid}/{part}").status_code == 404
    summary = room.seat([Pupil(620, True)])[0]
    student = summary.enrolment.student.uuid
    assert client.get(f"/pilotage/cohorte/{room.cohort.uuid}/{student}/").status_code == 404
    assert room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/{student}/").status_code == 200


def test_every_picture_has_its_table_on_the_page(room: Classroom) -> None:
    """The mean week by week as well: closed, and taken away as the others are."""
    room.seat(mixed(60))
    page = room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/").content.decode()
    for key in ("levels", "domains", "trend"):
        assert f'id="table-{key}"' in page
        assert f"?table={key}&amp;format=xlsx" in page
    assert page.count('<details class="fold">') == 3
    assert "?format=pdf" in page


@pytest.mark.parametrize("part", ["", "etudiants/", "carte/"])
@pytest.mark.parametrize("query", ["?format=exe", "?table=autre", "?table=autre&format=csv"])
def test_a_file_that_is_not_there_is_a_page_that_says_so(room: Classroom, part: str, query: str) -> None:
    response = room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/{part}{query}")
    assert response.status_code == 404
    assert "tableau" in words(response.content)
