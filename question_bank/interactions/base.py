"""What an interaction type must know how to do; each is one module here, and nobody else knows types."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from question_bank.shapes import Problem, Shape

from .answers import KINDS_OF_PAIRS, Answer, pairs
from .content import ItemContent, Wording
from .gestures import Gesture
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

    is_played: ClassVar[bool] = False  # answered by gestures, each kept before the answer is given

    # — what an item file must hold —

    @abstractmethod
    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        """Yield what the shapes cannot see: the answer and one language against each other."""

    @abstractmethod
    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        """Return the chance of answering right without knowing (before the cap of .25)."""

    def top_score(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> int:
        """Return the highest score of an item file: 1, all or nothing; more, and what is partly right counts.

        `answer` and `wording` (French) as the file says them. What it returns is read from `ItemContent.top_score`.
        """
        return 1

    # — asking —

    @abstractmethod
    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        """Return the right answer (the first one, when several are)."""

    @abstractmethod
    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        """Return what is drawn under the question: choices, prompts, units or segments."""

    def scene(
        self, content: ItemContent, wording: Wording, mask: OptionMask, done: Sequence[Gesture]
    ) -> dict[str, Any] | None:
        """Return what is played in, after the gestures `done`; None for what is not played."""
        return None

    @abstractmethod
    def from_json(self, content: ItemContent, payload: Mapping[str, Any], mask: OptionMask) -> Answer:
        """Read an answer from the API. Raises InvalidAnswer."""

    @abstractmethod
    def from_form(self, content: ItemContent, data: Form, mask: OptionMask) -> Answer:
        """Read an answer from an HTML form. Raises InvalidAnswer."""

    def read_gesture(self, content: ItemContent, sent: Any, mask: OptionMask) -> Gesture | None:
        """Return the gesture that opaque ids stand for, or None when there is no such one."""
        return None

    def refusal(self, content: ItemContent, done: Sequence[Gesture]) -> str:
        """Return why the last of the gestures `done` cannot be made, or nothing when it can."""
        return ""

    def from_gestures(self, content: ItemContent, data: Form, done: Sequence[Gesture]) -> Answer:
        """Read the answer of what is played: the gestures made, which the form only confirms. Raises InvalidAnswer."""
        raise NotImplementedError

    # — after the answer —

    def is_correct(self, content: ItemContent, answer: Answer) -> bool:
        """Return whether the answer is right; pairs in any order, since a database may have changed it."""
        if answer.kind in KINDS_OF_PAIRS:
            return dict(pairs(answer)) == dict(pairs(content.expected))
        return answer == content.expected

    def score(self, content: ItemContent, answer: Answer) -> int:
        """Return what an answer (never “I do not know”) is worth, from 0 to `content.top_score`, which is right."""
        return int(self.is_correct(content, answer))

    @abstractmethod
    def texts(self, content: ItemContent, wording: Wording, answer: Answer) -> list[str]:
        """Return an answer in words."""

    @abstractmethod
    def rows(self, content: ItemContent, wording: Wording, answer: Answer) -> list[Row]:
        """Return the lines of the explanation."""

    def scoring(self, content: ItemContent, wording: Wording, answer: Answer) -> Mapping[str, Any]:
        """Return how the score was made, where the lines of the explanation do not say it: nothing, by default."""
        return {}

    def rationale(self, content: ItemContent, wording: Wording, answer: Answer) -> str:
        """Return what to say of this very answer: by default that of the first row where it errs."""
        if answer.is_unknown:
            return ""
        return next((row.rationale for row in self.rows(content, wording, answer) if row.is_key != row.is_given), "")
