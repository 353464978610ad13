"""A university that disappears: everything moves, nothing is lost, the old name leads to the new one."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from kernel.models import AuditEntry, OutboxEvent
from lms.assessments.models import Assignment, Attempt
from lms.cohorts.api import Role, access_of, find_institution, grant_role, grant_sharing, is_sharing, university_of
from lms.cohorts.errors import MergerRefused
from lms.cohorts.institutions.merging import BY_RULE, merge_institution, plan_merger
from lms.cohorts.models import Attachment, Cohort, Enrolment, Institution, Invitation, RoleGrant, Student
from tests.lms.cohorts.country import Country, member
from themes.api import Look


def merge(country: Country, source: str = "ambre", into: str = "brume") -> object:
    houses = country.houses
    return merge_institution(source=houses[source], into=houses[into], actor_id=None, now=country.now)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Cohort, Student, Enrolment, Institution))


def test_everything_moves_and_no_count_changes(country: Country) -> None:
    before = counts()
    merge(country)
    assert counts() == before
    brume = country.houses["brume"]
    assert brume.cohorts.count() == brume.students.count() == 2
    assert not country.houses["ambre"].cohorts.exists() and not country.houses["ambre"].students.exists()
    today = country.now.date()
    assert university_of(country.houses["institut"], today) == brume
    assert university_of(country.houses["institut"], today - timedelta(days=20)) == brume


def test_the_old_name_leads_to_the_new_one(country: Country) -> None:
    merge(country)
    access = access_of(country.coordinator("brume").pk, country.now)
    assert find_institution(access, "ambre") == country.houses["brume"]
    source = Institution.objects.get(key="ambre")
    assert (source.merged_into, source.merged_at) == (country.houses["brume"], country.now)
    assert source not in Institution.objects.standing()


def test_a_coordinator_goes_on_in_the_one_that_takes_over(country: Country) -> None:
    user = country.coordinator("ambre")
    merge(country)
    access = access_of(user.pk, country.now)
    assert access.managed == {country.houses["brume"].pk}
    assert access.coordinates(country.houses["institut"])


def test_of_two_roles_the_one_that_lasts_longer_stands(country: Country) -> None:
    user, soon = member("both"), country.now + timedelta(days=3)
    for house, until in (("ambre", None), ("brume", soon)):
        facts = {"user": user, "role": Role.INSTRUCTOR, "institution": country.houses[house]}
        grant_role(**facts, expires_at=until, now=country.now)  # type: ignore[arg-type]
    merge(country)
    grant = RoleGrant.objects.get(user=user)
    assert (grant.institution, grant.expires_at) == (country.houses["brume"], None)


def test_a_name_taken_there_gets_where_it_comes_from(country: Country) -> None:
    country.cohort("ambre", "Cohorte brume")
    country.cohort("ambre", "Cohorte brume", "2025-2026")
    plan = plan_merger(source=country.houses["ambre"], into=country.houses["brume"])
    assert plan.renamed == ["Cohorte brume"]
    merge(country)
    names = set(country.houses["brume"].cohorts.values_list("academic_year", "name").order_by())
    assert ("2026-2027", "Cohorte brume (Université Ambre)") in names
    assert ("2025-2026", "Cohorte brume") in names


def test_the_same_number_keeps_two_people_apart_and_is_listed(country: Country) -> None:
    for house, number in (("ambre", "2200 12"), ("brume", "0220012"), ("ambre", "77"), ("brume", "77")):
        country.student(house, number)
    plan = plan_merger(source=country.houses["ambre"], into=country.houses["brume"])
    assert sorted(plan.alike) == [("2200 12", "0220012"), ("77", "77")]
    before = Student.objects.count()
    merge(country)
    assert Student.objects.count() == before
    origins = Student.objects.filter(student_number="77").order_by("number_origin")
    assert [student.number_origin for student in origins] == ["", "ambre"]


def test_what_is_shared_and_who_is_invited_follow(country: Country) -> None:
    learner, both = member("learner"), member("shares-twice")
    for user, house in ((learner, "ambre"), (both, "ambre"), (both, "brume")):
        grant_sharing(user=user, institution=country.houses[house], now=country.now)
    for house in ("ambre", "brume"):
        Invitation.objects.create(
            token_digest=house,
            role=Role.INSTRUCTOR,
            institution=country.houses[house],
            email="x@example.org",
            created_at=country.now,
            expires_at=country.now + timedelta(days=1),
        )
    merge(country)
    brume = country.houses["brume"]
    assert all(is_sharing(user_id=user.pk, institution_id=brume.pk) for user in (learner, both))
    assert brume.invitations.count() == 2 and brume.invitations.pending().count() == 1


def test_the_look_goes_where_there_was_none(country: Country, now: object) -> None:
    look = Look.objects.create(key="ambre", name="Ambre")
    Institution.objects.filter(key="ambre").update(look=look)
    merge(country)
    found = {house.key: house.look for house in Institution.objects.all()}
    assert found == {"ambre": None, "brume": look, "institut": None}


def test_each_step_is_told(country: Country) -> None:
    merge(country)
    kinds = sorted(OutboxEvent.objects.order_by("kind").values_list("kind", flat=True))
    assert kinds.count("cohorts.CohortMoved") == 1
    assert kinds.count("cohorts.InstitutionMerged") == 1
    assert kinds.count("cohorts.AttachmentChanged") == 1
    assert AuditEntry.objects.get(action="institution.merged").details["into"] == "brume"


def test_an_institute_joins_its_own_university(country: Country) -> None:
    merge(country, "institut", "ambre")
    assert country.houses["ambre"].students.count() == 2
    row = Attachment.objects.get()
    assert row.end_date == country.now.date()


@pytest.mark.parametrize(("into", "words"), [("ambre", "lui-même"), ("hopital", "université")])
def test_what_cannot_be_merged_is_said(country: Country, into: str, words: str) -> None:
    country.house("hopital", "hospital")
    with pytest.raises(MergerRefused, match=words):
        merge(country, "ambre", into)


def test_a_second_time_is_refused_and_changes_nothing(country: Country) -> None:
    country.house("dune")
    merge(country)
    with pytest.raises(MergerRefused, match="déjà été réuni"):
        merge(country, "ambre", "dune")
    with pytest.raises(MergerRefused, match="lui-même été réuni"):
        merge(country, "dune", "ambre")
    assert country.houses["dune"].students.count() == 1


def test_every_table_that_shows_its_institution_is_moved(country: Country) -> None:
    """A relation that is not hidden moves by itself: prescriptions and attempts, for instance."""
    moved = {relation.related_model for relation in Institution._meta.related_objects}
    assert {Assignment, Attempt, *BY_RULE} <= moved


def test_the_command_says_before_it_does(country: Country) -> None:
    out = StringIO()
    call_command("merge_institution", "ambre", "brume", stdout=out)
    assert "Would move from Université Ambre to Université Brume: 1 cohorts, 1 students" in out.getvalue()
    assert country.houses["ambre"].students.count() == 1
    call_command("merge_institution", "ambre", "brume", "--yes", stdout=out)
    assert country.houses["ambre"].students.count() == 0
    with pytest.raises(CommandError, match="already been merged"):
        call_command("merge_institution", "ambre", "brume", "--yes", stdout=out)
    with pytest.raises(CommandError, match="No institution has the key"):
        call_command("merge_institution", "ambre", "nowhere", stdout=out)
