"""Summaries and roll-ups follow what happens, and always equal a recount."""

from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kernel import jobs
from kernel.erasures import Line, digest_of, erase_again
from kernel.events import publish
from kernel.models import Delivery, Job
from lms.accounts.api import erase_person, export_person
from lms.assessments.api import erase_attempt
from lms.assessments.events import AttemptCompleted, AttemptStarted, ItemAnswered
from lms.cohorts.api import end_enrolment, grant_sharing, place, withdraw_sharing
from lms.cohorts.events import AttachmentChanged, CohortMoved
from lms.cohorts.models import Attachment, Cohort, Enrolment
from lms.dashboards import figures, handlers, tasks
from lms.dashboards.figures import Scope
from lms.dashboards.models import ErasedContribution, LearnerSummary, Rollup, RollupDelta
from lms.dashboards.rollups import folding, keeping, leaving, recounting, sources
from tests.lms.cohorts.country import Country, member
from tests.lms.dashboards.rollups import doing

UNIVERSITY, ALL = Scope.university, None


def test_a_place_counts_before_anybody_claims_it(country: Country) -> None:
    national = figures.of(Scope.national())
    assert (national.enrolled, national.claimed, national.measured) == (3, 0, 0)
    assert figures.of(Scope.university(country.houses["ambre"].pk)).enrolled == 2  # the institute’s student too
    assert figures.of(Scope.institution(country.houses["ambre"].pk)).enrolled == 1
    assert figures.of(Scope.cohort(country.cohorts["institut"].pk)).enrolled == 1
    assert not recounting.differences()


def test_a_measure_is_counted_where_the_person_is(country: Country, now: datetime) -> None:
    user = member("lina")
    doing.claim(country.students["institut"], user, now)
    doing.measure(user, 620, now)
    doing.settle(now)
    found = figures.of(Scope.university(country.houses["ambre"].pk), "2026-2027")
    assert (found.claimed, found.begun, found.measured, found.at_target) == (1, 1, 1, 1)
    assert found.levels["overall"] == {"advanced": 1}
    assert set(found.levels) == {"overall", "D1", "D2", "D3", "D4", "D5"}  # no competency: it is not shared
    assert (found.mean_score(), found.mean_error()) == (620, 60)
    [week] = found.weeks
    assert (week.monday, week.measured, week.mean_score) == (date(2026, 10, 19), 1, 620)
    assert figures.of(Scope.university(country.houses["brume"].pk)).measured == 0
    assert not recounting.differences()


def test_competencies_count_with_an_agreement_and_no_longer_without(country: Country, now: datetime) -> None:
    user, house = member("lina"), country.houses["ambre"]
    doing.claim(country.students["ambre"], user, now)
    doing.measure(user, 500, now)
    grant_sharing(user=user, institution=house, now=now)
    doing.settle(now)
    assert sum(figures.of(Scope.institution(house.pk)).levels["D1.C1"].values()) == 1
    withdraw_sharing(user=user, institution=house, now=now)
    doing.settle(now)
    found = figures.of(Scope.institution(house.pk))
    assert (found.sharing, "D1.C1" in found.levels, found.measured) == (0, False, 1)
    assert not recounting.differences()


def test_somebody_in_two_cohorts_counts_once_in_the_university(country: Country, now: datetime) -> None:
    user, house = member("lina"), country.houses["ambre"]
    doing.claim(country.students["ambre"], user, now)
    second = country.cohort("ambre", "Option numérique")
    place(student=country.students["ambre"], cohort=second, group="", start_date=now.date(), now=now)
    other = country.student("institut", "I-9", user=user)
    doing.measure(user, 500, now)
    doing.settle(now)
    assert [figures.of(Scope.cohort(one.pk)).measured for one in (country.cohorts["ambre"], second)] == [1, 1]
    assert figures.of(Scope.institution(house.pk)).measured == 1
    assert figures.of(Scope.institution(country.houses["institut"].pk)).measured == 1
    assert figures.of(Scope.university(house.pk)).measured == 1
    assert figures.of(Scope.national()).measured == 1
    assert other.enrolments.get().summary.user_id == user.pk
    assert not recounting.differences()


def test_two_years_count_in_each_and_once_together(country: Country, now: datetime) -> None:
    user = member("lina")
    doing.claim(country.students["ambre"], user, now)
    before = country.cohort("ambre", "L2", year="2025-2026")
    place(student=country.students["ambre"], cohort=before, group="", start_date=date(2025, 9, 1), now=now)
    doing.settle(now)
    enrolled = [figures.of(Scope.national(), year).enrolled for year in ("2025-2026", "2026-2027", None)]
    assert enrolled == [1, 3, 3]


