"""Who sees whom: each model, each role, one's own institution, one attached to it, another."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from kernel.errors import NotFound
from lms.accounts.api import User
from lms.cohorts.api import Role, access_of, find_cohort, find_institution, find_student, grant_role
from lms.cohorts.models import Cohort, Enrolment, Institution, Invitation, RoleGrant, SharingGrant, Student
from tests.lms.cohorts.country import Country, member

# What is seen of each institution ("own", "attached" to it, "other") by whoever holds a role in the first.
ALL = {"ambre", "institut"}
SEEN = {
    Role.COORDINATOR: ALL,
    Role.INSTRUCTOR: ALL,
    Role.LEARNER: set(),
    Role.INVIGILATOR: set(),
    Role.AUTHOR: set(),
    Role.REVIEWER: set(),
    Role.AMBASSADOR: set(),
}


def houses_of(model: type, access: object) -> set[str]:
    path = {"Institution": "key", "Enrolment": "cohort__institution__key"}.get(model.__name__, "institution__key")
    rows = model.objects.visible_to(access)  # type: ignore[attr-defined]
    return set(rows.order_by(path).values_list(path, flat=True))


@pytest.fixture
def filled(country: Country) -> Country:
    """Every model has a row in every institution."""
    for key, house in country.houses.items():
        learner = member(f"learner-{key}")
        facts = {"user": learner, "institution": house}
        SharingGrant.objects.create(**facts, scope="competency_detail", granted_at=country.now)
        RoleGrant.objects.create(**facts, role=Role.LEARNER, granted_at=country.now)
        Invitation.objects.create(
            token_digest=key,
            role=Role.INSTRUCTOR,
            institution=house,
            email="x@example.org",
            created_at=country.now,
            expires_at=country.now,
        )
    return country


@pytest.mark.parametrize("model", [Institution, Cohort, Student, Enrolment, SharingGrant])
@pytest.mark.parametrize("role", list(SEEN))
def test_a_role_shows_its_own_institution_and_those_attached(filled: Country, model: type, role: str) -> None:
    user = filled.person("somebody", (role, "ambre"))
    assert houses_of(model, access_of(user.pk, filled.now)) == SEEN[Role(role)]


@pytest.mark.parametrize("model", [RoleGrant, Invitation])
@pytest.mark.parametrize("role", list(SEEN))
def test_a_team_is_kept_by_its_own_coordinator_alone(filled: Country, model: type, role: str) -> None:
    user = filled.person("somebody", (role, "ambre"))
    expected = {"ambre"} if role == Role.COORDINATOR else set()
    assert houses_of(model, access_of(user.pk, filled.now)) == expected


@pytest.mark.parametrize("model", [Institution, Cohort, Student, Enrolment, SharingGrant, RoleGrant, Invitation])
def test_the_attached_institute_does_not_see_its_university(filled: Country, model: type) -> None:
    user = filled.coordinator("institut")
    assert houses_of(model, access_of(user.pk, filled.now)) == {"institut"}


@pytest.mark.parametrize("model", [Institution, Cohort, Student, Enrolment, SharingGrant])
def test_neither_the_pilot_nor_an_administrator_sees_people(filled: Country, model: type) -> None:
    pilot = filled.person("pilot", (Role.PILOT, None))
    admin = member("admin", is_superuser=True)
    assert access_of(pilot.pk, filled.now).is_pilot
    assert access_of(admin.pk, filled.now).is_platform_staff
    for user in (pilot, admin):
        assert houses_of(model, access_of(user.pk, filled.now)) == set()


def test_an_administrator_keeps_every_institution_and_team(filled: Country) -> None:
    access = access_of(member("admin", is_superuser=True).pk, filled.now)
    assert Institution.objects.managed_by(access).count() == 3
    assert houses_of(RoleGrant, access) == set(filled.houses)


def test_two_roles_add_up(filled: Country) -> None:
    user = filled.person("two", (Role.COORDINATOR, "ambre"), (Role.INSTRUCTOR, "brume"))
    access = access_of(user.pk, filled.now)
    assert houses_of(Student, access) == {"ambre", "institut", "brume"}
    assert access.coordinates(filled.houses["ambre"]) and not access.coordinates(filled.houses["brume"])
    assert access.manages(filled.houses["ambre"]) and not access.manages(filled.houses["institut"])
    assert access.may_see_names(filled.houses["brume"])


@pytest.mark.parametrize(
    ("days", "until", "is_seen"), [(0, None, True), (1, None, False), (-9, 1, True), (-9, 0, False)]
)
def test_an_attachment_counts_from_its_first_day_to_the_eve_of_its_last(
    country: Country, days: int, until: int | None, is_seen: bool
) -> None:
    country.house("hopital", "hospital")
    country.attach("hopital", "brume", days=days, until=until)
    access = access_of(country.coordinator("brume").pk, country.now)
    assert ("hopital" in houses_of(Student, access)) == is_seen


@pytest.mark.parametrize(("delay", "is_held"), [(timedelta(seconds=1), True), (timedelta(0), False)])
def test_a_role_ends_at_its_moment(country: Country, delay: timedelta, is_held: bool) -> None:
    user = country.person("gone", (Role.COORDINATOR, "ambre"), expires_at=country.now + delay)
    assert access_of(user.pk, country.now).is_framing == is_held


def test_an_instructor_of_one_cohort_sees_that_one(country: Country) -> None:
    other = country.cohort("ambre", "Autre")
    country.student("ambre", "ambre-2", cohort=other)
    user = member("narrow")
    grant_role(user=user, role=Role.INSTRUCTOR, institution=country.houses["ambre"], cohort=other, now=country.now)
    access = access_of(user.pk, country.now)
    assert [cohort.name for cohort in Cohort.objects.visible_to(access)] == ["Autre"]
    assert [student.student_number for student in Student.objects.visible_to(access)] == ["ambre-2"]
    assert Enrolment.objects.visible_to(access).count() == 1
    assert houses_of(Institution, access) == {"ambre"}
    assert access.may_see_cohort(other) and not access.may_see_cohort(country.cohorts["ambre"])
    assert not access.may_see_names(country.houses["ambre"])


def test_finding_is_refused_like_what_does_not_exist(country: Country) -> None:
    access = access_of(country.coordinator().pk, country.now)
    assert find_cohort(access, country.cohorts["institut"].uuid) == country.cohorts["institut"]
    assert find_student(access, str(country.students["ambre"].uuid)) == country.students["ambre"]
    assert find_institution(access, "ambre") == country.houses["ambre"]
    sentences = set()
    for search in (
        lambda: find_cohort(access, country.cohorts["brume"].uuid),
        lambda: find_cohort(access, uuid4()),
        lambda: find_student(access, country.students["brume"].uuid),
        lambda: find_student(access, "not-a-uuid"),
        lambda: find_institution(access, "brume"),
        lambda: find_institution(access, "nowhere"),
    ):
        with pytest.raises(NotFound) as refusal:
            search()
        sentences.add(str(refusal.value))
    assert len(sentences) == 1


def test_a_taken_over_institution_leads_to_its_successor(country: Country) -> None:
    country.houses["brume"].merged_into = country.houses["ambre"]
    country.houses["brume"].save()
    access = access_of(country.coordinator().pk, country.now)
    assert find_institution(access, "brume") == country.houses["ambre"]


def test_nobody_costs_no_query_and_somebody_three(country: Country, django_assert_num_queries: object) -> None:
    user: User = country.coordinator()
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert not access_of(None, country.now).is_framing
    with django_assert_num_queries(3):  # type: ignore[operator]
        access_of(user.pk, country.now)


def test_time_is_that_of_paris_for_attachments(country: Country) -> None:
    """At 23:30 in London on the eve, it is already the day in Paris."""
    eve = datetime.fromisoformat("2026-10-20T22:30:00+00:00")
    country.house("clinique", "hospital")
    country.attach("clinique", "brume", days=1)
    access = access_of(country.coordinator("brume").pk, eve)
    assert "clinique" in houses_of(Student, access)
