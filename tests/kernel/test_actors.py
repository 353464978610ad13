"""Who acts: said by a request, told to the server when it must be and no sooner, forgotten with the request."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import DatabaseError, connection, connections, transaction

from kernel import actors
from kernel.actors import NOBODY, WORKER, Actor, Rank

ASKED = "SELECT " + ", ".join(f"current_setting('socle.{name}', true)" for name in ("actor", "user", "institutions"))


@pytest.fixture
def in_request() -> Iterator[None]:
    actors.begin()
    yield
    actors.end()


@pytest.mark.django_db
def test_a_request_begins_as_nobody_and_leaves_nothing() -> None:
    assert actors.current() == WORKER  # the suite's own code
    request_started.send(sender=None, environ={})
    assert actors.current() == NOBODY
    actors.recognise(7)
    actors.frame([3, 2], Rank.PILOT)
    assert actors.current() == Actor(Rank.PILOT, 7, frozenset({2, 3}))
    assert actors.current().settings == ("pilot", "7", "{2,3}")
    request_finished.send(sender=None)
    assert actors.current() == WORKER


def test_outside_a_request_nobody_is_recognised() -> None:
    actors.recognise(7)
    actors.frame([3])
    assert actors.current() == WORKER


def test_nobody_frames_nothing(in_request: None) -> None:
    actors.frame([3], Rank.PLATFORM)
    assert actors.current() == NOBODY
    actors.recognise(7)
    actors.recognise(None)
    assert actors.current() == NOBODY


def test_the_platform_is_acted_for_only_as_long_as_it_is_needed(in_request: None) -> None:
    actors.recognise(7)
    with pytest.raises(ZeroDivisionError), actors.as_worker():
        assert actors.current() == WORKER
        actors.recognise(8)  # somebody recognised meanwhile is still there after
        1 / 0  # noqa: B018
    assert actors.current() == Actor(Rank.PERSON, 8)


def test_each_thread_has_its_own(in_request: None) -> None:
    actors.recognise(7)
    seen: list[Actor] = []
    thread = threading.Thread(target=lambda: seen.append(actors.current()))
    thread.start()
    thread.join()
    assert seen == [WORKER]  # that of the process


@pytest.fixture
def pooled(database: Any) -> Iterator[Any]:
    """A wrapper whose pool has one connection: what one request leaves in it, the next one gets."""
    wrapper: Any = connection.copy(alias="one")
    wrapper.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1}
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def asked(wrapper: Any) -> tuple[int, tuple[str, ...]]:
    """Return the server's process, and what it believes."""
    with wrapper.cursor() as cursor:
        cursor.execute(f"{ASKED}, pg_backend_pid()")
        *told, process = cursor.fetchone()
    return process, tuple(told)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
