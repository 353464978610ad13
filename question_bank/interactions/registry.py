"""The interaction types that exist, by name."""

from collections.abc import Mapping
from typing import Any

from .base import MOST_GUESSING, Interaction
from .categorize import Categorize
from .fill_in import FillIn
from .graded_choice import GradedChoice
from .hotspot import Hotspot
from .inline_choice import InlineChoice
from .match import Match
from .multiple_choice import MultipleChoice
from .number import Number
from .order import Order
from .simulation import Simulation
from .single_choice import SingleChoice
from .text import Text

INTERACTIONS: dict[str, Interaction] = {
    kind.name: kind
    for kind in (
        SingleChoice(),
        MultipleChoice(),
        Number(),
        Text(),
        Order(),
        Match(),
        InlineChoice(),
        FillIn(),
        Hotspot(),
        Categorize(),
        GradedChoice(),
        Simulation(),
    )
}
ANSWER_KINDS = {kind.answer_kind for kind in INTERACTIONS.values()}


def interaction(name: str) -> Interaction:
    """Return the type called `name`. Raises KeyError."""
    return INTERACTIONS[name]


def prior_guessing(content: Mapping[str, Any]) -> float:
    """Return c of an item nobody has answered yet: the chance of a blind answer, .25 at most; 0 when it is typed.

    A graded item has none (Samejima 1969): what is reached blindly makes its first thresholds low.
    """
    if top_score(content) > 1:
        return 0.0
    chance = INTERACTIONS[content["interaction"]].guessing(content["answer"], content["fr"])
    return round(min(MOST_GUESSING, chance), 6)


def top_score(content: Mapping[str, Any]) -> int:
    """Return the highest score of a version: 1 when it is all or nothing."""
    return INTERACTIONS[content["interaction"]].top_score(content["answer"], content["fr"])
