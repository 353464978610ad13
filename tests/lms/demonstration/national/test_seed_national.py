"""A country at any size: whole, exact, taken up where it stopped, never among real people."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from kernel import clock
from lms.accounts.models import User
from lms.assessments.models import Response
from lms.cohorts.models import Enrolment, Institution, Student
from lms.dashboards import figures, snapshots
from lms.dashboards.figures import Scope
from lms.dashboards.models import Declaration, LearnerSummary, Rollup, TaughtHours
from lms.dashboards.rollups import recounting
from lms.demonstration.national import running

STUDENTS = 120


def seed(**options: object) -> str:
    out = StringIO()
    call_command("seed_national", students=STUDENTS, processes=1, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 30)
    monkeypatch.setattr(running, "PATHS", 6)


@pytest.mark.usefixtures("bank", "small_chunks")
def test_a_country_is_whole_and_exact() -> None:
    assert "Figures equal a recount." in seed(verify=True)
    assert Student.objects.count() == STUDENTS == figures.of(Scope.national()).enrolled
    assert sum(one.enrolled for one in figures.by_university().values()) == STUDENTS  # each student once
    assert Institution.objects.counted().filter(is_demo=True).count() == 36
    assert Enrolment.objects.count() == LearnerSummary.objects.count()
    assert Response.objects.count() > 10 * STUDENTS
    assert TaughtHours.objects.filter(competencies__isnull=False).exists()
    assert Declaration.objects.filter(enrolment__summary__trained_means="declared").exists()
    said = snapshots.latest(Scope.national())
    assert said is not None and said.whole.value("enrolled") == STUDENTS  # what national pages and the barometer read
    with pytest.raises(CommandError, match="--resume"):
        seed()


def content() -> tuple[object, ...]:
    """What the country says, without the ids and the secrets that each run draws anew."""
    place = ("enrolment__student_number", "cohort__name", "cohort__academic_year")
    said = ("scopes", "score", "level", "domains", "measured_at", "minutes", "taught_minutes", "trained_date")
    answer = ("attempt__owner__email", "attempt__started_at", "position", "item_version_id", "answer", "score")
    rollups = ("kind", "measure", "code", "week_date", "value")
    return (
        sorted(map(repr, LearnerSummary.objects.values_list(*place, *said))),
        sorted(map(repr, Response.objects.values_list(*answer))),
        sorted(map(repr, Rollup.objects.values_list(*rollups))),
        sorted(map(repr, TaughtHours.objects.values_list("taught_date", "minutes"))),
        sorted(map(repr, Declaration.objects.values_list("enrolment__student_number", "validated_date"))),
    )


class Killed(BaseException):
    pass


@pytest.mark.usefixtures("bank", "small_chunks")
def test_taken_up_twice_it_is_as_if_it_had_not_been_stopped(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    with transaction.atomic():
        seed()
        unbroken = content()
        transaction.set_rollback(True)
    assert not Student.objects.exists()
    write, written = running._write, list[int]()

    def killed_at_each_second(chunk: running.Chunk, *more: object) -> int:
        written.append(chunk.number)
        if len(written) % 2 == 0:
            raise Killed
        return write(chunk, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "_write", killed_at_each_second)
    with pytest.raises(Killed):
        seed()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=5))
    with pytest.raises(Killed):
        seed(resume=True)
    assert 0 < Student.objects.count() < STUDENTS
    monkeypatch.setattr(running, "_write", write)
    assert "Figures equal a recount." in seed(resume=True, verify=True)
    assert content() == unbroken


@pytest.mark.usefixtures("bank", "small_chunks")
def test_a_figure_that_is_not_exact_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recounting, "rewrite", lambda: None)
    with pytest.raises(CommandError, match="recount"):
        seed(verify=True)


@pytest.mark.usefixtures("bank")
def test_never_among_real_people() -> None:
    User.objects.create_user("somebody@univ.example.org")
    with pytest.raises(CommandError, match="real accounts"):
        seed()
