"""The lists for the jury: measured and declared apart; declaring, taking back; who may; what figures say."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest

from kernel.models import AuditEntry
from lms.cohorts.api import Cohort, Enrolment, Institution, Role, place
from lms.dashboards.figures import Scope, of
from lms.dashboards.models import Declaration, LearnerSummary
from lms.dashboards.rollups import keeping
from lms.dashboards.telling import erase, personal_data
from tests.lms.dashboards.cohort.classroom import Pupil, words

from .campus import ADDRESS, Campus

JURY = f"{ADDRESS}jury/"


def seated(campus: Campus, count: int = 3) -> list[LearnerSummary]:
    """Enrol people whose summaries say what their rows say."""
    found = campus.seat([Pupil()] * count)
    keeping.refresh(users=[one.user_id for one in found if one.user_id])
    return found


def declare(campus: Campus, numbers: str, user: Any = None, **other: Any) -> Any:
    facts = {"cohort": str(campus.cohort.uuid), "numbers": numbers, "validated_date": "2026-10-12", "means": "UE 4.7"}
    return campus.client(user or campus.coordinator).post(JURY, facts | other)


def listed(campus: Campus, key: str, query: str = "") -> list[list[str]]:
    answer = campus.open(f"jury/?format=csv&table={key}{query}")
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))[1:]


def test_those_measured_are_listed_with_their_result(campus: Campus) -> None:
    campus.seat([Pupil(620, True, trained=True, minutes=600, taught=120), Pupil(300, trained=True), Pupil()])
    rows = listed(campus, "measured")
    assert [row[0] for row in rows] == ["V0000", "V0001"]
    assert rows[0][3:] == [
        "Soins infirmiers", "Soins infirmiers, 2e année", "10,0", "2,0", "2026-10-20",
        "Parcours et bilan achevés", "Avancé",
    ]  # fmt: skip
    assert rows[1][-1] == "ne partage pas"
    assert listed(campus, "declared") == []


def test_a_list_is_declared_and_stays_apart(campus: Campus) -> None:
    seated(campus)
    assert declare(campus, "V0000, V0001\nV0002")["Location"] == f"{JURY}?fait=declare"
    assert [row[0] for row in listed(campus, "declared")] == ["V0000", "V0001", "V0002"]
    assert listed(campus, "declared")[0][-1] == "Déclaré\u00a0: UE 4.7"
    assert listed(campus, "measured") == []
    figures = of(Scope.university(campus.house.pk))
    assert (figures.trained_measured, figures.trained_declared) == (0, 3)


def test_declaring_again_changes_nothing(campus: Campus) -> None:
    seated(campus, 1)
    declare(campus, "V0000")
    assert declare(campus, "V0000", validated_date="2026-10-13")["Location"].endswith("fait=deja")
    assert str(Declaration.objects.get().validated_date) == "2026-10-12"


def test_somebody_unknown_stops_all_and_is_named(campus: Campus) -> None:
    seated(campus, 1)
    answer = declare(campus, "V0000 V9999")
    assert answer.status_code == 422
    assert "Inconnus dans cette cohorte\u00a0: V9999" in words(answer.content)
    assert "V0000 V9999" in answer.content.decode()
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [({"validated_date": "2027-01-01"}, "à venir"), ({"means": ""}, "Champ requis"), ({"cohort": ""}, "Champ requis")],
)
def test_what_cannot_be_is_refused(campus: Campus, other: Any, sentence: str) -> None:
    seated(campus, 1)
    answer = declare(campus, "V0000", **other)
    assert answer.status_code == 422 and sentence in words(answer.content)


def test_a_declaration_is_taken_back(campus: Campus) -> None:
    [one] = seated(campus, 1)
    declare(campus, "V0000")
    uuid = one.enrolment.student.uuid
    assert "Retirer" in words(campus.open("jury/").content)
    assert campus.client(campus.coordinator).post(f"{JURY}{uuid}/retirer/").status_code == 303
    assert of(Scope.university(campus.house.pk)).trained_declared == 0
    actions = AuditEntry.objects.filter(action__startswith="validation.").order_by("pk")
    assert [entry.action for entry in actions] == ["validation.declared", "validation.withdrawn"]
    assert str(uuid) in actions[0].details["students"]
    assert campus.client(campus.coordinator).post(f"{JURY}{uuid}/retirer/").status_code == 404


def test_what_was_declared_another_year_is_listed_and_not_taken_back_from_here(campus: Campus) -> None:
    [one] = seated(campus, 1)
    declare(campus, "V0000")
    later = campus.another("Soins infirmiers, 3e année")
    Cohort.objects.filter(pk=later.pk).update(academic_year="2027-2028")
    student, day = one.enrolment.student, date(2027, 9, 1)
    place(student=student, cohort=Cohort.objects.get(pk=later.pk), group="", start_date=day, now=campus.now)
    keeping.refresh(users=[one.user_id] if one.user_id else [], students=[student.pk])
    next_year = "?annee=2027-2028"
    assert [row[-1] for row in listed(campus, "declared", "&annee=2027-2028")] == ["Déclaré pour une autre année"]
    assert "Aucune déclaration dans ce qui est montré" in words(campus.open(f"jury/{next_year}").content)
    assert listed(campus, "declared", "&annee=2026-2027")[0][-1] == "Déclaré\u00a0: UE 4.7"


def test_the_menu_offers_the_cohorts_of_the_year_shown(campus: Campus) -> None:
    former = campus.another("Ancienne")
    Cohort.objects.filter(pk=former.pk).update(academic_year="2025-2026")
    assert f'value="{former.uuid}"' not in campus.open("jury/").content.decode().partition("Déclarer")[2]
    assert f'value="{former.uuid}"' in campus.open("jury/?annee=2025-2026").content.decode().partition("Déclarer")[2]
    refused = declare(campus, "V9999", cohort=str(former.uuid))
    assert f'value="{former.uuid}" selected' in refused.content.decode()  # what was sent is still there to mend


def test_only_a_coordinator_declares(campus: Campus) -> None:
    [one] = seated(campus, 1)
    assert declare(campus, "V0000", user=campus.instructor).status_code == 404
    assert "Déclarer des étudiants" not in words(campus.open("jury/", user=campus.instructor).content)
    declare(campus, "V0000")
    uuid = one.enrolment.student.uuid
    assert campus.client(campus.instructor).post(f"{JURY}{uuid}/retirer/").status_code == 404
    other = Institution.objects.create(key="ambre", kind="university", name="Ambre")
    stranger = campus.staff("omar", Role.COORDINATOR, other)
    assert campus.client(stranger).post(f"/pilotage/etablissement/ambre/jury/{uuid}/retirer/").status_code == 404
    assert Declaration.objects.count() == 1


def test_a_session_has_dates(campus: Campus) -> None:
    seated(campus)
    declare(campus, "V0000", validated_date="2026-09-30")
    declare(campus, "V0001", validated_date="2026-10-12")
    assert [row[0] for row in listed(campus, "declared", "&du=2026-10-01")] == ["V0001"]
    assert [row[0] for row in listed(campus, "declared", "&au=2026-09-30")] == ["V0000"]
    assert len(listed(campus, "declared", "&du=2026-02-31&au=rien")) == 2


def test_a_programme_or_a_cohort_narrows_the_lists(campus: Campus) -> None:
    campus.seat([Pupil(620, trained=True)])
    other = campus.another("Médecine, 3e année", "medecine")
    campus.seat_in(other, [Pupil(620, trained=True)])
    assert len(listed(campus, "measured")) == 2
    assert [row[0] for row in listed(campus, "measured", "&filiere=medecine")] == ["V0001"]
    assert [row[0] for row in listed(campus, "measured", f"&cohorte={other.uuid}")] == ["V0001"]


def test_who_has_two_places_is_listed_once(campus: Campus) -> None:
    [one] = seated(campus, 1)
    other = campus.another("Médecine, 3e année", "medecine")
    student = one.enrolment.student
    Enrolment.objects.create(
        cohort=other, student=student, user=student.user, student_number="V0000", start_date=campus.now.date()
    )
    declare(campus, "V0000")
    declare(campus, "V0000", cohort=str(other.uuid))
    keeping.refresh(users=[student.user_id])
    assert len(listed(campus, "declared")) == 1
    assert len(listed(campus, "declared", f"&cohorte={other.uuid}")) == 1


@pytest.mark.parametrize("extension", ["csv", "xlsx", "ods", "pdf"])
def test_one_click_gives_the_list(campus: Campus, extension: str) -> None:
    campus.seat([Pupil(620, trained=True)])
    answer = campus.open(f"jury/?format={extension}&table=measured")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f'.{extension}"')


def test_twenty_five_a_page(campus: Campus) -> None:
    campus.seat([Pupil(620, trained=True)] * 26)
    assert "Page 1 sur 2" in words(campus.open("jury/").content)
    assert "V0025" in words(campus.open("jury/?measured=2").content)


def test_on_a_phone_each_figure_has_its_word(campus: Campus) -> None:
    campus.seat([Pupil(300, trained=True, minutes=600)])
    [row] = re.findall(r"<tr><th scope=\"row\">V0000.*?</tr>", campus.open("jury/").content.decode())
    assert '<td class="num" data-word="Heures en ligne">10,0</td>' in row
    assert '<td class="muted" data-word="Niveau">ne partage pas</td>' in row
    assert row.count("data-word") == 4  # a name, a programme or a cohort says itself


@pytest.mark.parametrize("count", [1, 60])
def test_the_lists_cost_the_same(campus: Campus, count: int, django_assert_num_queries: Any) -> None:
    campus.seat([Pupil(620, trained=True)] * count)
    declared = seated(campus, 2)
    declare(campus, declared[0].enrolment.student_number)
    client = campus.client(campus.coordinator)
    client.get(JURY)
    with django_assert_num_queries(8):
        client.get(JURY)


def test_what_was_declared_goes_with_the_person(campus: Campus) -> None:
    [one] = seated(campus, 1)
    declare(campus, "V0000")
    assert one.user_id is not None
    assert personal_data(one.user_id)["declared"][0]["means"] == "UE 4.7"
    erase(one.user_id)
    assert not Declaration.objects.exists()
