"""A long list is read by a job: its page says so and goes on by itself, without JavaScript too."""

from datetime import timedelta

import pytest
from django.test import Client

from kernel import clock, jobs, retention
from kernel.models import AuditEntry, Job
from lms.cohorts.api import Cohort, Student
from lms.cohorts.rosters import previewing, services
from lms.cohorts.rosters.models import RosterImport, RosterPiece
from tests.lms.cohorts.rosters.making import as_csv, as_xlsx, student
from tests.lms.cohorts.rosters.test_pages import HOME, PIX, page, pix, post

State = RosterImport.State


@pytest.fixture(autouse=True)
def long(country, monkeypatch):
    monkeypatch.setattr(previewing, "READ_AT_ONCE", 10)
    monkeypatch.setattr(clock, "now", lambda: country.now)


@pytest.fixture
def coordinator(claire, client: Client) -> Client:
    client.force_login(claire)
    return client


def run(country) -> Job:
    job = Job.objects.filter(kind=previewing.JOB).order_by("-pk")[0]
    jobs.run(job.pk, now=country.now)
    job.refresh_from_db()
    return job


def only() -> RosterImport:
    return RosterImport.objects.get()


def test_the_page_waits_then_shows_what_changes(country, coordinator):
    address = post(coordinator, pix(1, 2), country)["Location"]
    waiting = page(coordinator, address)
    assert "La liste est lue" in waiting and "<progress" in waiting and 'http-equiv="refresh"' in waiting
    assert only().counts == {} and not Student.objects.filter(student_number="21").exists()
    assert run(country).state == Job.State.DONE
    text = page(coordinator, address)
    assert "Ce que 2 lignes changent" in text and 'http-equiv="refresh"' not in text


def test_its_progress_is_told(country, send, monkeypatch):
    told: list[int] = []
    monkeypatch.setattr("lms.cohorts.rosters.checking.EVERY", 5)
    monkeypatch.setattr(jobs, "report_progress", lambda job, percent: told.append(percent))
    roster = send(as_csv([student(place) for place in range(20)]))
    assert roster.state == State.READING
    previewing.run(Job.objects.get(kind=previewing.JOB))
    assert told == sorted(told) and told[-1] == previewing.PLANNED_BY


def test_columns_to_name_are_asked_for_and_the_rest_is_a_job_again(country, coordinator):
    address = post(coordinator, as_csv([student(1)]), country)["Location"]
    run(country)
    assert "Quelle colonne est quoi" in page(coordinator, address)
    said = {"student_number": "0", "last_name": "1", "first_name": "2", "birth_date": "", "email": "4", "group": "5"}
    assert coordinator.post(f"{address}colonnes/", said).status_code == 303
    assert only().state == State.READING
    run(country)
    assert "Ce que 1 ligne change" in page(coordinator, address)


def test_doubts_decided_are_computed_by_a_job_too(country, coordinator):
    lea = Student.objects.create(
        institution=country.houses["ambre"], first_name="Ada", last_name="Martin1", created_at=country.now
    )
    address = post(coordinator, pix(1), country)["Location"]
    run(country)
    response = coordinator.post(f"{address}doutes/", {"ligne-2": str(lea.uuid)})
    assert response["Location"] == address and only().state == State.READING
    run(country)
    assert only().counts["placed"] == 1 and "Appliquer la liste" in page(coordinator, address)


def test_a_file_that_cannot_be_read_says_so_on_its_page(country, coordinator):
    address = post(coordinator, b"%PDF and more than ten bytes", country)["Location"]
    assert run(country).state == Job.State.DONE
    text = page(coordinator, address)
    assert "PDF ne peut pas" in text and "Renvoyer une liste" in text
    assert only().state == State.REFUSED and not RosterPiece.objects.exists()
    assert AuditEntry.objects.filter(action="roster.refused").exists()


def test_a_refused_list_lets_go_of_the_cohort_it_was_to_open(country, coordinator):
    said = {"cohort": "", "name": "L3", "institution": country.houses["ambre"].pk, "programme": country.programme.pk,
            "academic_year": "2026-2027"}  # fmt: skip
    address = post(coordinator, b"%PDF and more than ten bytes", country, **said)["Location"]
    run(country)
    assert "Abandonner cet import" in page(coordinator, address)
    coordinator.post(f"{address}abandonner/")
    assert not Cohort.objects.filter(name="L3").exists()


def test_given_up_while_it_is_read_it_stays_so(country, coordinator):
    address = post(coordinator, pix(1), country)["Location"]
    coordinator.post(f"{address}abandonner/")
    run(country)
    assert only().state == State.ABANDONED and only().said == {}


def test_given_up_in_the_middle_of_the_reading_it_stays_so(country, coordinator, access, monkeypatch):
    post(coordinator, pix(1), country)
    planned = previewing.planned

    def given_up(roster, checked):
        services.abandon(roster=only(), access=access, now=country.now)
        return planned(roster, checked)

    monkeypatch.setattr(previewing, "planned", given_up)
    run(country)
    assert only().state == State.ABANDONED and only().said == {}


def test_nothing_is_confirmed_while_it_is_read(country, coordinator):
    address = post(coordinator, pix(1), country)["Location"]
    assert coordinator.post(address, {"apercu": ""}).status_code == 303
    assert only().state == State.READING and not Job.objects.filter(kind=services.JOB).exists()
    assert coordinator.get(f"{address}colonnes/")["Location"] == address


def test_a_reading_that_failed_says_so_and_a_day_later_it_is_gone(country, coordinator):
    address = post(coordinator, pix(1), country)["Location"]
    Job.objects.update(state="failed")
    assert "n’a pas abouti" in page(coordinator, address)
    retention.purge(now=country.now + timedelta(hours=25))
    assert only().state == State.EXPIRED


def test_a_workbook_is_read_the_same(country, coordinator):
    line = ("Ada", "", "", "Martin", "", "", "a@x.example", "21", "", "", "", "", "")
    post(coordinator, as_xlsx([line], header=PIX), country)
    run(country)
    assert only().counts["new"] == 1 and only().file_kind == "xlsx"
    assert page(coordinator, HOME)
