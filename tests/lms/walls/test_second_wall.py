"""What PostgreSQL itself lets through, asked as the role that serves: the first wall is not there to help."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Model

from kernel import actors
from kernel.actors import Rank
from lms.assessments.models import Assignment, Attempt
from lms.assessments.models.asking import AssignmentQuerySet
from lms.cohorts.models import Cohort, Enrolment, RoleGrant, RosterImport, Student
from lms.cohorts.models.cohort import CohortQuerySet
from lms.cohorts.models.person import EnrolmentQuerySet, StudentQuerySet
from lms.cohorts.models.role import RoleGrantQuerySet
from lms.cohorts.rosters.models import RosterImportQuerySet
from lms.dashboards.models import AggregateSnapshot, Declaration, LearnerSummary, RollupDelta, TaughtHours
from lms.walls import applying, guarding
from lms.walls.statements import model_of
from lms.walls.table import WALLS
from tests.architecture.access.objects import ATTACHED, BESIDE, OTHER, OWN, Objects
from tests.architecture.access.routes import routes
from tests.architecture.access.table import KEEPING, STAFF, UNKNOWN_METHOD
from tests.lms.walls.country import AMBRE, BRUME, CANARIES, INSTITUT, PUPIL, Country
from tests.lms.walls.crawling import crawl
from tests.servers.postgresql import OWNER, SERVING

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]
MODELS = [model_of(wall) for wall in WALLS]
FALLEN = (
    CohortQuerySet,
    StudentQuerySet,
    EnrolmentQuerySet,
    AssignmentQuerySet,
    RosterImportQuerySet,
    RoleGrantQuerySet,
)
# What leads from a row to the institution that may see it.
PLACES: dict[type[Model], str] = {
    Student: "institution",
    Enrolment: "cohort__institution",
    Cohort: "institution",
    RoleGrant: "institution",
    RosterImport: "cohort__institution",
    Assignment: "institution",
    LearnerSummary: "institution",
    TaughtHours: "cohort__institution",
    Declaration: "enrolment__cohort__institution",
}
PEOPLE = (Student, Enrolment, LearnerSummary, Attempt, RoleGrant, Declaration)


@contextmanager
def acting(user_id: int | None = None, houses: Any = (), rank: Rank = Rank.PERSON) -> Iterator[None]:
    """Be in a request of somebody who frames these institutions."""
    actors.begin()
    try:
        actors.recognise(user_id)
        actors.frame(houses, rank)
        yield
    finally:
        actors.end()


def held(model: type[Model]) -> set[Any]:
    """Return the ids of all the rows that the database gives."""
    return set(model._default_manager.order_by().values_list("pk", flat=True))


def test_the_role_that_serves_is_above_nothing(db: None) -> None:
    assert guarding.breaches() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (SERVING, False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", [SERVING])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        assert {name for (name,) in cursor.fetchall()} == {model._meta.db_table for model in MODELS}
        cursor.execute("SELECT DISTINCT relowner::regrole::text FROM pg_class WHERE relrowsecurity")
        assert cursor.fetchall() == [(OWNER,)]
        cursor.execute("SELECT DISTINCT polname FROM pg_policy")
        assert {name for (name,) in cursor.fetchall()} >= {"owner", "institution", "national", "worker", "anonymous"}


def test_it_changes_no_table(db: None) -> None:
    statements = ("ALTER TABLE cohorts_student DISABLE ROW LEVEL SECURITY", "DROP POLICY worker ON cohorts_student")
    for statement in statements:
        with pytest.raises(ProgrammingError, match="must be owner"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_nobody_reads_nothing_of_somebody(model: type[Model], written: Country) -> None:
    with acting():
        assert not held(model), "only attempts without an owner, and what is published, are anybody's"


def test_what_is_nobody_s_is_anybody_s(written: Country) -> None:
    """An anonymous attempt is found by its address, which is its key; what is published is public."""
    offered = Attempt.objects.order_by("pk").first() or _attempt(written)
    ours = Attempt.objects.create(**{**_copied(offered), "owner_id": None, "token": "A" * 22})
    AggregateSnapshot.objects.create(kind="national", snapshot_date=written.now, figures={}, taken_at=written.now)
    AggregateSnapshot.objects.create(kind="parcels", snapshot_date=written.now, figures={}, taken_at=written.now)
    with acting():
        assert Attempt.objects.filter(token=ours.token).exists()
        assert [row.kind for row in AggregateSnapshot.objects.all()] == ["national"]


@pytest.mark.parametrize("model", PLACES, ids=lambda model: model.__name__)
def test_an_institution_reads_its_own_and_those_attached(model: type[Model], written: Country) -> None:
    ambre, institut, brume = (written.houses[key] for key in (AMBRE, INSTITUT, BRUME))
    rows = model._default_manager.order_by()
    rows_of = {pk: rows.filter(**{PLACES[model]: pk}) for pk in _ids(ambre, institut, brume)}
    of = {pk: set(found.values_list("pk", flat=True)) for pk, found in rows_of.items()}
    assert all(of.values()), "each has some"
    with acting(ambre.coordinator.pk, ambre.access.houses):
        assert held(model) == of[ambre.institution.pk] | of[institut.institution.pk]
    with acting(brume.coordinator.pk, brume.access.houses):
        assert held(model) == of[brume.institution.pk]


def test_one_reads_one_s_own(written: Country) -> None:
    lina = written.houses[AMBRE].learner
    mine = {model: set(model._default_manager.filter(user=lina).values_list("pk", flat=True)) for model in OWNED}
    assert all(mine.values())
    with acting(lina.pk):
        assert {model: held(model) for model in OWNED} == mine
        assert held(Cohort) == {written.houses[AMBRE].cohort.pk}
        assert held(Assignment) == {written.houses[AMBRE].assignment.pk}


OWNED = (Student, Enrolment, RoleGrant, LearnerSummary)


def test_one_writes_neither_one_s_roles_nor_another_s_name(written: Country) -> None:
    lina, other = written.houses[AMBRE].learner, written.houses[BRUME]
    with acting(lina.pk), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        facts = {"role": "coordinator", "institution": other.institution, "granted_at": written.now}
        RoleGrant.objects.create(user=lina, **facts)
    with acting(written.houses[AMBRE].coordinator.pk, written.houses[AMBRE].access.houses):
        assert not Student.objects.filter(pk=other.student.pk).update(last_name="X")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Student.objects.filter(pk=written.houses[AMBRE].student.pk).update(institution=other.institution)


def test_a_pilot_reads_no_person(written: Country) -> None:
    RollupDelta.objects.get_or_create(
        cohort_id=1, programme_id=1, institution_id=1, academic_year="2026-2027", scopes=1, measure="x",
        week_date=written.now, value=1,
    )  # fmt: skip
    pilot = written.people["pilot"]
    assert pilot is not None
    with acting(pilot.pk, rank=Rank.PILOT):
        assert {model for model in PEOPLE if held(model)} == {RoleGrant}
        assert {grant.user_id for grant in RoleGrant.objects.all()} == {pilot.pk}
        assert not held(RollupDelta)


def test_the_platform_s_administrators_keep_roles_and_read_no_student(written: Country) -> None:
    admin = written.people["superuser"]
    everybody = held(RoleGrant)
    assert admin is not None
    with acting(admin.pk, rank=Rank.PLATFORM):
        assert held(RoleGrant) == everybody
        assert not held(Student) | held(Enrolment) | held(LearnerSummary)


def test_when_every_first_wall_falls_the_second_stands(written: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mutant: each `visible_to` returns everything. On SQLite another's word is then seen (test_canaries)."""
    for wall in FALLEN:
        monkeypatch.setattr(wall, "visible_to", lambda rows, access: rows.all())
    objects, site = Objects(written), routes()
    guesses = [
        site[name].address(objects.values(name, place))
        for name, line in (STAFF | KEEPING).items()
        if line.get != UNKNOWN_METHOD
        for place in (OWN, BESIDE, ATTACHED, OTHER)
    ]
    seen = crawl(written.people["coordinator"], guesses, follows=False)
    assert not seen.pages_with({CANARIES[BRUME]})
    assert seen.pages_with({PUPIL}) and seen.pages_with({CANARIES[AMBRE]})


