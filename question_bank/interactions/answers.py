"""An answer as it is kept: real ids, plain values, the same whether it came from a form or from the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .gestures import Gesture

Pairs = tuple[tuple[str, str], ...]
Gestures = tuple[Gesture, ...]
Value = str | tuple[str, ...] | Pairs | Gestures | None
UNKNOWN = "unknown"
ACTIONS = "actions"
KINDS_OF_PAIRS = frozenset({"pairs", "blanks"})
KINDS_OF_LISTS = frozenset({"choices", "order"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered; `kind` is that of the API (docs/items.md), `unit` only goes with a number."""

    kind: str
    value: Value = None
    unit: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether the person honestly said “I do not know”."""
        return self.kind == UNKNOWN

    def to_json(self) -> dict[str, Any]:
        """Return the answer as JSON can keep it; `from_json` brings it back."""
        if self.kind == UNKNOWN:
            return {"kind": UNKNOWN}
        if self.kind == "number":
            return {"kind": "number", "value": {"value": self.value, "unit": self.unit}}
        if self.kind in KINDS_OF_PAIRS:
            return {"kind": self.kind, "value": dict(pairs(self))}
        if self.kind == ACTIONS:
            return {"kind": ACTIONS, "value": [gesture.to_json() for gesture in gestures_of(self)]}
        return {"kind": self.kind, "value": self.value if isinstance(self.value, str) else list(self.value or ())}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Answer":
        """Return the answer that `to_json` wrote (a stored one: nothing is checked)."""
        kind, value = data["kind"], data.get("value")
        if kind == "number":
            return cls(kind, value["value"], value["unit"])  # type: ignore[index]
        if kind in KINDS_OF_PAIRS:
            return cls(kind, tuple(value.items()))  # type: ignore[union-attr]
        if kind == ACTIONS:
            return cls(kind, tuple(Gesture.from_json(gesture) for gesture in value or ()))
        return cls(kind, tuple(value) if kind in KINDS_OF_LISTS else value)  # type: ignore[arg-type]


DONT_KNOW = Answer(UNKNOWN)


def pairs(answer: Answer) -> Pairs:
    """Return the value of an answer made of pairs."""
    return answer.value if isinstance(answer.value, tuple) else ()  # type: ignore[return-value]


def gestures_of(answer: Answer) -> Gestures:
    """Return the value of an answer made of gestures."""
    return answer.value if isinstance(answer.value, tuple) else ()  # type: ignore[return-value]


def names(answer: Answer) -> tuple[str, ...]:
    """Return the value of an answer made of ids (one or several)."""
    if isinstance(answer.value, str):
        return (answer.value,)
    return answer.value or ()  # type: ignore[return-value]


def words(answer: Answer) -> str:
    """Return the value of an answer that was typed."""
    return answer.value if isinstance(answer.value, str) else ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer is worth: `score` is its category, from 0 to the top one; it is right when it is the top one."""

    is_correct: bool
    score: int
