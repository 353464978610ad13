"""What passes between prescribing and its pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(StrEnum):
    """Where somebody is in what is asked of them: that is all an institution sees without their agreement."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    FINISHED = "finished"
    LATE = "late"

    @property
    def label(self) -> str | Promise:
        """Return it as people read it."""
        return LABELS[self]


LABELS: dict[str, str | Promise] = {
    State.NOT_BEGUN: _("pas commencé"),
    State.BEGUN: _("commencé"),
    State.FINISHED: _("terminé"),
    State.LATE: _("en retard"),
}


@dataclass(frozen=True)
class Draft:
    """Something to ask, as it was typed: keys and dates, nothing checked yet."""

    institution_key: str = ""
    assessment_key: str = ""
    journey_key: str = ""
    cohorts: tuple[str, ...] = ()
    is_open: bool = False
    opens_date: date | None = None
    closes_date: date | None = None
    message: str = ""
    target_levels: Mapping[str, str] = field(default_factory=dict)
    attempts_allowed: int | None = 0
    asks_detail: bool = True


@dataclass(frozen=True)
class Part:
    """One thing to do among what is asked: its name, what remains of it, where it is done ("" when it cannot be)."""

    kind: str
    title: str
    remains: str
    url: str
    is_done: bool
    is_begun: bool
    segments: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What an institution asks of somebody, as they read it: what, by whom, by when, what remains."""

    code: str
    url: str
    title: str
    institution: str
    asker: str
    message: str
    closes_at: datetime | None
    closes_day: str
    days_left: int | None
    state: State
    parts: tuple[Part, ...]

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left of it."""
        return self.state == State.FINISHED

    @property
    def is_late(self) -> bool:
        """Whether its last day is over and something is left."""
        return self.state == State.LATE

    @property
    def is_begun(self) -> bool:
        """Whether something of it was begun."""
        return any(part.is_begun for part in self.parts)

    @property
    def next_part(self) -> Part | None:
        """The first part that can be done now."""
        return next((part for part in self.parts if not part.is_done and part.url), None)


@dataclass(frozen=True)
class Counts:
    """How many people are asked, have begun, have finished; how many of them have an account to write to."""

    asked: int = 0
    begun: int = 0
    finished: int = 0
    unclaimed: int = 0

    @property
    def not_begun(self) -> int:
        """Return how many have not begun."""
        return self.asked - self.begun

    @property
    def under_way(self) -> int:
        """Return how many have begun and not finished."""
        return self.begun - self.finished


@dataclass(frozen=True)
class Line:
    """One person of an assignment, as its institution sees them."""

    name: str
    number: str
    group: str
    state: State
    since: date | None  # by the institution's calendar, as the next one
    closes_date: date | None  # where theirs is later than everybody's
    has_account: bool
    is_sharing: bool
    key: str  # what an extension is granted to: "student:<uuid>" or "user:<uuid>"
    student: Any = None