def test_an_ended_place_no_longer_counts_unless_its_person_left_trained(country: Country, now: datetime) -> None:
    trained, untrained = member("lina"), member("paul")
    doing.claim(country.students["ambre"], trained, now)
    doing.claim(country.students["brume"], untrained, now)
    doing.complete_journey(trained, now)
    doing.settle(now)
    for enrolment in Enrolment.objects.filter(user__isnull=False).order_by("pk"):
        end_enrolment(enrolment=enrolment, end_date=now.date(), reason="left", now=now)
    doing.settle(now)
    national = figures.of(Scope.national())
    assert (national.enrolled, national.trained_measured, national.claimed) == (2, 1, 1)
    assert national.trained_by_year() == {"2026-2027": (1, 0, 0)}
    assert not recounting.differences()


def test_a_student_who_moves_counts_where_they_are(country: Country, now: datetime) -> None:
    user, student = member("lina"), country.students["ambre"]
    doing.claim(student, user, now)
    doing.complete_journey(user, now)
    second = country.cohort("ambre", "L3")
    end_enrolment(enrolment=student.enrolments.get(), end_date=now.date(), reason="left", now=now)
    place(student=student, cohort=second, group="", start_date=now.date(), now=now)
    doing.settle(now)
    assert figures.of(Scope.cohort(country.cohorts["ambre"].pk)).enrolled == 0
    assert figures.of(Scope.cohort(second.pk)).trained_measured == 1


def test_erasure_leaves_every_figure_as_it_was_and_nobody_in_it(country: Country, now: datetime) -> None:
    user = member("lina")
    doing.claim(country.students["ambre"], user, now)
    doing.measure(user, 700, now)
    doing.complete_journey(user, now)
    doing.settle(now)
    before, name = figures.of(Scope.national()), user.pk
    assert export_person(user=user)["figures"]["places"][0]["score"] == 700
    erase_person(user=user)
    doing.settle(now)
    assert figures.of(Scope.national()) == before
    assert not LearnerSummary.objects.filter(user_id=name).exists()
    assert ErasedContribution.objects.exists()
    assert not recounting.differences()