class TestToldToTheServer:
    @pytest.fixture(autouse=True)
    def told(self, monkeypatch: pytest.MonkeyPatch) -> list[Actor]:
        """Every telling: a statement more."""
        from kernel.postgresql import base

        tellings: list[Actor] = []
        usual = base.DatabaseWrapper.tell

        def tell(wrapper: Any, actor: Actor) -> None:
            tellings.append(actor)
            usual(wrapper, actor)

        monkeypatch.setattr(base.DatabaseWrapper, "tell", tell)
        return tellings

    def test_a_connection_taken_again_knows_nobody(self, pooled: Any, told: list[Actor]) -> None:
        actors.begin()
        actors.recognise(7)
        actors.frame([3])
        first, believed = asked(pooled)
        assert believed == ("person", "7", "{3}")
        asked(pooled)
        assert len(told) == 1
        actors.end()
        pooled.close()  # what the end of a request does
        actors.begin()
        second, believed = asked(pooled)
        actors.end()
        assert (second, believed) == (first, ("", "", ""))
        assert len(told) == 1, "to nobody nothing is told"

    def test_a_person_is_forgotten_when_somebody_else_takes_the_connection(
        self, pooled: Any, told: list[Actor]
    ) -> None:
        """Whoever comes back costs nothing; the next one, or nobody, is told before anything is read."""
        for user_id, believed in ((7, "person"), (7, "person"), (8, "person"), (None, "anonymous")):
            actors.begin()
            actors.recognise(user_id)
            assert asked(pooled)[1] == (believed, str(user_id or ""), "{}")
            actors.end()
            pooled.close()
        assert told == [Actor(Rank.PERSON, 7), Actor(Rank.PERSON, 8), NOBODY]

    def test_whoever_sees_others_is_never_left_on_a_connection(self, pooled: Any) -> None:
        taken = pooled
        for lift in (lambda: actors.frame([3]), lambda: actors.frame([], Rank.PILOT), actors.as_worker().__enter__):
            actors.begin()
            actors.recognise(7)
            lift()
            assert asked(taken)[1] != ("person", "7", "{}")
            bare = taken.connection
            actors.end()
            taken.close()
            assert not any(bare.execute(ASKED).fetchone())

    def test_a_row_tells_whose_it_is_as_it_is_read(self, pooled: Any, told: list[Actor]) -> None:
        actors.begin()
        row = "FROM (SELECT 7 AS id, 'seven' AS name) AS person WHERE name = %s"
        assert pooled.read_telling("person.name", row, "person.id", ["nobody"]) is None
        assert pooled.told == NOBODY
        assert pooled.read_telling("person.name", row, "person.id", ["seven"]) == ("seven",)
        actors.recognise(7)
        assert asked(pooled)[1] == ("person", "7", "{}")
        actors.end()
        pooled.close()
        assert told == []

    def test_a_row_of_nobody_tells_nobody(self, pooled: Any) -> None:
        """A session that nobody signed in to, on a connection that somebody left."""
        actors.begin()
        actors.recognise(7)
        asked(pooled)
        actors.recognise(None)
        row = "FROM (SELECT NULL::integer AS id, 'none' AS name) AS person WHERE name = %s"
        assert pooled.read_telling("person.name", row, "person.id", ["none"]) == ("none",)
        with pooled.connection.cursor() as bare:
            assert bare.execute(ASKED).fetchone() == ("anonymous", "", "{}")
        actors.end()

    def test_a_row_read_in_a_transaction_tells_for_as_long(self, pooled: Any) -> None:
        actors.begin()
        pooled.ensure_connection()
        pooled.set_autocommit(False)
        pooled.read_telling("id", "FROM (SELECT 7 AS id) AS person WHERE id = %s", "person.id", [7])
        actors.recognise(7)
        assert asked(pooled)[1] == ("person", "7", "{}")
        pooled.rollback()
        pooled.set_autocommit(True)
        with pooled.connection.cursor() as bare:
            assert not any(bare.execute(ASKED).fetchone())
        assert asked(pooled)[1] == ("person", "7", "{}")
        actors.end()

    def test_a_reading_that_fails_leaves_nothing_believed(self, pooled: Any) -> None:
        actors.begin()
        with pytest.raises(DatabaseError, match="division"):
            pooled.read_telling("1/0", "FROM (SELECT 7 AS id) AS person WHERE id = %s", "person.id", [7])
        assert asked(pooled)[1] == ("anonymous", "", "{}")
        actors.end()

    def test_a_request_that_died_in_a_transaction_leaves_nothing(self, pooled: Any) -> None:
        actors.begin()
        actors.recognise(7)
        first, _ = asked(pooled)
        pooled.set_autocommit(False)
        asked(pooled)
        with pytest.raises(DatabaseError, match="division"):
            pooled.cursor().execute("SELECT 1/0")
        actors.end()
        pooled.close()
        actors.begin()
        second, believed = asked(pooled)
        actors.end()
        assert (second, believed) == (first, ("anonymous", "", "{}"))

    def test_what_is_told_in_a_transaction_ends_with_it(self, pooled: Any, told: list[Actor]) -> None:
        """An answer: one telling, and nothing to forget when its connection goes back."""
        actors.begin()
        actors.recognise(7)
        pooled.set_autocommit(False)
        first, believed = asked(pooled)
        assert believed[:2] == ("person", "7")
        pooled.commit()
        pooled.set_autocommit(True)
        assert (told, pooled.lasting) == ([Actor(Rank.PERSON, 7)], NOBODY)
        with pooled.connection.cursor() as bare:  # beside the wrapper: what the server believes by itself
            assert not any(bare.execute(ASKED).fetchone())
        assert asked(pooled)[1][:2] == ("person", "7")
        actors.end()
        pooled.close()
        actors.begin()
        second, believed = asked(pooled)
        actors.end()
        assert (second, believed) == (first, ("anonymous", "", "{}"))

    def test_what_was_told_before_a_transaction_is_believed_after_it(self, in_request: None, told: list[Actor]) -> None:
        actors.recognise(7)
        asked(connection)
        for _ in range(2):
            with transaction.atomic():
                with actors.as_worker():
                    assert asked(connection)[1][0] == "worker"
                assert asked(connection)[1][:2] == ("person", "7")
            assert asked(connection)[1][:2] == ("person", "7")
        assert [actor.rank for actor in told] == ["person", "worker", "person", "worker", "person"]

    def test_without_a_pool_the_next_request_is_told(self, told: list[Actor], in_request: None) -> None:
        """A wrapper that keeps its connection: what it believes is compared each time."""
        actors.recognise(7)
        assert asked(connection)[1][:2] == ("person", "7")
        actors.recognise(None)
        assert asked(connection)[1] == ("anonymous", "", "{}")

    @pytest.mark.parametrize("is_inner", [False, True], ids=["the transaction", "a savepoint"])
    def test_what_a_rollback_undoes_is_told_again(self, is_inner: bool, in_request: None) -> None:
        """PostgreSQL takes a setting back with the transaction that made it: from worker to person, that would open."""
        with actors.as_worker():
            assert asked(connection)[1][0] == "worker"
        outer: Any = transaction.atomic() if is_inner else None
        if outer:
            outer.__enter__()
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            actors.recognise(7)
            assert asked(connection)[1][0] == "person"
            raise ZeroDivisionError
        assert asked(connection)[1][:2] == ("person", "7")
        if outer:
            outer.__exit__(None, None, None)

    def test_a_failed_transaction_can_still_end_after_the_actor_changed(self, in_request: None) -> None:
        failing = pytest.raises(DatabaseError, match="division")
        with failing, transaction.atomic(), transaction.atomic(), actors.as_worker():
            connection.cursor().execute("SELECT 1/0")
        assert asked(connection)[1][0] in ("anonymous", "")  # which are the same: nobody

    def test_a_commit_refused_by_a_constraint_is_a_rollback(self, in_request: None) -> None:
        from django.db import IntegrityError

        from lms.accounts.models import Consent

        actors.recognise(7)
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.create(user_id=7, purpose="x", text_version="1", given_at="2026-01-01T00:00:00Z")
        assert asked(connection)[1][:2] == ("person", "7")

    def test_the_engine_is_ours(self) -> None:
        assert type(connections["default"]).__module__ == "kernel.postgresql.base"
