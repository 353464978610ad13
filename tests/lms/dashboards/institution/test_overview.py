"""The page of an institution: its figures, its filters, who may read it, at a cost that does not grow."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from pypdf import PdfReader

from kernel.models import Job
from lms.cohorts.api import Institution, Programme, Role
from lms.dashboards.cohort.standing import Share
from lms.dashboards.handlers import REFRESH
from lms.dashboards.models import AggregateSnapshot
from tests.lms.dashboards.cohort.classroom import Pupil, words

from .campus import ADDRESS, Campus


def read(campus: Campus, part: str = "") -> str:
    response = campus.open(part)
    assert response.status_code == 200
    return words(response.content)


def two_programmes(campus: Campus) -> None:
    campus.seat([Pupil(620, True)] * 20 + [Pupil(300, True)] * 12 + [Pupil()] * 8)
    campus.seat_in(campus.another("Médecine, 3e année", "medecine"), [Pupil(620, True, trained=True)] * 12)


def test_it_answers_three_questions_in_order(campus: Campus) -> None:
    two_programmes(campus)
    page = read(campus)
    order = [page.index(words) for words in ("Où en sommes-nous", "Que travailler ensuite", "Qui accompagner")]
    assert order == sorted(order)


def test_it_says_where_the_institution_is(campus: Campus) -> None:
    two_programmes(campus)
    page = read(campus)
    assert "52 inscrits" in page and "données du 20 octobre" in page
    assert "85\u00a0% des inscrits" in page
    assert "73\u00a0% entre 58 et 84\u00a0% de ceux qui partagent" in page  # Wilson, 32 of 44
    assert "12 mesurés ici" in page and "0 déclarés" in page
    assert "pas encore ouvert" in page


def test_filters_narrow_all_of_it(campus: Campus) -> None:
    two_programmes(campus)
    assert campus.open("?filiere=medecine").context["figures"].enrolled == 12
    assert campus.open(f"?cohorte={campus.cohort.uuid}").context["figures"].enrolled == 40
    assert campus.open("?annee=toutes").context["figures"].enrolled == 52
    assert campus.open("?annee=1999-2000&filiere=rien&cohorte=rien").context["figures"].enrolled == 52


def test_a_programme_and_a_cohort_of_another_keep_the_programme(campus: Campus) -> None:
    two_programmes(campus)
    assert campus.open(f"?filiere=medecine&cohorte={campus.cohort.uuid}").context["figures"].enrolled == 12


def test_attached_people_count_once_and_are_shown_apart(campus: Campus) -> None:
    campus.seat([Pupil(620, True)] * 7)
    ifsi = campus.institute()
    campus.seat_in(campus.another("IFSI, 1re année", house=ifsi), [Pupil(300, True)] * 6)
    rows = [list(row)[:3] for row in campus.open().context["tables"]["institutes"]]
    assert rows == [
        ["Université de Valserine", 7, 7],
        ["IFSI de Valserine", 6, 6],
        ["Ensemble, chacun compté une fois", 13, 13],
    ]


def test_hours_are_those_online_and_in_class(campus: Campus) -> None:
    campus.seat([Pupil(620, True, minutes=120, taught=90)] * 4)
    line = campus.open().context["whole"]
    assert (line.online_hours, line.class_hours, line.covered) == (2.0, 1.5, 3.5 / 28)


def test_hours_asked_for_are_those_of_the_programmes(campus: Campus) -> None:
    two_programmes(campus)
    Programme.objects.filter(key="medecine").update(hours=54)
    assert campus.open().context["whole"].hours == (40 * 28 + 12 * 54) / 52
    assert campus.open("?filiere=medecine").context["whole"].hours == 54


def test_scores_are_of_those_who_share_and_the_page_says_so(campus: Campus) -> None:
    campus.seat([Pupil(620, True)] * 20 + [Pupil(620)] * 9)
    campus.seat_in(campus.another("Autre", "medecine"), [Pupil(620)] * 12)
    found = campus.open().context
    assert (found["whole"].target, found["whole"].measured) == (Share(20, 20), Share(41, 41))
    shown = {line.label: line.target for line, _row in found["cohort_rows"]}
    assert shown == {"Soins infirmiers, 2e année": Share(20, 20), "Autre": Share(0, 0)}
    assert "portent sur les 20 étudiants qui partagent" in read(campus)
    alone = read(campus, "?filiere=medecine")
    assert "personne ne partage encore" in alone and "étudiants qui partagent." not in alone


def test_nothing_tells_a_score_that_is_not_shared(campus: Campus) -> None:
    campus.seat([Pupil(620, True)] * 7 + [Pupil(300, True)] * 6 + [Pupil(300)] * 6)
    before, pages = campus.open().context, []
    for score in (100, 900):
        mark = transaction.savepoint()
        campus.seat([Pupil(score)])
        pages.append(everything(campus))
        transaction.savepoint_rollback(mark)
    assert pages[0] == pages[1]
    campus.seat([Pupil(900)])
    after = campus.open().context
    assert after["figures"].measured == before["figures"].measured + 1
    assert (after["whole"].target, after["gaps"]) == (before["whole"].target, before["gaps"])


def everything(campus: Campus) -> list[Any]:
    """Return all that the page and its files say, drawings included, by year, programme and cohort."""
    found: list[Any] = []
    for part in ("?", "?annee=toutes", "?filiere=infirmier", f"?cohorte={campus.cohort.uuid}"):
        page = campus.open(part)
        found += [words(page.content), *re.findall(r"<svg.*?</svg>", page.content.decode(), re.DOTALL)]
        for key in page.context["tables"]:
            found.append(b"".join(campus.open(f"{part}&format=csv&table={key}").streaming_content))
    return found


def test_it_stands_beside_the_country_as_published_when_that_is_many(campus: Campus) -> None:
    campus.seat([Pupil(620, True)] * 20)
    assert campus.open().context["country"]["target"] is None
    facts = {"enrolled": 100, "measured": 80, "at_target": 20, "ready": 0, "counts": {}, "sums": {}, "weeks": []}
    marks = {"snapshot_date": campus.now.date(), "kind": "marks", "taken_at": campus.now}
    AggregateSnapshot.objects.create(figures={"2026-2027": facts}, **marks)
    cache.clear()  # the country's line is kept ten minutes
    found = campus.open().context["country"]
    assert (found["target"].percent, found["ready"], found["measured"].percent) == (25, None, 80)
    assert "tel qu’il est publié" in read(campus)


def test_whoever_waits_is_named_by_cohort(campus: Campus) -> None:
    campus.seat([Pupil(620, True)] * 5 + [Pupil()] * 3)
    found = campus.open().context["help"]
    assert found["to_begin"] == 3
    assert found["cohorts"][0]["url"].endswith("etudiants/?voir=pas-commence")


def test_an_empty_institution_says_what_to_do_first(campus: Campus) -> None:
    assert "Importez la liste" in read(campus)


def test_tables_are_had_as_files_with_the_filters(campus: Campus) -> None:
    two_programmes(campus)
    answer = campus.open("?filiere=medecine&format=csv&table=programmes")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert [line[:2] for line in lines[1:]] == [["Medecine", "12"]]
    assert lines[1][5] == "pas encore ouvert"


def test_the_page_is_had_as_pdf(campus: Campus) -> None:
    two_programmes(campus)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(campus.open("?format=pdf").content)).pages)
    assert "Université de Valserine" in text and "Où en sommes-nous" in text


def test_a_long_page_loses_nothing_on_paper(campus: Campus) -> None:
    ifsi = campus.institute()
    for number in range(50):
        campus.seat_in(campus.another(f"Groupe {number:02}", house=ifsi if number % 2 else None), [Pupil(620, True)])
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(campus.open("?format=pdf").content)).pages)
    assert [number for number in range(50) if f"Groupe {number:02}" not in text] == []
    assert "instituts rattachés" in text.partition("Groupe 49")[2]  # the table that comes last


@pytest.mark.parametrize("count", [1, 20, 200])
@pytest.mark.parametrize("cohorts", [1, 6])
def test_it_costs_the_same_whatever_the_sizes(
    campus: Campus, count: int, cohorts: int, django_assert_num_queries: Any
) -> None:
    ifsi = campus.institute()
    for number in range(cohorts):
        kinds = [Pupil(620, True), Pupil(300, True, trained=True), Pupil()]
        campus.seat_in(
            campus.another(f"Cohorte {number}", house=ifsi if number % 2 else None), kinds * (count // 3 or 1)
        )
    campus.seat_in(campus.another("Rattachée", house=ifsi), [Pupil(620, True)])
    client = campus.client(campus.coordinator)
    for part, queries in (("", 10), ("jury/", 8), ("heures/", 6)):
        client.get(f"{ADDRESS}{part}")
        with django_assert_num_queries(queries):
            assert client.get(f"{ADDRESS}{part}").status_code == 200


def test_it_is_for_those_who_see_names_there(campus: Campus) -> None:
    assert campus.open(user=campus.instructor).status_code == 200
    other = Institution.objects.create(key="ambre", kind="university", name="Ambre")
    stranger = campus.staff("omar", Role.COORDINATOR, other)
    for part in ("", "jury/", "heures/"):
        assert campus.open(part, user=stranger).status_code == 404
        assert campus.client(campus.coordinator).get(f"/pilotage/etablissement/rien/{part}").status_code == 404


def test_a_pilot_sees_aggregates_elsewhere(campus: Campus) -> None:
    from lms.accounts.api import User
    from lms.cohorts.api import grant_role

    pilot = User.objects.create_user("pia@valserine.example", None)
    grant_role(user=pilot, role=Role.PILOT, institution=None, now=campus.now)
    assert campus.open(user=pilot).status_code == 404


@pytest.mark.parametrize("part", ["", "jury/"])
def test_it_says_that_a_roster_is_being_counted(campus: Campus, part: str) -> None:
    campus.seat([Pupil(620, True)])
    sentence = "Ces chiffres sont en train d’être mis à jour"
    job = Job.objects.create(kind=REFRESH, payload={"cohorts": [campus.cohort.pk]})
    assert sentence in words(campus.open(part).content)
    cohort = f"/pilotage/cohorte/{campus.cohort.uuid}/"
    for address in ("/pilotage/", cohort, f"{cohort}etudiants/", f"{cohort}carte/"):
        assert sentence in words(campus.client(campus.coordinator).get(address).content), address
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, created_at=campus.now - timedelta(hours=2))
    failed = "n’a pas abouti : il peut y manquer ce qui a changé depuis le 20 octobre 2026"
    for address in (f"{ADDRESS}{part}", "/pilotage/", cohort, f"{cohort}etudiants/", f"{cohort}carte/"):
        assert failed in words(campus.client(campus.coordinator).get(address).content), address
    Job.objects.filter(pk=job.pk).update(payload={"cohorts": [campus.another("Ailleurs").pk]}, state=Job.State.QUEUED)
    assert sentence not in words(campus.client(campus.coordinator).get(cohort).content)
    Job.objects.filter(pk=job.pk).update(payload={"cohorts": [campus.cohort.pk]}, state=Job.State.DONE)
    assert sentence not in words(campus.open(part).content)
