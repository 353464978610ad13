"""Statement number n fails, for every n of start, answer and finish: afterwards either nothing is there or everything.

The same for the commit, whose answer can be lost after it was done. Then the client repeats, as the contract says.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError, transaction

from kernel.events import outbox
from kernel.models import insert_rows, update_row
from lms.assessments import delivery
from lms.assessments.models import Attempt, Blueprint
from lms.assessments.services import answering, ending, erase_attempt, expire_attempt, keep_attempt
from lms.assessments.services import starting as starting_module
from tests.lms.assessments.faults import (
    COMMIT,
    MOMENTS,
    Fault,
    clear,
    committing_each_statement,
    disagreements,
    failing,
    lose_the_database,
    rows,
)
from tests.lms.assessments.taking import ATTEMPTS, Taker

pytestmark = pytest.mark.django_db(transaction=True)
MOST_STATEMENTS = 60
PAST = datetime(2026, 1, 1, tzinfo=UTC)
DEATHS = ("after",)  # to die after a statement or before the next one is the same
STEPS = ("start", "answer", "finish")
Request = tuple[str, dict[str, Any], str]
Play = Callable[[Taker, Request, int, str], bool]


@pytest.fixture
def short(bank: None) -> None:
    """An assessment of two items, so that its last answer is near."""
    Blueprint.objects.update(length_min=2, length_max=2, domain_minimum=0)
    delivery.forget()


def ready(step: str) -> tuple[Taker, Request]:
    """Return someone about to do `step`, alone in the database, and the request that does it."""
    clear()
    if step == "start":
        return Taker(), (ATTEMPTS, {"assessment": "placement"}, "")
    taker = Taker().start()
    if step == "finish":
        taker.answer()
    return taker, (f"{ATTEMPTS}/{taker.token}/responses", taker.payload(), "the-key")


def ask(taker: Taker, request: Request) -> Any:
    """Make the request once."""
    address, payload, key = request
    return taker.post(address, payload, **({"Idempotency-Key": key} if key else {}))


def every_place(play: Play, step: str, moments: Sequence[str]) -> Iterator[tuple[Taker, Request, list[Any], int, str]]:
    """Play `step` with a fault at each place it has; yield who played, and the rows before."""
    for moment in moments:
        for number in range(COMMIT, MOST_STATEMENTS):
            taker, request = ready(step)
            before = rows()
            if not play(taker, request, number, moment):
                assert number > 3
                break
            yield taker, request, before, number, moment


def check_all_or_nothing(play: Play, step: str, moments: Sequence[str] = MOMENTS) -> None:
    """Fail at every place: the rows agree, they are those before or those after, and repeating ends well."""
    for taker, request, before, number, moment in every_place(play, step, moments):
        place, is_nothing = f"{step}, statement {number}, {moment}", rows() == before
        assert disagreements() == [], place
        assert is_nothing or (number, moment) not in {(COMMIT, "before"), (1, "before")}, place
        assert not is_nothing or (number, moment) != (COMMIT, "after"), place
        again = ask(taker, request)
        assert again.status_code == (201 if is_nothing or step == "start" else 200), place
        assert disagreements() == [], place


def play_here(taker: Taker, request: Request, number: int, moment: str) -> bool:
    """Lose the database at a statement of the request, in this process; say whether it has that statement."""
    fault = Fault(number, moment, lose_the_database)
    with failing(fault):
        answer = ask(taker, request)
    if fault.is_done:
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert answer.json()["error"]["code"] == "unavailable"
    return fault.is_done


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("step", STEPS)
def test_a_database_lost_at_any_statement_leaves_all_or_nothing(step: str) -> None:
    check_all_or_nothing(play_here, step)


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("step", STEPS)
def test_mutant_that_commits_each_statement(step: str) -> None:
    def play(*arguments: Any) -> bool:
        with committing_each_statement():
            return play_here(*arguments)

    with pytest.raises(AssertionError, match="statement"):
        check_all_or_nothing(play, step)


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(("step", "module"), [("start", starting_module), ("finish", ending)])
def test_mutant_that_publishes_after_the_commit(step: str, module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def later(event: Any) -> None:
        def publish() -> None:
            with transaction.atomic():
                outbox.publish(event)

        transaction.on_commit(publish)

    monkeypatch.setattr(module, "publish", later)
    with pytest.raises(AssertionError, match="statement"):
        check_all_or_nothing(play_here, step)


@pytest.mark.usefixtures("short")
def test_mutant_that_tells_of_an_answer_after_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    def apart(response: Any, event: Any, *, changed: Any, names: tuple[str, ...]) -> None:
        insert_rows(response)
        update_row(changed, *names)
        transaction.on_commit(lambda: insert_rows(event))

    monkeypatch.setattr(answering, "write_rows", apart)
    with pytest.raises(AssertionError, match="statement"):
        check_all_or_nothing(play_here, "answer")


# The process dies


class Mortal:
    """A process beside this one, started once, whose forks make the requests and die on the way."""

    def __init__(self, url: str) -> None:
        command = [sys.executable, "-m", "tests.lms.assessments.dying_taker", f"{ATTEMPTS}/{Taker().start().token}"]
        environment = {**os.environ, "SOCLE_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "lms.settings.test"}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True)
        self.is_mutant = False

    def play(self, taker: Taker, request: Request, number: int, moment: str) -> bool:
        """Let a fork make the request; say whether it died."""
        plan = dict(zip(("address", "payload", "key"), request, strict=True))
        plan |= {"number": number, "moment": moment, "is_mutant": self.is_mutant}
        self.process.stdin.write(json.dumps(plan) + "\n")
        self.process.stdin.flush()
        status = int(self.process.stdout.readline())
        assert status in {0, 9}
        return status == 9

    def end(self) -> None:
        """Stop it."""
        self.process.communicate()


@pytest.fixture(scope="module")
def mortals() -> Iterator[list[Mortal]]:
    """The one process of this module, once a test has started it."""
    started: list[Mortal] = []
    yield started
    for mortal in started:
        mortal.end()


@pytest.fixture
def mortal(short: None, mortals: list[Mortal], database: Any) -> Mortal:
    """A process that may die."""
    if not mortals:
        mortals.append(Mortal(database.url))
    mortals[0].is_mutant = False
    return mortals[0]


@pytest.mark.parametrize("step", STEPS)
def test_a_process_that_dies_at_any_statement_leaves_all_or_nothing(step: str, mortal: Mortal) -> None:
    check_all_or_nothing(mortal.play, step, DEATHS)


def test_mutant_that_commits_each_statement_and_dies(mortal: Mortal) -> None:
    mortal.is_mutant = True
    with pytest.raises(AssertionError, match="statement"):
        check_all_or_nothing(mortal.play, "finish", DEATHS)  # on PostgreSQL an answer is one statement, and cannot part


# What else a sitting does


def works(owner: int) -> dict[str, Callable[[str], Any]]:
    """What changes an attempt, beside answers."""
    return {
        "expire": lambda token: expire_attempt(token=token, viewer_id=None),
        "keep": lambda token: keep_attempt(token=token, owner_id=owner),
        "erase": lambda token: erase_attempt(token=token, viewer_id=None),
    }


def fails(work: Callable[[str], Any], token: str, fault: Fault) -> bool:
    """Do the work with the fault in its way; say whether it met it."""
    with failing(fault), suppress(OperationalError):
        work(token)
    return fault.is_done


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("what", ["expire", "keep", "erase"])
def test_expiring_keeping_and_erasing_are_all_or_nothing(what: str, django_user_model: Any) -> None:
    work = works(django_user_model.objects.create_user("lina@demo.example").pk)[what]
    for moment in MOMENTS:
        taker, number = Taker().start(), 1
        taker.answer()
        Attempt.objects.update(deadline_at=PAST)
        before = rows()
        while fails(work, taker.token, Fault(number, moment, lose_the_database)):
            assert rows() == before, (number, moment)
            number += 1
        assert number > 3
        assert rows() != before
        assert disagreements() == []
