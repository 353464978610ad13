"""The interaction types that exist, by name."""

from .base import MOST_GUESSING, Interaction
from .inline_choice import InlineChoice
from .match import Match
from .multiple_choice import MultipleChoice
from .number import Number
from .order import Order
from .single_choice import SingleChoice
from .text import Text

INTERACTIONS: dict[str, Interaction] = {
    kind.name: kind for kind in (SingleChoice(), MultipleChoice(), Number(), Text(), Order(), Match(), InlineChoice())
}
ANSWER_KINDS = {kind.answer_kind for kind in INTERACTIONS.values()}


def interaction(name: str) -> Interaction:
    """Return the type called `name`. Raises KeyError."""
    return INTERACTIONS[name]


def prior_guessing(content: dict[str, object]) -> float:
    """Return c of an item nobody has answered yet: the chance of a blind answer, .25 at most; 0 when it is typed."""
    answer, wording = content["answer"], content["fr"]
    chance = INTERACTIONS[str(content["interaction"])].guessing(answer, wording)  # type: ignore[arg-type]
    return round(min(MOST_GUESSING, chance), 6)
