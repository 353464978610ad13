"""Where a practice stands: asked, asked again with a sentence, or answered and explained."""

from dataclasses import dataclass, field
from typing import Any

from question_bank.types import Answer, ItemContent, Outcome

from .tickets import Ticket


def blank_form() -> dict[str, Any]:
    """Return the form of an item that nothing was typed in."""
    return {"values": {}, "errors": {}}


@dataclass(frozen=True)
class Practice:
    """An item as a page shows it, outside any attempt.

    `item`: what may be shown before the answer; `form`: {values, errors}; `notice`: a sentence above the form;
    `told`: the explanation, once answered; `status`: the HTTP status of the page that shows it.
    """

    key: str
    competency: str
    content: ItemContent
    ticket: Ticket
    item: dict[str, Any]
    form: dict[str, Any] = field(default_factory=blank_form)
    notice: str = ""
    answer: Answer | None = None
    outcome: Outcome | None = None
    told: dict[str, Any] | None = None
    status: int = 200

    @property
    def is_answered(self) -> bool:
        """Say whether the answer was read, so that all may be told."""
        return self.told is not None

    @property
    def signed(self) -> str:
        """Return the value of the form's hidden field."""
        return self.ticket.sign()

    @property
    def is_played(self) -> bool:
        """Say whether it is a simulation, played gesture by gesture."""
        return self.item["simulation"] is not None
