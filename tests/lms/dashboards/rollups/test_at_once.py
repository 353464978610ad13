"""Two workers at once, on PostgreSQL: nobody is counted twice, no figure is lost."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from lms.accounts.models import User
from lms.cohorts.api import Cohort, Institution, Programme, Student
from lms.cohorts.models import Enrolment
from lms.dashboards import figures
from lms.dashboards.figures import Scope
from lms.dashboards.models import LearnerSummary
from lms.dashboards.rollups import folding, keeping, recounting

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 10, 20, 13, tzinfo=UTC)


def people(count: int) -> list[int]:
    """Enrol people who each have two places in one university; return their accounts."""
    house = Institution.objects.create(key="ambre", kind="university", name="Ambre")
    programme = Programme.objects.create(key="infirmier", title="Soins infirmiers")
    facts = {"institution": house, "programme": programme, "academic_year": "2026-2027"}
    cohorts = [Cohort.objects.create(name=name, **facts) for name in ("L2", "L3")]
    found = []
    for number in range(count):
        user = User.objects.create_user(f"student{number}@example.org")
        student = Student.objects.create(
            institution=house, student_number=str(number), user=user, claimed_at=NOW, created_at=NOW
        )
        for cohort in cohorts:
            Enrolment.objects.create(student=student, user=user, cohort=cohort, start_date=NOW.date())
        found.append(user.pk)
    return found


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Run these together; return what they raised."""
    barrier, raised = Barrier(len(acts)), list[BaseException]()

    def run(act: Callable[[], object]) -> None:
        try:
            barrier.wait()
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_two_workers_read_the_same_people_at_once() -> None:
    accounts = people(20)
    students = list(Student.objects.order_by("-pk").values_list("pk", flat=True))
    raised = at_once(
        lambda: keeping.refresh(users=accounts),
        lambda: keeping.refresh(students=students),
        lambda: [keeping.refresh(users=[one]) for one in reversed(accounts)],
        lambda: [folding.fold(batch=50) for _ in range(20)],
    )
    assert raised == []
    assert LearnerSummary.objects.count() == 40
    assert figures.of(Scope.national()).enrolled == 20
    assert not recounting.differences()


def test_two_foldings_at_once_fold_each_delta_once() -> None:
    keeping.refresh(users=people(30))
    assert at_once(*[lambda: folding.fold_all()] * 4) == []
    folding.fold_all()
    assert figures.of(Scope.national()).enrolled == 30
    assert not recounting.differences()


def test_without_the_lock_somebody_would_be_written_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = people(5)
    gate, drafts = Barrier(2, timeout=20), keeping.drafts

    def together(**who: object) -> list[LearnerSummary]:
        found = drafts(**who)  # type: ignore[arg-type]
        gate.wait()
        return found

    monkeypatch.setattr(keeping, "drafts", together)
    monkeypatch.setattr(keeping, "lock_people", lambda users, students: (set(users), set(students)))
    at_once(lambda: keeping.refresh(users=accounts), lambda: keeping.refresh(users=accounts))
    assert recounting.differences()
