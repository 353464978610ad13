"""What is erased is noted without a name, in the same transaction, and the list of it outlives the database."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from kernel import retention
from kernel.erasures import UnreadableList, digest_of, erase_again, read_list, write_list
from kernel.models import Erasure
from lms.accounts.api import User, erase_person
from lms.accounts.models import LegalHold

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path: Path, settings) -> Path:
    settings.ERASED_LIST = tmp_path / "elsewhere" / "erased.jsonl"
    return settings.ERASED_LIST


@pytest.fixture
def person() -> User:
    return User.objects.create_user("lina@demo.example", None, first_name="Lina")


def test_a_person_who_leaves_is_noted_by_a_digest_alone(person: User) -> None:
    erase_person(user=person)
    row = Erasure.objects.get()
    assert (row.kind, row.digest) == ("accounts.user", digest_of("accounts.user", person.uuid))
    assert str(person.uuid) not in f"{row.kind}{row.digest}"


def test_a_person_removed_in_any_other_way_is_noted_too(person: User) -> None:
    User.objects.filter(pk=person.pk).delete()
    assert Erasure.objects.count() == 1


def test_an_erasure_that_is_rolled_back_was_none(person: User) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        erase_person(user=person)
        raise RuntimeError
    assert not Erasure.objects.exists()


def test_the_list_says_what_the_table_says_once(person: User, kept: Path) -> None:
    assert write_list() == 0
    assert kept.read_text() == ""  # there, so that a restore knows that nothing was erased
    erase_person(user=person)
    assert (write_list(), write_list()) == (1, 0)
    assert [line.digest for line in read_list(kept)] == [digest_of("accounts.user", person.uuid)]


def test_a_list_that_knows_more_than_the_table_keeps_it(person: User, kept: Path) -> None:
    erase_person(user=person)
    write_list()
    Erasure.objects.all().delete()  # an old backup was restored by hand
    User.objects.create_user("ilan@demo.example").delete()
    write_list()
    assert len(read_list(kept)) == 2


def test_a_list_that_was_lost_is_written_again_whole(person: User, kept: Path) -> None:
    erase_person(user=person)
    write_list()
    kept.unlink()
    write_list()
    assert len(read_list(kept)) == 1


def test_both_forget_what_no_backup_holds_any_more(person: User, kept: Path) -> None:
    erase_person(user=person)
    write_list()
    moment = Erasure.objects.get().at
    days = timedelta(days=retention.days("erasures"))
    retention.purge(now=moment + days)
    assert (Erasure.objects.count(), len(read_list(kept))) == (1, 1)
    retention.purge(now=moment + days + timedelta(seconds=1))
    assert (Erasure.objects.count(), len(read_list(kept))) == (0, 0)


def test_backups_are_forgotten_before_what_was_erased() -> None:
    assert retention.days("backups") < retention.days("erasures")


def test_a_list_with_a_broken_line_is_refused_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_text('{"kind": "a.b", "digest": "0", "at": "2026-11-21T12:00:00+00:00"}\n{"kind": "a')
    with pytest.raises(UnreadableList, match="list:2:"):
        read_list(path)


def test_whoever_came_back_goes_again_even_under_the_hold_of_that_time(person: User, kept: Path) -> None:
    uuid = person.uuid
    erase_person(user=person)
    write_list()
    back = User.objects.create_user("lina@demo.example", None, uuid=uuid)
    other = User.objects.create_user("ilan@demo.example", None)
    LegalHold.objects.create(user=back, reason="A dispute", placed_by=other, placed_at=AT)
    Erasure.objects.all().delete()
    assert erase_again(read_list(kept)).erased["accounts.user"] == 1
    assert list(User.objects.all()) == [other]
    assert Erasure.objects.count() == 1  # known again here
