"""What writes modules and journeys hands over; what others read of them.

Blocks are raw values as Wagtail stores them, `{"type": …, "value": …}`, without ids: the service gives stable ones.
Rich texts (see docs/learning.md for which) are HTML of the limited kind; drawings are the text of an SVG. Both are
cleaned when they are written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """What a module says in every language. `sources`: {authority, title, url, checked_at, facts, read}."""

    competencies: Sequence[str]
    level: str
    audiences: Sequence[str]
    minutes: int
    review_by: date | None
    professions: Sequence[str] = ()
    mark: int = 60
    sources: Sequence[Raw] = ()


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step in one language."""

    key: str
    title: str
    minutes: int
    blocks: Sequence[Raw]


@dataclass(frozen=True, slots=True)
class ModuleWords:
    """A module in one language."""

    title: str
    summary: str
    objectives: Sequence[str]
    steps: Sequence[StepWords]
    sheet: Sequence[Raw] = ()


@dataclass(frozen=True, slots=True)
class JourneyFacts:
    """What a journey says in every language."""

    audience: str
    professions: Sequence[str] = ()
    competencies: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class HourWords:
    """One hour of the programme."""

    hour: int
    text: str
    modules: Sequence[str] = ()
    in_class: bool = False


@dataclass(frozen=True, slots=True)
class PartWords:
    """A part of a journey in one language; `in_class` is HTML, `reserved` modules are for the professions they name."""

    key: str
    title: str
    modules: Sequence[str]
    hours: float = 0
    in_class: str = ""
    programme: Sequence[HourWords] = ()
    reserved: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class JourneyWords:
    """A journey in one language; `intro` is HTML."""

    title: str
    summary: str
    parts: Sequence[PartWords] = field(default_factory=tuple)
    intro: str = ""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load of files did, key by key (modules, then journeys)."""

    created: tuple[str, ...]
    updated: tuple[str, ...]
    unchanged: tuple[str, ...]
    edited: tuple[str, ...]  # edited in /cms/: left as they are
    absent: tuple[str, ...]  # known, in no file
