"""What happens in a sitting, told in the transaction where it happened."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AttemptStarted(Event):
    assessment: str
    owner: int | None


@dataclass(frozen=True, kw_only=True)
class ItemAnswered(Event):
    item_version: UUID
    position: int
    is_correct: bool
    owner: int | None


@dataclass(frozen=True, kw_only=True)
class AttemptCompleted(Event):
    assessment: str
    owner: int | None
    stop_reason: str


@dataclass(frozen=True, kw_only=True)
class AttemptKept(Event):
    owner: int


@dataclass(frozen=True, kw_only=True)
class AttemptErased(Event):
    pass
