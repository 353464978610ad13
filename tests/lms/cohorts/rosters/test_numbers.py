"""A number is one number, whatever a spreadsheet or a person makes of its spaces and of the zeros at its front."""

import pytest

from lms.cohorts.api import Student
from lms.cohorts.models import Enrolment
from lms.cohorts.numbers import bare_number, find_numbered, fuller_number, number_key, plain_number
from lms.cohorts.rosters import services
from tests.lms.cohorts.rosters.making import as_csv, student


def test_writings_of_one_number():
    assert plain_number(" '00 12\u00a034 ") == "001234"
    assert number_key("ab 12") == number_key("AB12") and bare_number("00AB12") == "ab12"
    assert bare_number("000") == "0" and bare_number("") == ""
    assert fuller_number("001234", "1234") == "001234" and fuller_number("1234", "001234") == "001234"
    assert fuller_number("AB1", "ab1") == "AB1" and fuller_number("12 34", "1234") == "1234"


def known(country, number, **more):
    facts = {"first_name": "Ada", "last_name": "Martin1", "created_at": country.now, **more}
    return Student.objects.create(institution=country.houses["ambre"], student_number=number, **facts)


def test_zeros_that_were_lost_are_a_doubt_and_the_full_number_stays(country, send, apply, access):
    row = known(country, "001234")
    roster = send(as_csv([student(1, number="1234", birth="")]))
    (doubt,) = roster.said["doubts"]
    assert "zéros" in doubt["why"] and [one["uuid"] for one in doubt["candidates"]] == [str(row.uuid)]
    services.decide(roster=roster, decisions={2: str(row.uuid)}, access=access, now=country.now)
    roster.refresh_from_db()
    apply(roster)
    row.refresh_from_db()
    assert row.student_number == "001234" and row.email == "ada.1@univ.example"
    assert Enrolment.objects.get(student=row).student_number == "001234"
    again = send(as_csv([student(1, number="1234", birth="")]))
    assert again.counts["same"] == 1 and not again.counts["doubts"]  # the address and the names say who it is


def test_zeros_that_came_back_are_kept(country, send, apply):
    row = known(country, "1234", email="ada.1@univ.example")
    apply(send(as_csv([student(1, number="001234")])))
    row.refresh_from_db()
    assert row.student_number == "001234"


def test_a_number_with_spaces_is_the_one_that_is_known(country, send):
    known(country, "AB 21", email="ada.1@univ.example")
    roster = send(as_csv([student(1, number="ab21")]))
    assert roster.counts["placed"] == 1 and not roster.counts["doubts"]


@pytest.mark.parametrize("typed", ["001234", "1234", "00 12 34", "01234"])
def test_a_number_opens_however_it_is_typed(country, typed):
    row = known(country, "001234")
    assert find_numbered(Student.objects.all(), typed) == row


def test_two_numbers_that_only_zeros_tell_apart_open_only_as_they_are(country):
    one, other = known(country, "01234"), known(country, "1234")
    assert find_numbered(Student.objects.all(), "1234") == other
    assert find_numbered(Student.objects.all(), "01234") == one
    assert find_numbered(Student.objects.all(), "001234") is None
    assert find_numbered(Student.objects.all(), " ") is None
