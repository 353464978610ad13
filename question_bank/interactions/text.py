"""A few words, typed, compared by the checker that the item names."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from question_bank.shapes import Keys, Problem, fields, listing, one_of
from question_bank.shapes import text as text_shape

from .answers import Answer, words
from .base import Interaction, Row
from .checkers import CHECKERS, is_text, pattern_problem, words_of
from .content import ItemContent, Mistake, Wording
from .dates import read_date
from .inputs import Form, one, typed
from .mask import OptionMask

MISTAKE = fields({"text": text_shape(120), "rationale": text_shape(400)})


class Text(Interaction):
    name = "text"
    answer_kind = "text"
    answer_required = {"checker": one_of(*CHECKERS), "accept": listing(text_shape(200), 1, 60, unique=True)}
    required = {"mistakes": listing(MISTAKE, 1, 12)}
    optional = {"hint": text_shape(80)}

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        checker, accept = answer.get("checker", ""), answer.get("accept", [])
        if checker not in CHECKERS or not accept:
            return
        found = list(accept_problems(checker, accept, ("answer", "accept")))
        yield from found
        for index, mistake in enumerate(() if found else wording.get("mistakes", ())):
            if CHECKERS[checker](mistake.get("text", ""), accept):
                yield (
                    (language, "mistakes", index, "text"),
                    f"“{mistake['text']}” is accepted as right; a mistake is a wrong answer",
                )

    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        return 0.0

    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        return Answer(self.answer_kind, shown_answer(answer["checker"], answer["accept"]))

    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        return {}

    def from_json(self, content: ItemContent, payload: Mapping[str, Any], mask: OptionMask) -> Answer:
        return Answer(self.answer_kind, typed(payload.get("value"), "value"))

    def from_form(self, content: ItemContent, data: Form, mask: OptionMask) -> Answer:
        return Answer(self.answer_kind, typed(one(data, "text"), "text"))

    def is_correct(self, content: ItemContent, answer: Answer) -> bool:
        return not answer.is_unknown and CHECKERS[content.answer["checker"]](words(answer), content.answer["accept"])

    def texts(self, content: ItemContent, wording: Wording, answer: Answer) -> list[str]:
        return [] if answer.is_unknown else [words(answer)]

    def rows(self, content: ItemContent, wording: Wording, answer: Answer) -> list[Row]:
        """The right answer, then the mistake made when it is a known one."""
        right = Row(words(content.expected), True, self.is_correct(content, answer), "")
        mistake = self._mistake(content, wording, answer)
        return [right, Row(words(answer), False, True, mistake.rationale)] if mistake else [right]

    def rationale(self, content: ItemContent, wording: Wording, answer: Answer) -> str:
        mistake = self._mistake(content, wording, answer)
        return mistake.rationale if mistake else ""

    def _mistake(self, content: ItemContent, wording: Wording, answer: Answer) -> Mistake | None:
        if answer.is_unknown or self.is_correct(content, answer):
            return None
        return next((m for m in wording.mistakes if is_text(words(answer), [m.text])), None)


def shown_answer(checker: str, accept: list[str]) -> str:
    """Return the right answer in words: the first accepted text, or the whole list."""
    return ", ".join(accept) if checker == "list" else accept[0]


def accept_problems(checker: str, accept: list[str], keys: Keys) -> Iterator[Problem]:
    """Yield what makes accepted texts useless to their checker; `keys`: where they are."""
    if checker == "regex":
        for index, pattern in enumerate(accept):
            if problem := pattern_problem(pattern):
                yield (*keys, index), f"“{pattern}” {problem}"
                return
        if not any(re.fullmatch(pattern, accept[0], re.IGNORECASE) for pattern in accept):
            yield keys, "the first entry is the answer shown: write an example, then the pattern it matches"
    if checker == "date":
        dates = [read_date(words_of(entry)) for entry in accept]
        if None in dates or len(set(dates)) > 1:
            yield keys, "all entries are writings of one date (12/03/2026, 12 mars 2026…)"
    if checker in ("text", "tolerant"):
        yield from _empty(accept, keys)


def _empty(accept: list[str], keys: Keys) -> Iterator[Problem]:
    for index, entry in enumerate(accept):
        if not words_of(entry):
            yield (*keys, index), f"“{entry}” holds nothing to compare"
