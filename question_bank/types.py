"""The bank as the rest of the platform reads it: frozen, in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from .interactions import Answer, ItemContent, OptionMask, Outcome

__all__ = ["Answer", "ItemContent", "LoadReport", "OptionMask", "Outcome", "Release", "ReleaseEntry"]


@dataclass(frozen=True, slots=True)
class ReleaseEntry:
    """An item of a release; `enemies` are indices in it. State: expected, pretest or calibrated."""

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
