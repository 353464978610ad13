"""A process is ready before its first answer, and starts even when there is nothing to read."""

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from lms.assessments import warming
from question_bank import api as items

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keep_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own transaction lives on the connection that a starting process would close."""
    monkeypatch.setattr(warming.connections, "close_all", lambda: None)


def test_no_item_is_read_again_afterwards(bank: None) -> None:
    items.forget()
    warming.get_ready()
    release = items.release(items.current_release_id())
    with CaptureQueriesContext(connection) as asked:
        texts = [items.item_content(entry.item_version_id) for entry in release.entries]
    assert len(texts) == len(release.entries) > 0
    assert not asked.captured_queries


def test_the_texts_are_those_read_one_by_one(bank: None) -> None:
    release = items.release(items.current_release_id())
    items.forget()
    one_by_one = {entry.item_version_id: items.item_content(entry.item_version_id) for entry in release.entries}
    items.forget()
    items.read_contents(release)
    assert all(items.item_content(version) == content for version, content in one_by_one.items())


def test_a_house_without_a_bank_starts(caplog: pytest.LogCaptureFixture) -> None:
    items.forget()
    warming.get_ready()
    assert "nothing read in advance" in caplog.text


def test_a_house_without_a_database_starts(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def away() -> int:
        raise DatabaseError("away")

    monkeypatch.setattr(warming.bank, "current_release_id", away)
    warming.get_ready()
    assert "nothing read in advance" in caplog.text
