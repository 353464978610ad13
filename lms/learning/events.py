"""What happens to people in modules and journeys, told in the transaction where it happened."""

from dataclasses import dataclass
from uuid import UUID

from kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ModuleStarted(Event):
    """`aggregate` is the uuid of the person's progress in `module`, its key; so in the two that follow."""

    module: str
    owner: int


@dataclass(frozen=True, kw_only=True)
class StepSeen(Event):
    """The person went on from `step` for the first time: `seen` of the module's `steps` are behind them."""

    module: str
    step: str
    seen: int
    steps: int
    owner: int


@dataclass(frozen=True, kw_only=True)
class TimeCounted(Event):
    """Time was measured in `module`: `seconds` more."""

    module: str
    seconds: int
    owner: int


@dataclass(frozen=True, kw_only=True)
class ModuleCompleted(Event):
    """Every step is seen and the final check reached the mark: `check` % of its points; `seconds` measured, or 0."""

    module: str
    check: int
    seconds: int
    owner: int


@dataclass(frozen=True, kw_only=True)
class JourneyCompleted(Event):
    """All modules of `journey` are completed. `aggregate` is made of the journey's uuid and the person's, for ever."""

    journey: str
    owner: int


@dataclass(frozen=True, kw_only=True)
class ItemPractised(Event):
    """The person answered an item outside any attempt, in a step or in a review (`module` and `step` are then empty).

    `aggregate` is the uuid of the PracticeResponse; `points` of `top`.
    """

    item: str
    item_version: UUID
    module: str
    step: str
    is_correct: bool
    points: int
    top: int
    owner: int


@dataclass(frozen=True, kw_only=True)
class CardReviewed(Event):
    """The person answered a card of their reviews; `aggregate` is their uuid. `rating`: 1 again, 3 good, 4 easy."""

    card: int
    rating: int
    owner: int
