"""What happens in the bank."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ItemPublished(Event):
    """A version of an item (the aggregate) became the one in use."""

    key: str
    item_version: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class BankReleased(Event):
    """A release (the aggregate) became the current one."""

    number: int
    items: int


@dataclass(frozen=True, kw_only=True)
class ItemReported(Event):
    """Somebody reported an error in an item (the aggregate)."""

    key: str
    report: UUID
