"""Failing at one statement of a request: before it, after it, or by the death of the process."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import OperationalError, connection

from kernel.models import OutboxEvent
from lms.assessments import delivery, selectors
from lms.assessments.models import Attempt, CompetencyResult, Response

MOMENTS = ("before", "after")
COMMIT = 0  # stands for the number of the statement that commits
WRITTEN = (Response, CompetencyResult, Attempt, OutboxEvent)
Fail = Callable[[], None]


def lose_the_database() -> None:
    """Fail as a database that went away does."""
    raise OperationalError("the connection is lost (injected)")


def die() -> None:
    """Die at once, without unwinding anything."""
    os._exit(9)


class Fault:
    """Calls `fail` before or after statement `number` (from 1), or the commit (COMMIT)."""

    def __init__(self, number: int, moment: str, fail: Fail) -> None:
        self.number, self.moment, self.fail = number, moment, fail
        self.count, self.is_done = 0, False

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.count += 1
        return self.around(lambda: execute(*arguments), is_here=self.count == self.number)

    def around(self, work: Callable[[], Any], *, is_here: bool) -> Any:
        """Do the work, and fail on the right side of it if this is the place."""
        self.is_done = self.is_done or is_here
        if is_here and self.moment == "before":
            self.fail()
        result = work()
        if is_here and self.moment == "after":
            self.fail()
        return result


@contextmanager
def failing(fault: Fault) -> Iterator[None]:
    """Put the fault in this connection's way."""
    commit = connection._commit
    connection._commit = lambda: fault.around(commit, is_here=fault.number == COMMIT)
    try:
        with connection.execute_wrapper(fault):
            yield
    finally:
        connection._commit = commit
        connection.close()  # a lost connection is gone, and a served request closes its own


@contextmanager
def committing_each_statement() -> Iterator[None]:
    """The mutant: what should be one transaction is one per statement."""

    def run(execute: Callable[..., Any], *arguments: Any) -> Any:
        result = execute(*arguments)
        commit_now(connection.connection)
        return result

    with connection.execute_wrapper(run):
        yield


def commit_now(raw: Any) -> None:
    """Commit what was written, and go on as if nothing had happened."""
    if connection.vendor == "postgresql":
        raw.commit()
    elif raw.in_transaction:
        with suppress(sqlite3.OperationalError):  # a statement is still being read: the next one will commit
            raw.execute("COMMIT")
            raw.execute("BEGIN IMMEDIATE")


def rows() -> list[Any]:
    """Everything that a sitting writes, as values."""
    return [list(model._base_manager.order_by("pk").values_list()) for model in WRITTEN]


def clear() -> None:
    """Remove everything that sittings wrote."""
    for model in WRITTEN:
        model._base_manager.all()._raw_delete(connection.alias)


def disagreements() -> list[str]:
    """Return what, in any attempt, says something that another row does not."""
    return [f"{attempt.token}: {found}" for attempt in Attempt.objects.order_by("pk") for found in _wrong(attempt)]


def _wrong(attempt: Attempt) -> Iterator[str]:
    positions = list(Response.objects.filter(attempt=attempt).order_by("position").values_list("position", flat=True))
    total = attempt.position - (attempt.state != Attempt.State.FINISHED)
    if positions != list(range(1, total + 1)):
        yield f"answers at {positions}, {total} expected"
    if len(attempt.selection_log) != attempt.position:
        yield f"{len(attempt.selection_log)} items were served, and the position is {attempt.position}"
    told = [_told(attempt, kind) for kind in ("AttemptStarted", "ItemAnswered", "LearnerAnswered", "AttemptCompleted")]
    begun, alone, signed_in, ended = told  # an attempt begun by nobody in particular may be kept by somebody
    if (begun, alone + signed_in, ended) != (1, len(positions), int(not attempt.is_open)):
        yield f"events: {told}"
    if CompetencyResult.objects.filter(attempt=attempt).exists() == attempt.is_open:
        yield "results and state"
    if delivery.replayed_ability(attempt, selectors.scores(attempt)) != bytes(attempt.ability):
        yield "the ability is not what the answers say"


def _told(attempt: Attempt, kind: str) -> int:
    return OutboxEvent.objects.filter(aggregate=attempt.uuid, kind=f"assessments.{kind}").count()
