"""Processes killed with SIGKILL while twelve people answer over HTTP: no answer is lost, doubled or skipped.

What it cannot show: a missing fsync. A killed process leaves what it wrote to the system; only a machine that loses its
power would lose it. What it does show, see the mutants: an acknowledgement before the commit, and
`synchronous_commit=off`, whose last answers are still in the memory of the processes that are killed.
"""

import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest

from tests.lms.assessments.crash import Crowd, HttpTaker, Told, Web, load
from tests.lms.assessments.taking import ATTEMPTS
from tests.servers import PostgreSQL
from tests.servers.templates import TEMPLATE, postgresql_template, sqlite_template

ROWS = """SELECT a.token, r.key, r.position, a.position - (CASE WHEN a.state = 'finished' THEN 0 ELSE 1 END)
    FROM assessments_response r JOIN assessments_attempt a ON a.id = r.attempt_id ORDER BY a.id, r.position"""
EVENTS = "SELECT count(*) FROM kernel_outboxevent WHERE kind = 'assessments.ItemAnswered'"
Kept = tuple[list[tuple[Any, ...]], int]


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    """A PostgreSQL set as in production, whose template has the bank."""
    with TemporaryDirectory(prefix="socle-crash-") as folder:
        Path(folder).chmod(0o755)  # PostgreSQL runs as somebody else
        server = PostgreSQL(Path(folder) / "server", is_durable=True)
        server.create(template=postgresql_template())
        server.start()
        load(server.url(TEMPLATE))
        yield server
        server.remove()


@pytest.fixture
def url(server: PostgreSQL, request: pytest.FixtureRequest) -> str:
    """The address of a database of its own in the server."""
    name = f"crash_{request.node.name[-30:]}"
    server.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    return server.url(name)


@contextmanager
def served(url: str, application: str = "lms.wsgi") -> Iterator[Web]:
    """Web processes on a database."""
    web = Web(url, application)
    try:
        yield web
    finally:
        web.stop()


def kept_by_postgresql(url: str) -> Kept:
    """Return the answers of the database, and how many events tell of one."""
    with psycopg.connect(url) as connection:
        return connection.execute(ROWS).fetchall(), connection.execute(EVENTS).fetchone()[0]


def kept_by_sqlite(path: Path) -> Kept:
    """Return the same from a file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(ROWS).fetchall(), connection.execute(EVENTS).fetchone()[0]


def faults(told: list[Told], kept: Kept) -> list[str]:
    """Return what is lost, doubled, skipped or there without having been sent."""
    rows, events = kept
    acknowledged, found = Counter((one.token, one.key) for one in told), Counter(row[:2] for row in rows)
    positions: dict[str, list[int]] = {}
    for token, _, position, _ in rows:
        positions.setdefault(token, []).append(position)
    wrong = [f"lost: {answer}" for answer in acknowledged if not found[answer]]
    wrong += [f"doubled: {answer}" for answer, count in (acknowledged + found).items() if max(found[answer], 0) > 1]
    wrong += [f"never acknowledged: {answer}" for answer in found if answer not in acknowledged]
    wrong += [f"gap: {token}" for token, *_, last in rows if positions[token] != list(range(1, last + 1))]
    return wrong + ([] if events == len(rows) else [f"{events} events for {len(rows)} answers"])


def check_repeats(port: int, told: list[Told]) -> None:
    """Repeat some answers, the last ones above all: what is said is what was said, byte for byte."""
    for one in told[-40:] + told[::50]:
        status, said = HttpTaker(port).send(f"{ATTEMPTS}/{one.token}/responses", one.payload, one.key)
        assert (status, said) == (200, one.body)


def every(step: int, work: Callable[[], Any]) -> Callable[[int], None]:
    """Return a function of the number of answers that does `work` once for each `step` of them."""
    done = 0

    def maybe(answers: int) -> None:
        nonlocal done
        if answers // step > done:
            done = answers // step
            work()

    return maybe


def crash(server: PostgreSQL) -> None:
    """Kill the database, leave everybody without it for a moment, start it again."""
    server.kill()
    time.sleep(0.5)
    server.start()


@pytest.mark.once
def test_web_processes_and_postgresql_killed(server: PostgreSQL, url: str) -> None:
    with served(url) as web:
        kill_web, kill_database = every(40, web.kill_one), every(350, lambda: crash(server))
        crowd = Crowd(web.port, 1_000)
        crowd.answer(lambda answers: (kill_web(answers), kill_database(answers)))
        assert crowd.broken == []
        assert len(crowd.told) >= 1_000
        assert sum(taker.repeats for taker in crowd.takers) > 12  # it did hurt
        check_repeats(web.port, crowd.told)
        assert faults(crowd.told, kept_by_postgresql(url)) == []


@pytest.mark.once
def test_web_processes_killed_on_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "socle.sqlite3"
    shutil.copy(sqlite_template(), path)
    load(f"sqlite:///{path}")
    with served(f"sqlite:///{path}") as web:
        crowd = Crowd(web.port, 400)
        crowd.answer(every(40, web.kill_one))
        assert crowd.broken == []
        assert sum(taker.repeats for taker in crowd.takers) > 12
        check_repeats(web.port, crowd.told)
        assert faults(crowd.told, kept_by_sqlite(path)) == []


@pytest.mark.once
def test_mutant_that_acknowledges_before_the_commit(url: str) -> None:
    with served(url, "tests.lms.assessments.early_wsgi") as web:
        crowd = Crowd(web.port, 150)
        crowd.answer(every(10, web.kill_one))
        assert [fault for fault in faults(crowd.told, kept_by_postgresql(url)) if fault.startswith("lost")]


@pytest.mark.once
def test_mutant_that_does_not_wait_for_the_log(server: PostgreSQL, url: str) -> None:
    server.run(f"ALTER DATABASE {url.rpartition('/')[2]} SET synchronous_commit = off")
    with served(url) as web:
        crowd = Crowd(web.port, 100)
        crowd.answer(lambda answers: None)
        crash(server)
        assert [fault for fault in faults(crowd.told, kept_by_postgresql(url)) if fault.startswith("lost")]
