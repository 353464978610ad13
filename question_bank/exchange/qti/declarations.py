"""What a QTI item declares to be right."""

import re
from dataclasses import dataclass, field

from question_bank.exchange.markup import Element

NUMBER = re.compile(r"\s*(-?\d{1,12}(?:\.\d{1,9})?)\s*")


@dataclass(frozen=True, slots=True)
class Declared:
    """A response: its right values, and what else earns points."""

    cardinality: str
    base_type: str
    correct: list[str]
    points: dict[str, float] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """The right values: those said to be, else those that earn points."""
        return self.correct or [value for value, points in self.points.items() if points > 0]

    @property
    def is_partial(self) -> bool:
        """Whether points are given for something else than the right answer, or are lost."""
        return any(points < 0 for points in self.points.values()) or len(set(self.points.values()) - {0.0}) > 1


def declarations(item: Element) -> dict[str, Declared]:
    """Return the responses of an item by their identifier."""
    return {one.get("identifier"): _declared(one) for one in item.all("response-declaration")}


def _declared(one: Element) -> Declared:
    correct, mapping = one.first("correct-response"), one.first("mapping")
    return Declared(
        one.get("cardinality"),
        one.get("base-type").lower(),
        [" ".join(value.text().split()) for value in correct.all("value")] if correct else [],
        {
            " ".join(entry.get("map-key").split()): _points(entry.get("mapped-value"))
            for entry in (mapping.all("map-entry") if mapping else ())
        },
    )


def _points(written: str) -> float:
    match = NUMBER.fullmatch(written)
    return float(match[1]) if match else 0.0


def number(written: str) -> int | float | None:
    """Return a number as item files write them, or None."""
    match = NUMBER.fullmatch(written)
    if match is None:
        return None
    return float(match[1]) if "." in match[1] else int(match[1])
