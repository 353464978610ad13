"""What passes between the sitting's services and its pages or its API."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from question_bank.types import Answer, Gesture, ItemContent, OptionMask

from .models import Attempt

Parse = Callable[[ItemContent, OptionMask, list[Gesture]], Answer]  # the gestures made, when it is a simulation


@dataclass(frozen=True)
class Submission:
    """An answer as it arrived: to which served item, under which key, and how to read it once the item is known."""

    served: str
    key: str
    digest: str
    parse: Parse


@dataclass(frozen=True)
class Focus:
    """What a check is about: codes of competencies, keys of items that must not be served, and what it is part of.

    `context` (120 characters at most) is opaque here: it comes back with the attempt and in its events.
    """

    competencies: tuple[str, ...]
    avoid: tuple[str, ...] = ()
    context: str = ""


@dataclass(frozen=True)
class Standing:
    """Where a person stands on each competency: {code: (score, low, high)}, from 0 to 1000.

    `missed`: the competencies in which an answer of the last attempt was not the one expected. `inferred`: those of
    which too few answers say anything: what is believed there follows from the others, and is not said in figures.
    `asked`: those about which there was at least one. `praised`: those that the result lists among what went well.
    `tells_domains_apart`: the highest and the lowest domain are apart, intervals included.
    """

    scores: Mapping[str, tuple[int, int, int]]
    missed: frozenset[str]
    audience: str
    owner_id: int | None
    inferred: frozenset[str] = frozenset()
    tells_domains_apart: bool = True
    asked: frozenset[str] = frozenset()
    praised: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Origin:
    """What a check was part of: where it leads back to, and the percentage of its points that was wanted."""

    title: str
    url: str
    mark: int


@dataclass(frozen=True)
class Suggestion:
    """Something to do next, and why, in the reader's language; `domain_number` from 1."""

    title: str
    url: str
    minutes: int
    domain_number: int
    reason: str
    language: str = "fr"


@dataclass(frozen=True)
class Motion:
    """A gesture as it arrived: in which served item, at which step (from 1), and its opaque {do, on, value}."""

    served: str
    step: int
    gesture: dict[str, str]


@dataclass(frozen=True)
class Progress:
    """Where one is: `position` from 1, `remaining` about how many more, `maximum` never exceeded."""

    position: int
    remaining: int
    maximum: int

    @property
    def segments(self) -> list[bool]:
        """Return the bar: one mark for each item done or expected, true when done or on screen."""
        return [index < self.position for index in range(self.position + self.remaining)]


@dataclass(frozen=True)
class Step:
    """Where an attempt stands after `answered` answers: an item to answer, or finished.

    `draw` makes what is shown of the item; a redirect to its page does without.
    """

    attempt: Attempt
    progress: Progress
    served: str
    domain_number: int
    draw: Callable[[], dict[str, Any]] | None
    is_replay: bool = False

    @property
    def is_finished(self) -> bool:
        """Say whether nothing is left to answer."""
        return self.draw is None

    @cached_property
    def item(self) -> dict[str, Any] | None:
        """Return what is shown of the item, or None when nothing is left to answer."""
        return self.draw() if self.draw else None
