"""An account that nobody uses ends: told first, thirty days later, and only if its person did not come back."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from kernel import mail
from kernel.models import Mail
from lms.accounts.api import User, register_presence
from lms.accounts.inactivity import ending, presence
from lms.accounts.models import InactivityNotice, LegalHold
from lms.cohorts.api import Role, end_enrolment
from tests.lms.cohorts.country import Country, member

DAY = timedelta(days=1)
Quiet = Callable[..., User]


@pytest.fixture
def quiet(db: None, now: datetime) -> Quiet:
    """Somebody who did nothing for that many days."""

    def quiet(name: str, days: int = 701, **more: object) -> User:
        then = now - days * DAY
        user = member(name, **more)
        User.objects.filter(pk=user.pk).update(date_joined=then - DAY, last_login=then)
        user.refresh_from_db()
        return user

    return quiet


def day(now: datetime, *, is_sent: bool = True) -> None:
    """What the worker does in a day."""
    ending.end(now=now)
    ending.tell(now=now)
    if is_sent:
        mail.send_due(now=now)


def is_here(user: User) -> bool:
    return User.objects.filter(pk=user.pk).exists()


def test_a_quiet_account_is_told_then_erased(quiet: Quiet, now: datetime) -> None:
    user, recent = quiet("lina"), quiet("zoe", 699)
    day(now)
    letter = Mail.objects.get()
    assert (letter.to, "effacé" in letter.subject, "19 novembre 2026" in letter.text) == (user.email, True, True)
    for later in (1, 15, 29):
        day(now + later * DAY)
    assert is_here(user) and Mail.objects.filter(to=user.email).count() == 1
    day(now + 30 * DAY)
    assert (is_here(user), is_here(recent)) == (False, True)
    assert not Mail.objects.filter(to=user.email).exists()  # the letter too


def test_the_letter_speaks_their_language(quiet: Quiet, now: datetime) -> None:
    quiet("lina", language="en")
    day(now)
    assert "19 November 2026" in Mail.objects.get().text
    assert "/en/compte/garder/" in Mail.objects.get().text


def test_a_letter_that_did_not_leave_ends_nothing_and_is_written_again(quiet: Quiet, now: datetime) -> None:
    user = quiet("lina")
    day(now, is_sent=False)
    for later in (30, 31):
        day(now + later * DAY, is_sent=False)
    assert is_here(user)
    assert Mail.objects.count() == 2  # one more, thirty days after the first
    mail.send_due(now=now + 31 * DAY)
    for later in (32, 60):
        day(now + later * DAY)
    assert is_here(user)
    day(now + 62 * DAY)
    assert not is_here(user)


def test_mutant_without_the_sending_whoever_was_not_told_is_erased(
    quiet: Quiet, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = quiet("lina")
    monkeypatch.setattr(ending, "_sent_at", lambda mail: now)
    day(now, is_sent=False)
    day(now + 31 * DAY, is_sent=False)
    assert not is_here(user)


def _come_back(user: User, now: datetime) -> None:
    day(now)
    User.objects.filter(pk=user.pk).update(last_login=now + 20 * DAY)
    day(now + 31 * DAY)


def test_signing_in_meanwhile_keeps_the_account(quiet: Quiet, now: datetime) -> None:
    user = quiet("lina")
    _come_back(user, now)
    assert is_here(user) and not InactivityNotice.objects.exists()
    day(now + 20 * DAY + 699 * DAY)
    assert Mail.objects.filter(to=user.email).count() == 1
    day(now + 20 * DAY + 701 * DAY)
    assert Mail.objects.filter(to=user.email).count() == 2


def test_mutant_without_a_second_look_whoever_came_back_is_erased(
    quiet: Quiet, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = quiet("lina")
    real = ending.still_here

    def once(ids: list[int], since: datetime) -> set[int]:
        return set() if InactivityNotice.objects.exists() else real(ids, since)

    monkeypatch.setattr(ending, "still_here", once)
    _come_back(user, now)
    assert not is_here(user)


def test_an_answer_or_a_step_keeps_the_account(quiet: Quiet, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    user, other = quiet("lina"), quiet("zoe")
    monkeypatch.setattr(presence, "_presences", [])
    register_presence(lambda ids, since: {user.pk} if since <= now - 600 * DAY else set())
    day(now)
    assert [letter.to for letter in Mail.objects.all()] == [other.email]


def test_every_room_says_who_is_here() -> None:
    rooms = {one.__module__ for one in presence._presences}
    assert rooms == {"lms.cohorts.presence", "lms.assessments.presence", "lms.learning.presence"}


def _hold(user: User, now: datetime) -> None:
    day(now)
    LegalHold.objects.create(user=user, reason="A dispute", placed_at=now + DAY)
    day(now + 31 * DAY)


def test_a_hold_keeps_the_account_and_a_new_letter_follows_its_end(quiet: Quiet, now: datetime) -> None:
    user = quiet("lina")
    _hold(user, now)
    day(now + 60 * DAY)
    assert is_here(user) and Mail.objects.filter(to=user.email).count() == 1
    LegalHold.objects.update(lifted_at=now + 61 * DAY)
    day(now + 61 * DAY)
    assert is_here(user) and Mail.objects.filter(to=user.email).count() == 2


def test_mutant_a_hold_that_nobody_looks_at(quiet: Quiet, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    user = quiet("lina")
    monkeypatch.setattr(presence, "_known_here", lambda ids, since: set())
    monkeypatch.setattr("lms.accounts.services.ensure_not_on_hold", lambda user_id: None)
    _hold(user, now)
    assert not is_here(user)


@pytest.mark.parametrize("more", [{"is_staff": True}, {"is_superuser": True}])
def test_who_runs_the_platform_stays(quiet: Quiet, now: datetime, more: dict[str, bool]) -> None:
    quiet("lina", **more)
    day(now)
    assert not Mail.objects.exists()


def test_a_place_or_a_role_that_stands_keeps_the_account(quiet: Quiet, now: datetime) -> None:
    country = Country.built(now)
    learner, staff, former = quiet("lina"), quiet("claire"), quiet("paul")
    country.student("ambre", "lina-2", user=learner)
    country.person("claire", (Role.COORDINATOR, "ambre"))
    country.person("paul", (Role.INSTRUCTOR, "ambre"), expires_at=now - 701 * DAY)
    day(now)
    assert [letter.to for letter in Mail.objects.all()] == [former.email]
    assert is_here(staff)
    enrolment = learner.enrolments.get()
    end_enrolment(enrolment=enrolment, end_date=(now - 701 * DAY).date(), reason="left", now=now)
    learner.students.update(claimed_at=None)
    day(now + DAY)
    assert Mail.objects.filter(to=learner.email).count() == 1


# A worker that dies, or two of them


def _die_at_the_second(quiet: Quiet, now: datetime, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Three people; the worker dies in the middle of the second one's letter, then another runs; return the letters."""
    people = [quiet(name) for name in ("lina", "max", "zoe")]
    with monkeypatch.context() as patch:
        real = ending.InactivityNotice.objects.update_or_create

        def dying(**facts: object) -> object:
            if facts["user"] == people[1]:
                raise KeyboardInterrupt
            return real(**facts)

        patch.setattr(ending.InactivityNotice.objects, "update_or_create", dying)
        with pytest.raises(KeyboardInterrupt):
            ending.tell(now=now)
    ending.tell(now=now + DAY)
    return [Mail.objects.filter(to=one.email).count() for one in people]


