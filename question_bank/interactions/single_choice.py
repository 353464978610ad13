"""One choice out of three to five."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from question_bank.errors import InvalidAnswer
from question_bank.shapes import Problem, identifier

from .answers import Answer, names
from .base import Interaction, Row
from .choosing import choices_shape, drawn, ids, repeated, unknown, wording_choices
from .content import ItemContent, Wording
from .inputs import Form, one, revealed
from .mask import OptionMask


class SingleChoice(Interaction):
    name = "single_choice"
    answer_kind = "choice"
    answer_required = {"correct": identifier}
    required = {"choices": choices_shape(3, 5)}

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        choices = wording_choices(wording)
        yield from repeated(choices, (language, "choices"))
        yield from unknown([answer.get("correct", "")], ids(choices), ("answer", "correct"))

    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        return 1 / len(wording["choices"])

    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        return Answer(self.answer_kind, answer["correct"])

    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        return {"choices": drawn(content, wording.choices, mask)}

    def from_json(self, content: ItemContent, payload: Mapping[str, Any], mask: OptionMask) -> Answer:
        return self._read(content, payload.get("value"), mask, "value")

    def from_form(self, content: ItemContent, data: Form, mask: OptionMask) -> Answer:
        return self._read(content, one(data, "choice"), mask, "choice")

    def _read(self, content: ItemContent, value: object, mask: OptionMask, field: str) -> Answer:
        if value is None or value == "":
            raise InvalidAnswer(field, _("Choisissez une réponse, ou « Je ne sais pas »."))
        return Answer(self.answer_kind, revealed(content, mask, value, content.wording("fr").choices, field))

    def texts(self, content: ItemContent, wording: Wording, answer: Answer) -> list[str]:
        return [wording.choice(choice_id).text for choice_id in names(answer)]

    def rows(self, content: ItemContent, wording: Wording, answer: Answer) -> list[Row]:
        keys, given = names(content.expected), names(answer)
        return [Row(c.text, c.id in keys, c.id in given, c.rationale) for c in wording.choices]

    def rationale(self, content: ItemContent, wording: Wording, answer: Answer) -> str:
        return "" if answer.is_unknown else wording.choice(names(answer)[0]).rationale
