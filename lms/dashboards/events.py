"""What happens to figures."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PlaceRemoved(Event):
    """A place of the student `aggregate` (who may be `user`) was deleted: what else they have counts in its stead."""

    user: int | None


@dataclass(frozen=True, kw_only=True)
class HoursTaught(Event):
    """The hours of class of the cohort `aggregate` changed: recorded, corrected or removed."""

    institution: UUID


@dataclass(frozen=True, kw_only=True)
class ValidationDeclared(Event):
    """`institution` declared the student `aggregate` (who may be `user`) validated, or withdrew it (`is_withdrawn`)."""

    cohort: UUID
    institution: UUID
    user: int | None
    is_withdrawn: bool = False
