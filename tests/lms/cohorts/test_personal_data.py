"""The letters that went to a place are those of whoever took it, at an address that nobody else has."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress

from kernel.models import Mail
from lms.accounts.api import User, erase_person, export_person
from lms.cohorts.claiming import services
from lms.cohorts.models import ClaimLetter, Student
from tests.lms.cohorts.country import Country, member

PLACE = "double@univ.example"


@pytest.fixture
def emma(country: Country) -> User:
    """Somebody of a private address, who took the place of another by its number."""
    user = member("emma")
    _student(country, user=user)
    for address in (PLACE, PLACE.upper()):
        Mail.objects.create(to=address, subject="Votre place vous attend", text=f"{address} : le lien")
    return user


def _student(country: Country, **facts: Any) -> Student:
    said = {"first_name": "Emma", "last_name": "Double", "email": PLACE, "created_at": country.now}
    return Student.objects.create(institution=country.houses["ambre"], **said, **facts)


def test_letters_to_a_place_are_in_the_copy_and_go_with_the_account(emma: User) -> None:
    assert [row["to"] for row in export_person(user=emma)["mail"]] == [PLACE, PLACE.upper()]
    erase_person(user=emma)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("whose", ["an account", "an address", "another student"])
def test_letters_to_an_address_that_somebody_else_has_stay_theirs(country: Country, emma: User, whose: str) -> None:
    """Whoever takes a place by its number would otherwise read, or erase, how another signs in."""
    if whose == "another student":
        _student(country, student_number="2")
    else:
        other = User.objects.create_user(PLACE if whose == "an account" else "other@demo.example")
        if whose == "an address":
            EmailAddress.objects.create(user=other, email=PLACE.upper(), verified=False)
    assert export_person(user=emma)["mail"] == []
    erase_person(user=emma)
    assert Mail.objects.filter(to__iexact=PLACE).count() == 2


def test_the_letter_of_a_place_that_waits_is_in_the_copy(country: Country) -> None:
    user = member("lea")
    EmailAddress.objects.create(user=user, email=PLACE, verified=True)
    letter = {"token_digest": services.digest("x"), "written_at": country.now, "expires_at": country.now}
    ClaimLetter.objects.create(student=_student(country), **letter)
    assert len(export_person(user=user)["claiming"]["claim_letters"]) == 1
