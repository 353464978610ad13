"""A country at any size: whole, exact, taken up where it stopped, never among real people."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lms.accounts.models import User
from lms.assessments.models import Response
from lms.cohorts.models import Enrolment, Institution, Student
from lms.dashboards import figures
from lms.dashboards.figures import Scope
from lms.dashboards.models import LearnerSummary
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
    with pytest.raises(CommandError, match="--resume"):
        seed()


@pytest.mark.usefixtures("bank", "small_chunks")
def test_it_is_taken_up_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    write, written = running._write, list[int]()

    def killed_at_the_third(chunk: running.Chunk, *more: object) -> int:
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(chunk.number)
        return write(chunk, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(running, "_write", killed_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        seed()
    assert 0 < Student.objects.count() < STUDENTS
    monkeypatch.setattr(running, "_write", write)
    assert "Figures equal a recount." in seed(resume=True, verify=True)
    assert Student.objects.count() == STUDENTS
    assert not recounting.differences()


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
