"""The bank as the rest of the platform reads it: frozen, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .interactions import Answer, Gesture, ItemContent, OptionMask, Outcome
from .itemfiles.serving import Offer

__all__ = [
    "Answer",
    "CountedAnswer",
    "CountedSitting",
    "Exposures",
    "Gesture",
    "ItemContent",
    "LoadReport",
    "Offer",
    "OptionMask",
    "Outcome",
    "Release",
    "ReleaseEntry",
    "ToldReport",
]


@dataclass(frozen=True, slots=True)
class ReleaseEntry:
    """An item of a release; `enemies` are indices in it. State: expected, pretest or calibrated.

    `thresholds` of a graded item, ascending, in logits; empty when it is all or nothing.
    """

    item_id: int
    item_version_id: int
    version_uuid: str
    key: str
    competency: str
    capacity: str
    cluster: str
    domain: str
    audiences: tuple[str, ...]
    professions: tuple[str, ...]
    locales: tuple[str, ...]
    interaction: str
    discrimination: float
    difficulty: float
    guessing: float
    thresholds: tuple[float, ...]
    state: str
    enemies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A release of the bank: an item is its index in `entries`, and always will be."""

    id: int
    number: int
    entries: tuple[ReleaseEntry, ...]
    index_of_version: Mapping[int, int]

    @property
    def is_provisional(self) -> bool:
        """Whether any item is not yet calibrated on real responses."""
        return any(entry.state != "calibrated" for entry in self.entries)


@dataclass(frozen=True)
class LoadReport:
    """What a load did, key by key; `release`: the number of the release it published, if it did."""

    created: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    edited: tuple[str, ...]  # edited in /cms/: left as they are
    absent: tuple[str, ...]  # in the bank, in no file
    release: int | None


@dataclass(frozen=True, slots=True)
class CountedAnswer:
    """An answer of a finished attempt, as the counts take it: without the person.

    `variant`: standard or plain; `score`: its category; `rest_score`: 0 to 1000, what the person's other answers say of
    them, None when they say too little.
    """

    item_version_id: int
    variant: str
    answer: Answer
    score: int
    seconds: float
    rest_score: int | None


@dataclass(frozen=True, slots=True)
class CountedSitting:
    """A finished attempt as the counts take it: its answers, and its uuid so that they are counted once."""

    attempt: UUID
    at: datetime
    answers: tuple[CountedAnswer, ...]


@dataclass(frozen=True, slots=True)
class Exposures:
    """What a finished attempt did to the items of a release: the places it used, among those it could (bool[n]).

    `limit`: r_max, the share of such attempts that one item should be used in at most.
    """

    used: Sequence[int]
    eligible: Sequence[bool]
    limit: float


@dataclass(frozen=True, slots=True)
class ToldReport:
    """A report as its reporter reads it; `titles`: of the item, by language."""

    titles: Mapping[str, str]
    text: str
    status: str
    reply: str
    created_at: datetime
    handled_at: datetime | None
