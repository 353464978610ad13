"""What an interaction type must know how to do; each is one module here, and nobody else knows types."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from question_bank.shapes import Problem, Shape

from .answers import Answer
from .content import ItemContent, Wording
from .inputs import Form
from .mask import OptionMask

MOST_GUESSING = 0.25


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an explanation; `label` names its blank when there are several."""

    text: str
    is_key: bool
    is_given: bool
    rationale: str
    label: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the row for a template or JSON."""
        return {
            "text": self.text,
            "is_key": self.is_key,
            "is_given": self.is_given,
            "rationale": self.rationale,
            "label": self.label,
        }


class Interaction(ABC):
    """A type of interaction: pure functions over a content and an answer; no database, no clock."""

    name: ClassVar[str]
    answer_kind: ClassVar[str]
    answer_required: ClassVar[Mapping[str, Shape]]  # the `answer` of an item file
    answer_optional: ClassVar[Mapping[str, Shape]] = {}
    required: ClassVar[Mapping[str, Shape]]  # fields of each language, beside the common ones
    optional: ClassVar[Mapping[str, Shape]] = {}

    # — what an item file must hold —

    @abstractmethod
    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        """Yield what the shapes cannot see: the answer and one language against each other."""

    @abstractmethod
    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        """Return the chance of answering right without knowing (before the cap of .25)."""

    # — asking —

    @abstractmethod
    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        """Return the right answer (the first one, when several are)."""

    @abstractmethod
    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        """Return what is drawn under the question: choices, prompts, units or segments."""

    @abstractmethod
    def from_json(self, content: ItemContent, payload: Mapping[str, Any], mask: OptionMask) -> Answer:
        """Read an answer from the API. Raises InvalidAnswer."""

    @abstractmethod
    def from_form(self, content: ItemContent, data: Form, mask: OptionMask) -> Answer:
        """Read an answer from an HTML form. Raises InvalidAnswer."""

    # — after the answer —

    def is_correct(self, content: ItemContent, answer: Answer) -> bool:
        """Return whether the answer is right."""
        return answer == content.expected

    @abstractmethod
    def texts(self, content: ItemContent, wording: Wording, answer: Answer) -> list[str]:
        """Return an answer in words."""

    @abstractmethod
    def rows(self, content: ItemContent, wording: Wording, answer: Answer) -> list[Row]:
        """Return the lines of the explanation."""

    def rationale(self, content: ItemContent, wording: Wording, answer: Answer) -> str:
        """Return what to say of this very answer: by default that of the first row where it errs."""
        if answer.is_unknown:
            return ""
        return next((row.rationale for row in self.rows(content, wording, answer) if row.is_key != row.is_given), "")
