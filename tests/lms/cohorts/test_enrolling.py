"""Places, sharing, roles: written once, told once; what leaves with a person."""

from datetime import timedelta

import pytest

from kernel.models import OutboxEvent
from lms.accounts.api import erase_person, export_person
from lms.cohorts.api import (
    Role,
    access_of,
    end_enrolment,
    enrol,
    find_enrolment,
    grant_role,
    grant_sharing,
    is_sharing,
    place,
    withdraw_sharing,
)
from lms.cohorts.models import Enrolment, Invitation, RoleGrant, SharingGrant, Student
from tests.lms.cohorts.country import Country, member


def told(kind: str) -> int:
    return OutboxEvent.objects.filter(kind=f"cohorts.{kind}").count()


def test_enrolling_makes_a_student_of_the_account_once(country: Country) -> None:
    user, day, before = member("lina", first_name="Lina"), country.now.date(), told("Enrolled")
    facts = {"user": user, "student_number": "N1", "start_date": day, "now": country.now}
    first = enrol(cohort=country.cohorts["brume"], **facts)  # type: ignore[arg-type]
    assert enrol(cohort=country.cohorts["brume"], **facts) == first  # type: ignore[arg-type]
    second = enrol(cohort=country.cohort("brume", "B2"), **facts)  # type: ignore[arg-type]
    assert first.student == second.student
    assert (first.student.first_name, first.student.user, first.student.claimed_at) == ("Lina", user, country.now)
    assert (first.user, first.student_number) == (user, "N1")
    assert told("Enrolled") == before + 2


def test_an_event_names_student_cohort_and_institution(country: Country) -> None:
    student = country.students["brume"]
    row = OutboxEvent.objects.get(kind="cohorts.Enrolled", aggregate=student.uuid)
    place_of = Enrolment.objects.get(student=student)
    assert row.payload == {
        "enrolment": place_of.pk,
        "cohort": str(country.cohorts["brume"].uuid),
        "institution": str(country.houses["brume"].uuid),
        "user": None,
    }


def test_a_place_ends_and_stays(country: Country) -> None:
    student = country.students["ambre"]
    row = Enrolment.objects.get(student=student)
    for _ in range(2):
        end_enrolment(enrolment=row, end_date=country.now.date(), reason="roster", now=country.now)
    row.refresh_from_db()
    assert (row.end_date, row.end_reason) == (country.now.date(), "roster")
    assert told("EnrolmentEnded") == 1
    day = country.now.date() + timedelta(days=1)
    again = place(student=student, cohort=row.cohort, group="TD 2", start_date=day, now=country.now)
    assert again != row and again.group == "TD 2"
    access = access_of(country.coordinator().pk, country.now)
    assert find_enrolment(access, row.cohort, student.uuid) == again


def test_sharing_is_given_withdrawn_and_given_again(country: Country) -> None:
    user, house = member("lina"), country.houses["ambre"]
    facts = {"user": user, "institution": house, "now": country.now}
    assert grant_sharing(**facts) == grant_sharing(**facts)  # type: ignore[arg-type]
    assert is_sharing(user_id=user.pk, institution_id=house.pk)
    assert not is_sharing(user_id=user.pk, institution_id=country.houses["brume"].pk)
    assert withdraw_sharing(**facts) and not withdraw_sharing(**facts)  # type: ignore[arg-type]
    assert not is_sharing(user_id=user.pk, institution_id=house.pk)
    grant_sharing(**facts)  # type: ignore[arg-type]
    assert SharingGrant.objects.count() == 2
    assert (told("SharingGranted"), told("SharingWithdrawn")) == (2, 1)


def test_granting_again_leaves_what_stands_and_renews_what_ended(country: Country) -> None:
    soon = country.now + timedelta(days=1)
    user = country.person("x", (Role.INSTRUCTOR, "ambre"), expires_at=soon)
    facts = {"user": user, "role": Role.INSTRUCTOR, "institution": country.houses["ambre"]}
    assert grant_role(**facts, now=country.now).expires_at == soon  # type: ignore[arg-type]
    assert grant_role(**facts, now=soon).expires_at is None  # type: ignore[arg-type]
    assert told("RoleGranted") == 2


def test_a_person_takes_everything_and_leaves_nothing(country: Country) -> None:
    user = country.person("lina", (Role.INSTRUCTOR, "ambre"))
    country.student("brume", "CANARY-7", user=user)
    grant_sharing(user=user, institution=country.houses["brume"], now=country.now)
    Invitation.objects.create(
        token_digest="x", role="instructor", email=user.email, created_at=country.now, expires_at=country.now
    )
    share = export_person(user=user)["cohorts"]
    assert share["students"][0]["student_number"] == "CANARY-7"
    assert [len(share[name]) for name in ("students", "enrolments", "roles", "sharing", "invitations")] == [1] * 5
    erase_person(user=user)
    assert not Student.objects.filter(student_number="CANARY-7").exists()
    for model in (Invitation, SharingGrant, RoleGrant):
        assert not model.objects.exists()  # type: ignore[attr-defined]


def test_the_same_number_twice_is_refused_by_the_table(country: Country) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        country.student("ambre", "ambre-1")


def test_people_are_never_snippets() -> None:
    """A snippet is listed, searched and copied in /cms/ by whoever may edit pages."""
    from wagtail.snippets.models import get_snippet_models

    found = [model for model in get_snippet_models() if model._meta.app_label in ("accounts", "cohorts")]
    assert not found
