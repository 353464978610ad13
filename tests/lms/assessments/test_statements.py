"""What an answer costs the database: few statements and one commit, through every door (./bench answers).

At most six are wanted. PostgreSQL is sent three: who asks, the attempt under its lock, all that is written. SQLite has
five: with it nothing is exchanged.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kernel.models import Job, insert_rows, update_row, write_rows
from lms.assessments import selectors
from lms.assessments.models import Attempt
from question_bank import api as bank
from tests.lms.assessments.reading import Reader, hidden_of
from tests.lms.assessments.taking import Taker

pytestmark = pytest.mark.django_db(transaction=True)
MOST = {"postgresql": 3, "sqlite": 5}
MOST_OF_A_PAGE = 2  # who asks, the attempt
AROUND = ("BEGIN", "COMMIT")


class Sent(CaptureQueriesContext):
    """The statements sent while the block lasts."""

    @property
    def texts(self) -> list[str]:
        return [query["sql"] for query in self.captured_queries if not query["sql"].startswith(AROUND)]

    @property
    def commits(self) -> int:
        return sum(query["sql"].startswith("COMMIT") for query in self.captured_queries)


def warm() -> None:
    """Read what a process reads once: the release, its items, their prices."""
    release = bank.release(bank.current_release_id())
    bank.exposure_prices(release)
    for entry in release.entries:
        bank.item_content(entry.item_version_id)


@pytest.fixture(params=[False, True], ids=["anonymous", "signed in"])
def enter(request: pytest.FixtureRequest, bank: None) -> Iterator[Callable[[Any], Any]]:
    """Return what signs somebody in, or does not."""

    def entered(someone: Any) -> Any:
        if request.param:
            person = get_user_model().objects.create_user("someone@example.org", None)
            someone.client.force_login(person)
        return someone

    return entered


def usual(sent: Sent) -> list[str]:
    """Return the statements but the reading of gestures: one for a simulation answered, one for one that comes next."""
    found = [text for text in sent.texts if "assessments_itemaction" not in text]
    assert len(sent.texts) - len(found) <= 2, sent.texts
    return found


def test_a_gesture_is_one_insert_and_one_commit(enter: Callable[[Any], Any]) -> None:
    taker = enter(Taker()).start()
    if taker.item["interaction"] != "simulation":
        taker.meet("simulation")
    reader = Reader(client=taker.client, address=f"/evaluation/s/{taker.token}/")
    reader.look()
    warm()
    with Sent(connection) as sent:
        reader.act()
    writes = [text for text in sent.texts if not text.startswith("SELECT")]
    assert [text.split(" (")[0] for text in writes] == ['INSERT INTO "assessments_itemaction"']
    assert sent.commits == 1


def test_an_answer_of_a_program_is_few_statements_and_one_commit(enter: Callable[[Any], Any]) -> None:
    taker = enter(Taker()).start()
    warm()
    for _ in range(8):  # pretest items and every kind of answer on the way
        with Sent(connection) as sent:
            taker.answer()
        assert len(usual(sent)) <= MOST[connection.vendor], sent.texts
        assert sent.commits == 1


def test_an_answer_on_a_page_is_few_statements_and_one_commit(enter: Callable[[Any], Any]) -> None:
    reader = enter(Reader()).begin()
    warm()
    for _ in range(4):
        fields = reader.fields()
        with Sent(connection) as sent:
            answered = reader.send(fields)
        assert answered.status_code == 303
        assert len(usual(sent)) <= MOST[connection.vendor], sent.texts
        assert sent.commits == 1
        reader.hidden = hidden_of(reader.client.get(answered["Location"]))


def test_the_page_behind_the_redirect_only_reads(enter: Callable[[Any], Any]) -> None:
    reader = enter(Reader()).begin()
    warm()
    with Sent(connection) as sent:
        reader.look()
    assert len(usual(sent)) <= MOST_OF_A_PAGE, sent.texts
    assert all(text.startswith("SELECT") for text in sent.texts)


def test_the_last_answer_costs_no_more_for_a_longer_attempt(bank: None) -> None:
    counts = []
    for assessment in ("citizen", "placement"):
        taker = Taker().start(assessment)
        warm()
        while "item" in taker.body:
            with Sent(connection) as sent:
                taker.answer()
        counts.append((len(usual(sent)), sent.commits))
    assert counts[0] == counts[1]
    assert counts[0][1] == 1


def test_an_attempt_read_at_once_is_the_one_that_is_kept(taker: Taker) -> None:
    taker.answer()
    kept = Attempt.objects.select_related("assessment").get(token=taker.token)
    with transaction.atomic():
        locked, _ = selectors.lock_attempt(token=taker.token, viewer_id=None)
    for found in (selectors.attempt(token=taker.token, viewer_id=None), locked):
        for row, same in ((found, kept), (found.assessment, kept.assessment)):
            names = [field.attname for field in same._meta.local_concrete_fields]
            assert [(name, type(getattr(row, name)), getattr(row, name)) for name in names] == [
                (name, type(getattr(same, name)), getattr(same, name)) for name in names
            ]


def test_a_row_written_at_once_is_as_save_would_have_it(db: None) -> None:
    values = {"kind": "test", "payload": {"é": ["’", None]}, "progress": 3}
    insert_rows(Job(**values))
    Job(**values).save(force_insert=True)
    ours, djangos = Job.objects.order_by("pk")
    for name in ("kind", "payload", "progress", "state", "error", "attempts", "owner"):
        assert getattr(ours, name) == getattr(djangos, name)
    ours.progress, ours.error = 50, "not written"
    update_row(ours, "progress")
    ours.refresh_from_db()
    assert (ours.progress, ours.error) == (50, "")
    Job.objects.filter(pk=ours.pk).delete()
    with pytest.raises(DatabaseError, match="is gone"):
        update_row(ours, "progress")


def test_rows_written_together_are_those_written_apart(db: None) -> None:
    """One statement on PostgreSQL, one each on SQLite; whichever row is gone, none is written."""
    ours, gone = Job.objects.create(kind="changed"), Job.objects.create(kind="gone")
    ours.progress, ours.error = 50, "not written"
    with CaptureQueriesContext(connection) as sent:
        write_rows(Job(kind="first"), Job(kind="second"), changed=ours, names=("progress",))
    assert len(sent) == (1 if connection.vendor == "postgresql" else 3)
    assert list(Job.objects.order_by("kind").values_list("kind", "progress", "error")) == [
        ("changed", 50, ""), ("first", 0, ""), ("gone", 0, ""), ("second", 0, ""),
    ]  # fmt: skip
    Job.objects.filter(pk=gone.pk).delete()
    with pytest.raises(DatabaseError, match="is gone"), transaction.atomic():
        write_rows(Job(kind="third"), changed=gone, names=("progress",))
    assert not Job.objects.filter(kind="third").exists()