@pytest.mark.django_db
def test_a_worker_killed_in_the_middle_writes_to_each_once(
    quiet: Quiet, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _die_at_the_second(quiet, now, monkeypatch) == [1, 1, 1]


def test_mutant_a_letter_apart_from_its_row_is_written_twice(
    quiet: Quiet, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "_tell", ending._tell.__wrapped__)
    monkeypatch.setattr(User.objects, "select_for_update", lambda **options: User.objects.all())
    assert _die_at_the_second(quiet, now, monkeypatch) == [1, 2, 1]


def test_a_worker_killed_while_erasing_leaves_whole_people(
    quiet: Quiet, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [quiet(name) for name in ("lina", "max", "zoe")]
    day(now)
    later = now + 31 * DAY
    with monkeypatch.context() as patch:
        real = ending.erase_person

        def dying(*, user: User) -> None:
            real(user=user)
            if user.email == people[1].email or user.pk == people[1].pk:
                raise KeyboardInterrupt

        patch.setattr(ending, "erase_person", dying)
        with pytest.raises(KeyboardInterrupt):
            ending.end(now=later)
    assert [is_here(one) for one in people] == [False, True, True]
    assert InactivityNotice.objects.count() == 2
    assert ending.end(now=later) == 2
    assert not any(is_here(one) for one in people)


def test_one_person_who_cannot_be_erased_does_not_hold_up_the_others(
    quiet: Quiet, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import IntegrityError

    people = [quiet(name) for name in ("lina", "max")]
    day(now)
    real = ending.erase_person

    def refusing(*, user: User) -> None:
        if user.pk == people[0].pk:
            raise IntegrityError("something holds")
        real(user=user)

    monkeypatch.setattr(ending, "erase_person", refusing)
    assert ending.end(now=now + 31 * DAY) == 1
    assert [is_here(one) for one in people] == [True, False]


# The link of the letter


def address_in(letter: Mail) -> str:
    found = re.search(r"https?://[^/]+(\S*/garder/\S+)", letter.text)
    assert found
    return found[1]


def test_the_link_keeps_the_account_once_asked(quiet: Quiet, now: datetime, client: Client) -> None:
    user = quiet("lina")
    day(now)
    address = address_in(Mail.objects.get())
    page = client.get(address)
    assert (page.status_code, "Garder mon compte" in page.content.decode()) == (200, True)
    assert InactivityNotice.objects.get().kept_at is None  # asking changes nothing
    assert "Votre compte est gardé" in client.post(address).content.decode()
    InactivityNotice.objects.update(kept_at=now + DAY)
    day(now + 60 * DAY)
    assert is_here(user) and Mail.objects.filter(to=user.email).count() == 1
    day(now + 710 * DAY)
    assert Mail.objects.filter(to=user.email).count() == 2  # two years later, told again
    day(now + 742 * DAY)
    assert not is_here(user)


def test_a_link_opens_nothing_else(quiet: Quiet, now: datetime, client: Client) -> None:
    user = quiet("lina")
    assert client.get("/compte/garder/12:abc/").status_code == 404
    day(now)
    address = address_in(Mail.objects.get())
    user.delete()
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