def test_an_erasure_that_kept_nothing_would_be_seen(
    country: Country, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = member("lina")
    doing.claim(country.students["ambre"], user, now)
    doing.settle(now)
    monkeypatch.setattr(leaving, "_keep", lambda total: None)
    erase_person(user=user)
    assert recounting.differences()


def test_erasing_the_last_measure_brings_back_the_one_before(country: Country, now: datetime) -> None:
    user = member("lina")
    doing.claim(country.students["ambre"], user, now)
    doing.measure(user, 450, now)
    last = doing.measure(user, 650, now + timedelta(days=1))
    doing.settle(now)
    assert figures.of(Scope.national()).score_sums["overall"] == 650
    erase_attempt(token=last.token, viewer_id=user.pk)
    doing.settle(now)
    assert figures.of(Scope.national()).score_sums["overall"] == 450
    assert not recounting.differences()


def test_a_deleted_cohort_takes_its_figures_and_its_people_count_elsewhere(country: Country, now: datetime) -> None:
    user, student = member("lina"), country.students["ambre"]
    doing.claim(student, user, now)
    place(student=student, cohort=country.cohort("ambre", "L3"), group="", start_date=now.date(), now=now)
    doing.measure(user, 500, now)
    doing.settle(now)
    country.cohorts["ambre"].delete()
    doing.settle(now)
    assert figures.of(Scope.institution(country.houses["ambre"].pk)).measured == 1
    assert not recounting.differences()


def test_a_cohort_moves_to_another_university(country: Country, now: datetime) -> None:
    cohort, house = country.cohorts["brume"], country.houses["ambre"]
    Cohort.objects.filter(pk=cohort.pk).update(institution=house)
    moved = CohortMoved(aggregate=cohort.uuid, at=now, source=country.houses["brume"].uuid, institution=house.uuid)
    publish(moved)
    doing.settle(now)
    assert figures.of(Scope.university(house.pk)).enrolled == 3
    assert figures.of(Scope.university(country.houses["brume"].pk)).enrolled == 0
    assert not recounting.differences()


def test_an_institute_is_attached_elsewhere_and_history_follows_its_dates(country: Country, now: datetime) -> None:
    institute, brume = country.houses["institut"], country.houses["brume"]
    Attachment.objects.filter(institution=institute).update(parent=brume)
    publish(AttachmentChanged(aggregate=institute.uuid, at=now, parent=brume.uuid))
    doing.settle(now)
    assert figures.of(Scope.university(brume.pk)).enrolled == 2
    Attachment.objects.filter(institution=institute).update(end_date=now.date() + timedelta(days=1))
    publish(AttachmentChanged(aggregate=institute.uuid, at=now, parent=brume.uuid))
    doing.settle(now)
    assert figures.of(Scope.university(brume.pk)).enrolled == 2  # they were enrolled while it was attached
    assert not recounting.differences()


def test_reading_somebody_twice_changes_nothing(country: Country, now: datetime) -> None:
    user = member("lina")
    doing.claim(country.students["ambre"], user, now)
    doing.measure(user, 500, now)
    doing.settle(now)
    deltas = RollupDelta.objects.count()
    assert keeping.refresh(users=[user.pk]) == 0
    assert RollupDelta.objects.count() == deltas


def test_a_test_taken_again_leaves_past_weeks_as_they_were(country: Country, now: datetime) -> None:
    user = member("lina")
    doing.claim(country.students["ambre"], user, now)
    doing.measure(user, 400, now - timedelta(weeks=8))
    doing.settle(now)
    before = [(week.monday, week.measured) for week in figures.of(Scope.national()).weeks if week.measured]
    doing.measure(user, 600, now)
    doing.settle(now)
    found = figures.of(Scope.national())
    assert [(week.monday, week.measured) for week in found.weeks if week.measured] == before and len(before) == 1
    assert found.measured == 1 and not recounting.differences()


def test_a_summary_written_before_first_measures_were_kept_counts_once(country: Country, now: datetime) -> None:
    user = member("lina")
    doing.claim(country.students["ambre"], user, now)
    doing.measure(user, 400, now - timedelta(weeks=8))
    doing.settle(now)
    LearnerSummary.objects.filter(user=user).update(first_measured_at=None)
    doing.measure(user, 600, now)
    doing.settle(now)
    assert figures.of(Scope.national()).measured == 1 and not recounting.differences()


def test_folding_moves_no_figure(country: Country, now: datetime) -> None:
    user = member("lina")
    doing.claim(country.students["ambre"], user, now)
    doing.measure(user, 500, now)
    doing.settle(now)
    waiting = RollupDelta.objects.count()
    before = figures.of(Scope.national()), figures.by_university(), figures.by_programme(Scope.national())
    assert folding.fold(batch=10) == 10
    assert (figures.of(Scope.national()), figures.by_university()) == before[:2]
    assert tasks.fold_rollups() == waiting - 10
    assert not RollupDelta.objects.exists()
    assert (figures.of(Scope.national()), figures.by_university(), figures.by_programme(Scope.national())) == before
    assert not recounting.differences()


def test_folding_half_way_folds_nothing(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    before = figures.of(Scope.national()), RollupDelta.objects.count()

    def killed(*args: object, **more: object) -> None:
        raise KeyboardInterrupt

    upsert = folding.upsert
    monkeypatch.setattr(folding, "upsert", lambda rows: (upsert(rows), killed()))
    with pytest.raises(KeyboardInterrupt):
        folding.fold()
    assert (figures.of(Scope.national()), RollupDelta.objects.count()) == before
    assert not Rollup.objects.exists()


def test_broken_rollups_are_seen_and_written_again(country: Country, now: datetime) -> None:
    user = member("lina")
    doing.claim(country.students["ambre"], user, now)
    doing.measure(user, 500, now)
    doing.settle(now)
    folding.fold_all()
    right = figures.of(Scope.national())
    Rollup.objects.filter(measure="measured").update(value=7)
    Rollup.objects.filter(measure="level").delete()
    LearnerSummary.objects.filter(user=user).update(score=12, scopes=0)
    LearnerSummary.objects.filter(user=None)._raw_delete("default")
    assert recounting.differences()
    assert recounting.rebuild() == 3
    assert not recounting.differences()
    assert figures.of(Scope.national()) == right


def test_a_place_that_no_event_told_of_is_found(country: Country, now: datetime) -> None:
    LearnerSummary.objects.all().delete()
    RollupDelta.objects.all().delete()
    tasks.fold_rollups()
    assert figures.of(Scope.national()).enrolled == 3
    assert not recounting.differences()


def test_hours_in_class_and_declared_validations(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    cohort, student = country.cohorts["ambre"], country.students["ambre"]
    enrolment = student.enrolments.get()
    monkeypatch.setattr(sources, "_taught", [lambda ids: {cohort.pk: 90}])
    monkeypatch.setattr(sources, "_declared", [lambda ids: {enrolment.pk: date(2026, 10, 5)}])
    keeping.refresh(students=[student.pk])
    found = figures.of(Scope.institution(country.houses["ambre"].pk))
    assert (found.taught_minutes, found.trained_declared, found.trained_measured) == (90, 1, 0)
    assert [week.trained_declared for week in found.weeks] == [1]


def test_what_is_declared_one_year_holds_the_next_in_that_institution_alone(
    country: Country, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    student, user = country.students["ambre"], member("lina")
    doing.claim(student, user, now)
    doing.claim(country.students["brume"], user, now)
    declared = student.enrolments.get()
    next_year = country.cohort("ambre", "L3", "2027-2028")
    place(student=student, cohort=next_year, group="", start_date=now.date(), now=now)
    monkeypatch.setattr(sources, "_declared", [lambda ids: {declared.pk: date(2026, 10, 5)}])
    keeping.refresh(students=[student.pk])
    doing.settle(now)
    ambre, brume = (country.houses[name].pk for name in ("ambre", "brume"))
    assert figures.of(Scope.institution(ambre), "2027-2028").trained_declared == 1
    assert figures.of(Scope.institution(ambre)).trained_declared == 1  # all years: the later place counts, once
    assert figures.of(Scope.institution(brume)).trained_declared == 0  # nobody told them
    assert not recounting.differences()


def test_a_student_who_came_back_with_a_backup_goes_again_and_stays_counted(country: Country, now: datetime) -> None:
    user, student = member("lina"), country.students["ambre"]
    doing.claim(student, user, now)
    doing.measure(user, 620, now)
    doing.settle(now)
    kind = "cohorts.student"
    done = erase_again([Line(kind, digest_of(kind, student.uuid), now)])
    doing.settle(now)
    assert done.erased[kind] == 1 and ErasedContribution.objects.exists()
    assert figures.of(Scope.institution(country.houses["ambre"].pk)).measured == 1
    assert not recounting.differences()


def test_anonymous_attempts_wake_nobody_here(country: Country, now: datetime) -> None:
    from kernel.events.fanout import fan_out

    Delivery.objects.all().delete()
    uuid = country.students["ambre"].uuid
    publish(AttemptStarted(aggregate=uuid, at=now, assessment="citizen", owner=None))
    publish(ItemAnswered(aggregate=uuid, at=now, item_version=uuid, position=1, is_correct=True, owner=None))
    publish(AttemptCompleted(aggregate=uuid, at=now, assessment="citizen", owner=None, stop_reason="precision"))
    fan_out(now=now)
    assert not Delivery.objects.filter(listener__startswith=figures.reading.LISTENER).exists()


def test_the_moment_of_the_data_is_that_of_the_oldest_event_not_counted(country: Country, now: datetime) -> None:
    assert figures.as_of(now) == now
    earlier = now - timedelta(minutes=5)
    user = member("lina")
    doing.claim(country.students["ambre"], user, earlier)
    assert figures.as_of(now) == earlier
    doing.settle(now)
    assert figures.as_of(now) == now
    assert set(handlers.HEARD) >= {"cohorts.Enrolled", "assessments.AttemptCompleted", "learning.StepSeen"}


@pytest.mark.parametrize("people", [1, 20])
def test_as_many_reads_for_twenty_people_as_for_one(country: Country, now: datetime, people: int) -> None:
    for number in range(people):
        user = member(f"student{number}")
        doing.claim(country.student("ambre", f"A-{number}"), user, now)
        doing.measure(user, 500 + number, now)
    students = list(Enrolment.objects.filter(user__isnull=False).values_list("student_id", flat=True))
    with CaptureQueriesContext(connection) as found:
        keeping.refresh(students=students)
    reads = [query["sql"] for query in found if query["sql"].startswith("SELECT")]
    assert len(reads) == 14


def test_a_cohort_that_is_being_counted_is_said_to_move_and_the_others_are_not(country: Country, now: datetime) -> None:
    earlier = now - timedelta(minutes=5)
    job = Job.objects.create(kind=handlers.REFRESH, payload={"cohorts": [41, 42]}, created_at=earlier)
    Job.objects.create(kind="elsewhere", payload={"cohorts": [43]})
    assert figures.freshness(now, [42, 44]) == figures.Freshness(earlier, is_moving=True)
    assert figures.freshness(now, [43, 44]) == figures.freshness(now) == figures.Freshness(now)
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    assert figures.freshness(now, [42]) == figures.Freshness(now)


def test_a_count_that_failed_is_said_until_another_is_done(country: Country, now: datetime) -> None:
    earlier = now - timedelta(minutes=5)
    Job.objects.create(kind=handlers.REFRESH, payload={"cohorts": [41, 42]}, state="failed", created_at=earlier)
    assert figures.freshness(now, [42, 44]) == figures.Freshness(earlier, has_failed=True)
    assert figures.freshness(now, [43, 44]) == figures.freshness(now) == figures.Freshness(now)
    again = jobs.enqueue(handlers.REFRESH, {"cohorts": [41]})
    assert figures.freshness(now, [41]) == figures.Freshness(earlier, is_moving=True, has_failed=True)
    jobs.run(again.pk, now=now)
    assert figures.freshness(now, [41]) == figures.Freshness(now)
    assert figures.freshness(now, [42]).has_failed
    call_command("rebuild_rollups", stdout=StringIO())
    assert figures.freshness(now, [42]) == figures.Freshness(now)
