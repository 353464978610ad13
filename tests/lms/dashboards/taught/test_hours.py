"""Hours of class: recorded, corrected, taken back; who may; what the audit and the figures keep."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kernel.errors import Invalid
from kernel.models import AuditEntry
from lms.cohorts.api import Cohort, Institution, Role
from lms.cohorts.models import RoleGrant
from lms.dashboards.figures import Scope, of
from lms.dashboards.models import LearnerSummary, TaughtHours
from lms.dashboards.rollups import keeping
from lms.dashboards.taught.selectors import minutes_by_cohort, taught_by_programme
from lms.dashboards.taught.services import record_hours
from tests.lms.dashboards.cohort.classroom import Pupil, words
from tests.lms.dashboards.institution.campus import ADDRESS, Campus
from tests.lms.dashboards.rollups.doing import settle

HOURS = f"{ADDRESS}heures/"


def typed(campus: Campus, **other: Any) -> dict[str, Any]:
    day = (campus.now - timedelta(days=2)).date().isoformat()
    facts = {"cohort": str(campus.cohort.uuid), "taught_date": day, "hours": "1,5", "competencies": ["D1.C1"]}
    return facts | {"note": "TD"} | other


def post(campus: Campus, part: str = "", user: Any = None, **other: Any) -> Any:
    return campus.client(user or campus.coordinator).post(f"{HOURS}{part}", typed(campus, **other))


def test_hours_are_recorded_and_said(campus: Campus) -> None:
    answer = post(campus, competencies=["D1.C1", "D2.C3"])
    assert (answer.status_code, answer["Location"]) == (303, f"{HOURS}?fait=note")
    found = TaughtHours.objects.get()
    assert (found.minutes, found.note, found.recorded_by) == (90, "TD", campus.coordinator)
    page = words(campus.open("heures/?fait=note").content)
    assert "Les heures sont notées" in page and "18 octobre 2026" in page and "1,5" in page


def test_instructors_record_too(campus: Campus) -> None:
    assert post(campus, user=campus.instructor).status_code == 303


def test_the_audit_keeps_the_act_without_the_note(campus: Campus) -> None:
    post(campus, note="Avec Mme Untel")
    entry = AuditEntry.objects.get(action="taught_hours.recorded")
    assert entry.actor_id == campus.coordinator.pk
    assert entry.details["minutes"] == 90 and "Untel" not in str(entry.details)


def test_an_entry_is_corrected_and_the_audit_keeps_both(campus: Campus) -> None:
    post(campus)
    found = TaughtHours.objects.get()
    assert post(campus, f"{found.uuid}/", hours="2", competencies=["D2.C3"]).status_code == 303
    found.refresh_from_db()
    assert found.minutes == 120
    entry = AuditEntry.objects.get(action="taught_hours.corrected")
    assert (entry.details["before"]["minutes"], entry.details["after"]["minutes"]) == (90, 120)
    assert entry.details["after"]["competencies"] == ["D2.C3"]


def test_an_entry_is_taken_back(campus: Campus) -> None:
    post(campus)
    found = TaughtHours.objects.get()
    answer = campus.client(campus.coordinator).post(f"{HOURS}{found.uuid}/", {"retirer": "1"})
    assert answer["Location"].endswith("fait=retire")
    assert not TaughtHours.objects.exists()
    assert AuditEntry.objects.get(action="taught_hours.removed").details["minutes"] == 90


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"hours": "0"}, "1 minute à 12 heures"),
        ({"hours": "beaucoup"}, "Écrivez un nombre d’heures"),
        ({"taught_date": "2027-01-01"}, "une fois qu’elles ont eu lieu"),
        ({"taught_date": "2025-10-01"}, "n’est pas de l’année 2026-2027"),
        ({"taught_date": "hier"}, "Écrivez une date"),
        ({"competencies": []}, "au moins une compétence"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_typed_stays(campus: Campus, other: Any, sentence: str) -> None:
    answer = post(campus, note="Ce que j’ai écrit", **other)
    assert answer.status_code == 422
    assert sentence in words(answer.content)
    assert "Ce que j’ai écrit" in answer.content.decode()
    assert not TaughtHours.objects.exists()


def test_the_service_refuses_as_the_form_does(campus: Campus) -> None:
    with pytest.raises(Invalid):
        record_hours(
            cohort=campus.cohort,
            taught_date=date(2026, 10, 1),
            minutes=90,
            competencies=["D9.C9"],
            note="",
            actor_id=None,
            now=campus.now,
        )


def test_another_institution_finds_nothing(campus: Campus) -> None:
    post(campus)
    other = Institution.objects.create(key="ambre", kind="university", name="Ambre")
    stranger = campus.staff("omar", Role.COORDINATOR, other)
    entry = TaughtHours.objects.get()
    assert post(campus, user=stranger).status_code == 404
    assert post(campus, f"{entry.uuid}/", user=stranger, hours="3").status_code == 404
    # Nor through one's own institution's address.
    own = campus.client(stranger).post(f"/pilotage/etablissement/ambre/heures/{entry.uuid}/", {"retirer": "1"})
    assert own.status_code == 404
    assert TaughtHours.objects.get().minutes == 90


def test_an_instructor_of_one_cohort_records_for_that_one_alone(campus: Campus) -> None:
    other = campus.another("Médecine", "medecine")
    tutor = campus.staff("tom", Role.AMBASSADOR)
    RoleGrant.objects.create(
        user=tutor, role=Role.INSTRUCTOR, institution=campus.house, cohort=other, granted_at=campus.now
    )
    assert post(campus, user=tutor).status_code == 422
    assert post(campus, user=tutor, cohort=str(other.uuid)).status_code == 303
    assert campus.client(tutor).get(ADDRESS).status_code == 404  # the page of all is for those who see all


def test_a_closed_cohort_takes_no_more_hours(campus: Campus) -> None:
    Cohort.objects.filter(pk=campus.cohort.pk).update(closed_at=campus.now)
    assert post(campus).status_code == 422


def test_figures_follow(campus: Campus) -> None:
    summaries = campus.seat([Pupil()] * 3)
    keeping.refresh(users=[one.user_id for one in summaries if one.user_id])
    post(campus)
    settle(campus.now)
    assert {one.taught_minutes for one in LearnerSummary.objects.all()} == {90}
    assert of(Scope.institution(campus.house.pk)).taught_minutes == 270
    campus.client(campus.coordinator).post(f"{HOURS}{TaughtHours.objects.get().uuid}/", {"retirer": "1"})
    settle(campus.now)
    assert of(Scope.institution(campus.house.pk)).taught_minutes == 0


def test_minutes_and_competencies_are_told_to_figures(campus: Campus) -> None:
    post(campus)
    post(campus, competencies=["D1.C1", "D1.C2"])
    assert minutes_by_cohort([campus.cohort.pk, 0]) == {campus.cohort.pk: 180}
    assert taught_by_programme() == {campus.cohort.programme_id: {"D1.C1", "D1.C2"}}


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same(campus: Campus, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        post(campus)
    client: Client = campus.client(campus.coordinator)
    client.get(HOURS)
    with django_assert_num_queries(8):
        client.get(HOURS)


def test_the_list_is_had_as_a_file(campus: Campus) -> None:
    post(campus, note="=SOMME(1)")
    text = b"".join(campus.open("heures/?format=csv").streaming_content).decode()
    assert "1,50" in text and "’=SOMME(1)" in text
