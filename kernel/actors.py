"""Who acts on the database, which its row-level security asks at each row (docs/row-security.md).

Said by the few who know it: a request that begins, a person who is recognised, what they frame. Unsaid, it is
nobody. On SQLite nothing asks.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Rank(StrEnum):
    """What an actor is, beside who they are."""

    ANONYMOUS = "anonymous"
    PERSON = "person"
    PILOT = "pilot"
    PLATFORM = "platform"
    WORKER = "worker"


@dataclass(frozen=True)
class Actor:
    """A rank, the id of an account (0: none), the ids of the institutions whose people they may see."""

    rank: Rank = Rank.ANONYMOUS
    user_id: int = 0
    institutions: frozenset[int] = frozenset()

    @property
    def settings(self) -> tuple[str, str, str]:
        """Return the values of socle.actor, socle.user and socle.institutions."""
        houses = ",".join(str(pk) for pk in sorted(self.institutions))
        return str(self.rank), str(self.user_id or ""), f"{{{houses}}}"

    @property
    def sees_others(self) -> bool:
        """Say whether more is open to them than what is theirs."""
        return self.rank not in (Rank.ANONYMOUS, Rank.PERSON) or bool(self.institutions)


NOBODY = Actor()
WORKER = Actor(Rank.WORKER)
_usual = NOBODY
_of_request: ContextVar[Actor | None] = ContextVar("socle_actor", default=None)
_is_lifted: ContextVar[bool] = ContextVar("socle_lifted", default=False)


def current() -> Actor:
    """Return who acts now."""
    return WORKER if _is_lifted.get() else _of_request.get() or _usual


def work() -> None:
    """Make this process one that works for the platform: a command, a migration, the worker. Not what it serves."""
    global _usual
    _usual = WORKER


def begin(**kwargs: Any) -> None:
    """Begin a request: nobody yet, whatever this thread did before."""
    _of_request.set(NOBODY)


def end(**kwargs: Any) -> None:
    """End a request: the thread is its process's again."""
    _of_request.set(None)


def recognise(user_id: int | None) -> None:
    """Say who the person of this request is; None is nobody. Outside a request nobody is."""
    if _of_request.get() is not None:
        _of_request.set(Actor(Rank.PERSON, user_id) if user_id else NOBODY)


def frame(institutions: Iterable[int], rank: Rank = Rank.PERSON) -> None:
    """Say what the person of this request frames."""
    known = _of_request.get()
    if known is not None and known.user_id:
        _of_request.set(replace(known, rank=rank, institutions=frozenset(institutions)))


@contextmanager
def as_worker() -> Iterator[None]:
    """Act as the platform while the block lasts: for the few services that open a door by a key, or leave nothing."""
    before = _is_lifted.set(True)
    try:
        yield
    finally:
        _is_lifted.reset(before)
