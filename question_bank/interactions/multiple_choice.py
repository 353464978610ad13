"""All the choices that are right, out of four to seven."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from question_bank.errors import InvalidAnswer
from question_bank.shapes import Problem, identifier, listing

from .answers import Answer, names
from .base import Interaction, Row
from .choosing import choices_shape, drawn, ids, repeated, unknown, wording_choices
from .content import ItemContent, Wording
from .inputs import Form, listed, many, revealed_all
from .mask import OptionMask

SAYS_SEVERAL = {
    "fr": re.compile(
        r"\b(plusieurs|tou(te)?s|celles|ceux|lesquel(le)?s|quel(le)?s|chaque|cochez|deux|trois|quatre|cinq)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(r"\b(all|several|which|what|any|two|three|four|five|each|tick)\b", re.IGNORECASE),
}


class MultipleChoice(Interaction):
    name = "multiple_choice"
    answer_kind = "choices"
    answer_required = {"correct": listing(identifier, 2, 6, unique=True)}
    required = {"choices": choices_shape(4, 7)}

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        choices = wording_choices(wording)
        yield from repeated(choices, (language, "choices"))
        yield from unknown(answer.get("correct", ()), ids(choices), ("answer", "correct"))
        if len(answer.get("correct", ())) >= len(choices) > 0:
            yield ("answer", "correct"), "not every choice may be right"
        if not SAYS_SEVERAL["en" if language == "en" else "fr"].search(str(wording.get("question"))):
            yield (
                (language, "question"),
                "the question says that several choices are right (“Lesquelles…”, “toutes…”, “deux…”)",
            )

    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        return 1 / ((1 << len(wording["choices"])) - 2)  # some ticked, not all

    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        return self._sorted(wording, answer["correct"])

    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        return {"choices": drawn(content, wording.choices, mask)}

    def from_json(self, content: ItemContent, payload: Mapping[str, Any], mask: OptionMask) -> Answer:
        return self._read(content, listed(payload.get("value"), "value"), mask, "value")

    def from_form(self, content: ItemContent, data: Form, mask: OptionMask) -> Answer:
        return self._read(content, many(data, "choices"), mask, "choices")

    def _read(self, content: ItemContent, values: list[Any], mask: OptionMask, field: str) -> Answer:
        if not values:
            raise InvalidAnswer(field, _("Cochez au moins une réponse, ou choisissez « Je ne sais pas »."))
        wording = content.wording("fr")
        return self._sorted(wording, revealed_all(content, mask, values, wording.choices, field))

    def _sorted(self, wording: Wording, chosen: list[str]) -> Answer:
        return Answer(self.answer_kind, tuple(choice.id for choice in wording.choices if choice.id in chosen))

    def texts(self, content: ItemContent, wording: Wording, answer: Answer) -> list[str]:
        return [wording.choice(choice_id).text for choice_id in names(answer)]

    def rows(self, content: ItemContent, wording: Wording, answer: Answer) -> list[Row]:
        keys, given = names(content.expected), names(answer)
        return [Row(c.text, c.id in keys, c.id in given, c.rationale) for c in wording.choices]
