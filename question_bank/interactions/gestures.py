"""A gesture of a simulation: small, plain, the same in a row, in an answer and in an item file."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Gesture(NamedTuple):
    """What one does (`report`), on what (`m5`), with which value (`soins`); the last two may be empty."""

    do: str
    on: str = ""
    value: str = ""

    def to_json(self) -> dict[str, str]:
        """Return the gesture as it is kept: {"do": "report", "on": "m5"}; what is empty is left out."""
        return {name: part for name, part in self._asdict().items() if part}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Gesture":
        """Return the gesture that `to_json` or an item file wrote (nothing is checked)."""
        return cls(str(data.get("do", "")), str(data.get("on", "")), str(data.get("value", "")))
