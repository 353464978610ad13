"""The students of a cohort: who is shown, in which order, what is told of each; and the map of their competencies."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import QueryDict

from lms.accounts.api import User
from lms.assessments.models import Assessment, Attempt, CompetencyResult
from lms.dashboards.cohort.listing import Asked
from lms.dashboards.cohort.people import chosen, found, ordered, people
from lms.dashboards.rollups import keeping

from .classroom import Classroom, Pupil, words


def names(rows: Any) -> list[str]:
    return [row.enrolment.student.name for row in rows]


def page_of(room: Classroom, query: str = "", part: str = "etudiants/") -> Any:
    return room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/{part}{query}")


@pytest.fixture
def four(room: Classroom) -> Classroom:
    room.seat(
        [
            Pupil(name="Ada Never"),
            Pupil(name="Bo Stopped", begun=30, last=15),
            Pupil(620, True, name="Cy Working", last=2, modules=3),
            Pupil(420, name="Di Secret", last=30, trained=True, modules=5),
        ]
    )
    return room


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("pas-commence", ["Ada Never"]),
        ("arretes", ["Bo Stopped"]),
        ("sans-test", ["Ada Never", "Bo Stopped"]),
        ("", ["Ada Never", "Di Secret", "Bo Stopped", "Cy Working"]),
        ("unknown", ["Ada Never", "Di Secret", "Bo Stopped", "Cy Working"]),
    ],
)
def test_each_filter_keeps_its_own(four: Classroom, key: str, expected: list[str]) -> None:
    assert names(chosen(people(four.cohort), key, four.now)) == expected


@pytest.mark.parametrize(("last", "is_stopped"), [(14, False), (15, True)])
def test_somebody_has_stopped_after_fourteen_whole_days(room: Classroom, last: int, is_stopped: bool) -> None:
    room.seat([Pupil(begun=30, last=last)])
    assert bool(chosen(people(room.cohort), "arretes", room.now)) == is_stopped
    helped = room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/").context["help"]
    assert helped.stopped == int(is_stopped)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("work", ["Cy Working"]), ("cy WORKING", ["Cy Working"]), ("V0001", ["Bo Stopped"]), ("cy never", []), ("%", [])],
)
def test_somebody_is_found_by_every_word(four: Classroom, words: str, expected: list[str]) -> None:
    assert names(found(people(four.cohort), words)) == expected


@pytest.mark.parametrize("words", ["elodie", "ELODIE d ete", "Élodie", "d’été"])
def test_accents_and_apostrophes_are_not_asked_for(room: Classroom, words: str) -> None:
    room.seat([Pupil(name="Élodie D’Été"), Pupil(name="Paul Martin")])
    assert names(found(people(room.cohort), words)) == ["Élodie D’Été"]


def test_they_are_put_in_the_order_asked(four: Classroom) -> None:
    rows = people(four.cohort)
    assert names(ordered(rows, "progression")) == ["Di Secret", "Cy Working", "Ada Never", "Bo Stopped"]
    assert names(ordered(rows, "activite")) == ["Cy Working", "Bo Stopped", "Di Secret", "Ada Never"]


def test_who_left_is_no_longer_there(four: Classroom) -> None:
    row = people(four.cohort).get(enrolment__student__last_name="Never")
    row.enrolment.end_date = four.now.date()
    row.enrolment.save()
    assert "Ada Never" not in names(people(four.cohort))


def test_the_list_says_what_each_shares(four: Classroom) -> None:
    page = words(page_of(four).content)
    assert " 620 " in page and " 420 " not in page
    assert page.count("ne partage pas") == 1
    assert page.count("pas encore") == 3


def test_the_map_says_why_there_is_nothing(four: Classroom) -> None:
    page = page_of(four, part="carte/").content.decode()
    assert page.count("ne partage pas") == 1 and page.count("pas encore mesuré") == 3  # two people, and the caption
    assert page.count('class="cell l1 v3">A</td>') == 4  # the four competencies of the first domain


@pytest.mark.parametrize("part", ["etudiants/", "carte/"])
def test_fifty_a_page_and_the_rest_is_next(room: Classroom, part: str) -> None:
    room.seat([Pupil(500, True)] * 51)
    first, second = page_of(room, part=part), page_of(room, "?page=2&tri=activite", part)
    assert len(first.context["page"].object_list) == 50
    assert len(second.context["page"].object_list) == 1
    assert second.context["newer"] == "?tri=activite&page=1"
    assert first.content.count(b"<td") + first.content.count(b"<th") < 1400


def test_an_address_that_asks_for_nothing_known_asks_for_nothing() -> None:
    asked = Asked.of(QueryDict("voir=tout&tri=hasard&q=  Léa &page=x"))
    assert (asked.shown, asked.order, asked.words) == ("", "", "Léa")
    assert asked.query() == "?q=L%C3%A9a"
    assert asked.query(q="") == "?"


def measured(owner: User, room: Classroom, scores: list[int]) -> None:
    """Write finished placements with these scores, the oldest first, and a training; the summary is counted anew."""
    shared = {"assessment": Assessment.objects.get(key="placement"), "owner": owner}
    template = _frozen()
    purposes = [*["placement"] * len(scores), "training"]
    for place, (score, purpose) in enumerate(zip([*scores, 100], purposes, strict=True)):
        at = room.now - timedelta(days=20 - place)
        attempt = Attempt.objects.create(
            **shared,
            **template,
            purpose=purpose,
            started_at=at,
            finished_at=at,
            served_at=at,
            state="finished",
            ability=b"",
        )
        facts = {"theta": 0.0, "standard_error": 0.3, "low": 0, "high": 1000, "level": "novice"}
        CompetencyResult.objects.create(attempt=attempt, scope="overall", score=score, **facts)
        CompetencyResult.objects.create(attempt=attempt, scope="domain", code="D1", score=score, **facts)
    keeping.refresh(users=[owner.pk])


def _frozen() -> dict[str, Any]:
    from competencies.api import current_framework_id
    from question_bank import api as bank

    return {"framework_id": current_framework_id(), "bank_release_id": bank.current_release_id()}


@pytest.mark.parametrize(
    ("scores", "shares", "is_told"),
    [
        ([500], True, False),
        ([500, 520], True, False),
        ([500, 480], True, True),
        ([500, 500], True, True),
        ([400, 600, 590], True, True),
        ([500, 480], False, False),
    ],
)
def test_two_tries_without_progress_are_told_of_who_shares(
    bank: None, room: Classroom, scores: list[int], shares: bool, is_told: bool
) -> None:
    summary = room.seat([Pupil(500, shares)])[0]
    assert summary.user is not None
    measured(summary.user, room, scores)
    assert bool(chosen(people(room.cohort), "sans-progres", room.now)) == is_told
    assert room.client().get(f"/pilotage/cohorte/{room.cohort.uuid}/").context["help"].without_progress == int(is_told)


@pytest.mark.parametrize("part", ["", "etudiants/?voir=sans-progres"])
def test_no_page_reads_attempts(room: Classroom, part: str, django_assert_max_num_queries: Any) -> None:
    """However much people have answered, a page reads what the summaries say."""
    room.seat([Pupil(500, True)] * 3)
    client = room.client()
    with django_assert_max_num_queries(30) as asked:
        client.get(f"/pilotage/cohorte/{room.cohort.uuid}/{part}")
    assert [query["sql"] for query in asked.captured_queries if "assessments_" in query["sql"]] == []