def test_without_the_second_wall_that_mutant_is_seen(written: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail: the same request as the worker finds the other's cohort."""
    monkeypatch.setattr(CohortQuerySet, "visible_to", lambda rows, access: rows.all())
    address = f"/pilotage/cohorte/{written.houses[BRUME].cohort.uuid}/"
    before = crawl(written.people["coordinator"], [address], follows=False)
    monkeypatch.setattr(actors, "begin", lambda **kwargs: None)
    monkeypatch.setattr(actors, "current", lambda: actors.WORKER)
    monkeypatch.setattr("kernel.postgresql.base.current", lambda: actors.WORKER)
    after = crawl(written.people["coordinator"], [address], follows=False)
    assert not before.pages_with({CANARIES[BRUME]}) and after.pages_with({CANARIES[BRUME]})


def test_applying_again_changes_nothing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    monkeypatch.setattr(applying, "_run", lambda *statements: ran.extend(statements))
    assert applying.apply() == []
    assert ran == []


def _ids(*houses: Any) -> list[int]:
    return [house.institution.pk for house in houses]


def _attempt(written: Country) -> Attempt:
    from lms.assessments.services.starting import start_attempt

    start_attempt(assessment="placement", locale="fr", owner_id=written.houses[AMBRE].learner.pk)
    return Attempt.objects.get()


def _copied(row: Model) -> dict[str, Any]:
    names = [field.attname for field in row._meta.local_concrete_fields if field.attname not in ("id", "uuid", "token")]
    return {name: getattr(row, name) for name in names}
