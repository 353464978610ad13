"""What happens in a sitting, told in the transaction where it happened."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AttemptStarted(Event):
    assessment: str
    owner: int | None
    context: str = ""


@dataclass(frozen=True, kw_only=True)
class ItemAnswered(Event):
    item_version: UUID
    position: int
    is_correct: bool
    owner: int | None


@dataclass(frozen=True, kw_only=True)
class LearnerAnswered(ItemAnswered):
    """The same, of somebody signed in: those who keep records are not woken by everybody else’s answers."""


@dataclass(frozen=True, kw_only=True)
class AttemptCompleted(Event):
    """`context`: what the attempt was part of, in the words of whoever began it; then `points` were got of `top`.

    `assignment`: the id of what was asked, when it answers something that was.
    """

    assessment: str
    owner: int | None
    stop_reason: str
    context: str = ""
    points: int = 0
    top: int = 0
    assignment: int | None = None


@dataclass(frozen=True, kw_only=True)
class AttemptKept(Event):
    owner: int


@dataclass(frozen=True, kw_only=True)
class AttemptErased(Event):
    owner: int | None = None
