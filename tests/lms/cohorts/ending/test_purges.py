"""What institutions know of people ends some time after their last place, and figures do not change."""

from datetime import date, datetime, timedelta

import pytest

from kernel import retention
from lms.accounts.models import Session
from lms.accounts.sessions import SessionStore
from lms.cohorts.api import end_enrolment
from lms.cohorts.models import Enrolment, Student
from lms.dashboards import figures
from lms.dashboards.figures import Scope
from lms.dashboards.models import Declaration
from lms.dashboards.rollups import recounting
from tests.lms.cohorts.country import Country, member
from tests.lms.dashboards.rollups import doing

DAY = timedelta(days=1)


@pytest.fixture
def country(db: None, now: datetime) -> Country:
    return Country.built(now)


def purged(now: datetime, *, days: int) -> dict[str, int]:
    return retention.purge(now=now + days * DAY)


def test_who_never_came_goes_a_year_after_the_end_of_the_year(country: Country, now: datetime) -> None:
    end = date(2027, 8, 1)  # of the academic year, which nobody closed
    until = (end - now.date()).days
    assert purged(now, days=until + 364)["unclaimed_students"] == 0
    assert purged(now, days=until + 367)["unclaimed_students"] == 3
    assert not Student.objects.exists() and not Enrolment.objects.exists()


def test_a_place_ended_sooner_counts_from_its_end(country: Country, now: datetime) -> None:
    student = country.students["ambre"]
    end_enrolment(enrolment=student.enrolments.get(), end_date=now.date(), reason="left", now=now)
    purged(now, days=367)
    assert set(Student.objects.values_list("pk", flat=True)) == {
        country.students[name].pk for name in ("brume", "institut")
    }


def test_figures_stay_when_those_who_never_came_go(country: Country, now: datetime) -> None:
    enrolment = country.students["ambre"].enrolments.get()
    Declaration.objects.create(enrolment=enrolment, validated_date=now.date(), means="UE", declared_at=now)
    doing.settle(now)
    from lms.dashboards.rollups import keeping

    keeping.refresh(students=[one.pk for one in country.students.values()])
    before = figures.of(Scope.national())
    assert (before.enrolled, before.trained_declared) == (3, 1)
    purged(now, days=800)
    doing.settle(now)
    assert not Student.objects.exists()
    after = figures.of(Scope.national())
    assert (after.enrolled, after.trained_declared) == (3, 1)
    assert not recounting.differences()


def test_mutant_without_folding_figures_fall(country: Country, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.cohorts.removing._folds", [])
    doing.settle(now)
    purged(now, days=800)
    doing.settle(now)
    assert figures.of(Scope.national()).enrolled == 0


def test_who_has_an_account_keeps_the_place_without_what_the_institution_said(country: Country, now: datetime) -> None:
    student, user = country.students["ambre"], member("lina")
    doing.claim(student, user, now)
    end_enrolment(enrolment=student.enrolments.get(), end_date=now.date(), reason="left", now=now)
    assert purged(now, days=1095)["ended_places"] == 0
    assert purged(now, days=1098)["ended_places"] == 1
    student.refresh_from_db()
    assert (student.name, student.email, student.student_number, student.user_id) == ("", "", "", user.pk)
    assert Enrolment.objects.get(student=student).student_number == ""
    assert purged(now, days=1098)["ended_places"] == 0


def test_a_place_that_stands_again_keeps_what_is_said(country: Country, now: datetime) -> None:
    student, user = country.students["ambre"], member("lina")
    doing.claim(student, user, now)
    cohort = country.cohort("ambre", "Troisième année", "2029-2030")
    Enrolment.objects.create(cohort=cohort, student=student, user=user, start_date=date(2029, 9, 1))
    assert purged(now, days=1400)["ended_places"] == 0


def test_sessions_that_expired_go(db: None, now: datetime) -> None:
    store = SessionStore()
    store["_auth_user_id"] = "12"
    store.create()
    assert Session.objects.get().person_id == 12
    Session.objects.update(expire_date=now)
    retention.purge(now=now - timedelta(seconds=1))
    assert Session.objects.exists()
    retention.purge(now=now + timedelta(seconds=1))
    assert not Session.objects.exists()
