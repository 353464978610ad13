"""Beginning what is asked: who, when, how many times, in which conditions; through the API too."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from lms.assessments.errors import (
    AssignmentClosed,
    AssignmentHasNoTest,
    AssignmentNotJoined,
    AssignmentNotOpen,
    AssignmentUnknown,
    AttemptsExhausted,
    AttemptUnderWay,
    CohortIsClosed,
    SignInToStart,
)
from lms.assessments.models import Assignment, Attempt, Participation
from lms.assessments.services import erase_attempt, start_attempt
from lms.cohorts.api import end_enrolment, grant_accommodation
from lms.cohorts.models import Enrolment
from lms.prescribing.api import asked_of, close_assignment, extend
from lms.prescribing.reminding import closings
from tests.lms.assessments.taking import ATTEMPTS, Taker
from tests.lms.assessments.test_concurrency import at_once
from tests.lms.learning import samples
from tests.lms.prescribing import town as towns
from tests.lms.prescribing.conftest import set_clock
from tests.lms.prescribing.town import NOW, Town


def start(asked: Assignment, owner: Any) -> Attempt:
    """Begin it, and return the attempt."""
    return start_attempt(assignment=asked.code, locale="fr", owner_id=owner.pk if owner else None).attempt


def test_an_attempt_bears_what_it_answers(town: Town, frozen: datetime) -> None:
    asked = town.ask()
    attempt = Attempt.objects.get(pk=start(asked, town.lina).pk)
    assert (attempt.assignment_id, attempt.institution_id) == (asked.pk, town.institution.pk)
    assert (attempt.time_percent, attempt.pause_minutes, attempt.deadline_at) == (100, 0, None)
    row = Participation.objects.get()
    assert (row.user_id, row.begun_at, row.attempts, row.finished_at) == (town.lina.pk, frozen, 1, None)


def test_finishing_is_noted_by_the_worker(town: Town, frozen: datetime) -> None:
    from kernel.events import drain

    town.ask()
    taker = Taker(client=town.client())
    response = taker.post(ATTEMPTS, {"assignment": Assignment.objects.get().written_code})
    assert response.status_code == 201
    taker.body = response.json()
    taker.token = taker.body["attempt"]
    taker.finish()
    drain()
    assert Participation.objects.get().finished_at is not None


@pytest.mark.usefixtures("frozen")
def test_each_refusal_has_its_sentence(town: Town) -> None:
    other = towns.build("ailleurs").lina
    asked = town.ask()
    for code in ("", "ZZZZZZZZ", "trop-court", "K7M2-QX4P' OR 1", "\x00\x00\x00\x00\x00\x00\x00\x00"):
        with pytest.raises(AssignmentUnknown) as refusal:
            start_attempt(assignment=code or "?", locale="fr", owner_id=town.lina.pk)
        assert "K7M2-QX4P" in refusal.value.sentence
    with pytest.raises(SignInToStart):
        start(asked, None)
    with pytest.raises(AssignmentUnknown):
        start(asked, other)
    Assignment.objects.update(is_open=True)
    with pytest.raises(AssignmentNotJoined):
        start(asked, other)
    assert not Attempt.objects.exists()
    start(asked, town.lina)
    with pytest.raises(AttemptUnderWay):
        start(asked, town.lina)
    Attempt.objects.update(state="finished")
    with pytest.raises(AttemptsExhausted) as limit:
        start(asked, town.lina)
    assert "une fois" in limit.value.sentence


@pytest.mark.usefixtures("frozen")
def test_an_attempt_erased_is_not_given_back(town: Town) -> None:
    asked = town.ask()
    erase_attempt(token=start(asked, town.lina).token, viewer_id=town.lina.pk)
    with pytest.raises(AttemptsExhausted):
        start(asked, town.lina)


@pytest.mark.usefixtures("frozen")
def test_a_closed_cohort_a_journey_alone_a_closed_demand(town: Town) -> None:
    samples.make()
    samples.make_journey(["verifier-identite"])
    with pytest.raises(AssignmentHasNoTest):
        start(town.ask(assessment_key="", journey_key="socle-etudiants"), town.lina)
    asked = town.ask()
    close_assignment(asked=asked, access=town.access(), now=NOW)
    with pytest.raises(AssignmentClosed):
        start(asked, town.lina)
    Assignment.objects.update(closed_at=None)
    town.cohort.closed_at = NOW
    town.cohort.save()
    with pytest.raises(CohortIsClosed):
        start(asked, town.lina)


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        # The day begins and ends by the institution's own clock. In Paris, summer time ends on 25 October 2026.
        ("Europe/Paris", datetime(2026, 10, 24, 22, 0, tzinfo=UTC), datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),
        ("Indian/Reunion", datetime(2026, 10, 24, 20, 0, tzinfo=UTC), datetime(2026, 10, 25, 19, 59, 59, tzinfo=UTC)),
        ("Pacific/Noumea", datetime(2026, 10, 24, 13, 0, tzinfo=UTC), datetime(2026, 10, 25, 12, 59, 59, tzinfo=UTC)),
    ],
)
def test_the_window_is_of_the_institution_s_own_days(
    bank: None, monkeypatch: pytest.MonkeyPatch, zone: str, first: datetime, last: datetime
) -> None:
    town = towns.build("loin", zone)
    day = date(2026, 10, 25)
    asked = town.ask(opens_date=day, closes_date=day, attempts_allowed=0)
    second = timedelta(seconds=1)
    for moment, refusal in ((first - second, AssignmentNotOpen), (last + second, AssignmentClosed)):
        set_clock(monkeypatch, moment)
        with pytest.raises(refusal) as told:
            start(asked, town.lina)
        assert "25 octobre 2026" in told.value.sentence
        assert ("heure de" in told.value.sentence) == (zone != "Europe/Paris")
    for moment in (first, last):
        set_clock(monkeypatch, moment)
        start(asked, town.lina)
        Attempt.objects.update(state="finished")


def test_an_extension_is_for_one_or_for_a_group(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    one, group, other = (towns.add_student(town, n, group=g) for n, g in (("2", ""), ("3", "TD 1"), ("4", "TD 2")))
    asked, until = town.ask(), date(2026, 11, 20)
    for to in (f"student:{one.uuid}", f"group:{town.cohort.uuid}:TD 1"):
        extend(asked=asked, to=to, day=until, access=town.access(), now=NOW)
    set_clock(monkeypatch, datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC))
    for student in (one, group):
        start(asked, student.user)
    for person in (other.user, town.lina):
        with pytest.raises(AssignmentClosed):
            start(asked, person)


def test_a_group_is_extended_in_its_own_cohort(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = towns.add_student(town, "3", group="TD 1"), towns.add_twin(town, "5", group="TD 1")
    twin = there.enrolments.get().cohort
    asked, until = town.ask(cohorts=(str(town.cohort.uuid), str(twin.uuid))), date(2026, 11, 20)
    extend(asked=asked, to=f"group:{twin.uuid}:TD 1", day=until, access=town.access(), now=NOW)
    late = datetime(2026, 11, 20, 22, 59, 59, tzinfo=UTC)
    ends = closings(asked, [here.user.pk, there.user.pk])
    assert ends == {here.user.pk: asked.closes_at, there.user.pk: late}
    assert [asked_of(one.user, NOW)[0].closes_at for one in (here, there)] == [asked.closes_at, late]
    set_clock(monkeypatch, late)
    start(asked, there.user)
    with pytest.raises(AssignmentClosed):
        start(asked, here.user)


def test_an_attempt_begun_before_the_close_may_end(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = town.ask()
    set_clock(monkeypatch, datetime(2026, 11, 10, 22, 59, 0, tzinfo=UTC))
    taker = Taker(client=town.client(), token=start(asked, town.lina).token)
    taker.body = taker.resume().json()
    close_assignment(asked=asked, access=town.access(), now=NOW)
    set_clock(monkeypatch, datetime(2026, 11, 11, 8, 0, tzinfo=UTC))
    assert taker.finish().attempt.state == Attempt.State.FINISHED


@pytest.mark.usefixtures("frozen")
def test_who_is_removed_in_the_middle_keeps_what_they_began(town: Town) -> None:
    asked = town.ask(attempts_allowed=0)
    taker = Taker(client=town.client(), token=start(asked, town.lina).token)
    taker.body = taker.resume().json()
    place = Enrolment.objects.get(user=town.lina)
    end_enrolment(enrolment=place, end_date=NOW.date(), reason=Enrolment.EndReason.ROSTER, now=NOW)
    assert taker.finish().attempt.owner_id == town.lina.pk
    with pytest.raises(AssignmentUnknown):
        start(asked, town.lina)


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize(
    ("percent", "pauses", "minutes", "seconds"),
    [(100, 0, 15, 900), (133, 0, 15, 1197), (150, 0, 15, 1350), (133, 20, 7, 559 + 1200), (150, 0, 1, 90)],
)
def test_more_time_is_counted_to_the_second_above(
    town: Town, percent: int, pauses: int, minutes: int, seconds: int
) -> None:
    towns.limit_time(minutes)
    student = Enrolment.objects.get(user=town.lina).student
    grant_accommodation(
        student=student, time_percent=percent, pause_minutes=pauses, actor_id=town.coordinator.pk, now=NOW
    )
    attempt = Attempt.objects.get(pk=start(town.ask(), town.lina).pk)
    assert attempt.deadline_at is not None
    assert (attempt.deadline_at - attempt.started_at).total_seconds() == seconds
    assert (attempt.time_percent, attempt.pause_minutes) == (percent, pauses)


@pytest.mark.usefixtures("frozen")
def test_more_time_is_of_the_institution_that_granted_it(town: Town) -> None:
    towns.limit_time(15)
    elsewhere = towns.build("ailleurs")
    student = Enrolment.objects.get(user=elsewhere.lina).student
    student.user = town.lina
    student.save()
    grant_accommodation(student=student, time_percent=150, pause_minutes=0, actor_id=None, now=NOW)
    assert start(town.ask(), town.lina).time_percent == 100


def test_programs_begin_what_is_asked(town: Town, frozen: datetime) -> None:
    asked = town.ask()
    taker = Taker(client=town.client())
    assert taker.post(ATTEMPTS, {"assignment": asked.code}).status_code == 201
    again = taker.post(ATTEMPTS, {"assignment": asked.written_code.lower()})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "attempt_under_way")
    wrong = taker.post(ATTEMPTS, {"assignment": "NOPE"})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (404, "unknown_assignment")
    alone = Taker(client=Client()).post(ATTEMPTS, {"assignment": asked.code})
    assert (alone.status_code, alone.json()["error"]["code"]) == (403, "sign_in_to_start")
    for body in ({}, {"assessment": "placement", "assignment": asked.code}):
        assert taker.post(ATTEMPTS, body).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_of_two_starts_at_once_one_begins(bank: None, monkeypatch: pytest.MonkeyPatch) -> None:
    town = towns.build()
    set_clock(monkeypatch, NOW)
    asked = town.ask(attempts_allowed=1)
    tabs = [Taker(client=town.client()) for _ in range(4)]
    for tab in tabs:
        tab.client.raise_request_exception = False
    answers = at_once([lambda tab=tab: tab.post(ATTEMPTS, {"assignment": asked.code}) for tab in tabs])  # type: ignore[misc]
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert Attempt.objects.count() == 1
    assert Participation.objects.get().attempts == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_mutant_without_the_lock_lets_several_begin(bank: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only PostgreSQL can show it: on SQLite the transaction itself is the lock."""
    town = towns.build()
    set_clock(monkeypatch, NOW)
    asked = town.ask(attempts_allowed=1)
    Participation.objects.create(assignment=asked, user=town.lina)
    monkeypatch.setattr(type(connection.features), "has_select_for_update", False)
    tabs = [Taker(client=town.client()) for _ in range(6)]
    answers = at_once([lambda tab=tab: tab.post(ATTEMPTS, {"assignment": asked.code}) for tab in tabs])  # type: ignore[misc]
    assert [answer.status_code for answer in answers].count(201) > 1
