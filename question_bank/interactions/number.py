"""A number and its unit. A wrong unit is wrong, whatever the number."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from question_bank.errors import InvalidAnswer
from question_bank.shapes import Problem, fields, identifier, listing, number, text

from .answers import Answer, words
from .base import Interaction, Row
from .choosing import TARGET, choices_shape, drawn, ids, repeated, unknown
from .content import ItemContent, Mistake, Wording, find
from .inputs import Form, one, revealed, typed
from .mask import OptionMask
from .numbers import english, french, read_number

UNIT = "unit:"
LARGEST = 10**15
QUANTITY = fields({"value": number, "unit": identifier}, {"tolerance": number})
MISTAKE = fields({"value": number, "unit": identifier, "rationale": text(400)})


class Number(Interaction):
    name = "number"
    answer_kind = "number"
    answer_required = {"value": number, "unit": identifier}
    answer_optional = {"tolerance": number, "equivalents": listing(QUANTITY, 0, 8)}
    required = {"units": choices_shape(2, 5, TARGET), "mistakes": listing(MISTAKE, 1, 10)}
    optional = {"hint": text(80)}

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        units = ids(wording.get("units"))
        yield from repeated(wording.get("units"), (language, "units"))
        yield from unknown([right.get("unit", "") for right in _accepted(answer)], units, ("answer",))
        if any(right.get("tolerance", 0) < 0 for right in _accepted(answer)):
            yield ("answer", "tolerance"), "a tolerance is not negative"
        for index, mistake in enumerate(wording.get("mistakes", ())):
            keys = (language, "mistakes", index)
            yield from unknown([mistake.get("unit", "")], units, (*keys, "unit"))
            value, unit = Decimal(str(mistake.get("value", 0))), mistake.get("unit", "")
            if any(_agrees(right, value, unit) for right in _accepted(answer)):
                yield keys, f"{value} {unit} is a right answer; a mistake is a wrong one"

    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        return 0.0

    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        return Answer(self.answer_kind, str(answer["value"]), answer["unit"])

    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        return {"units": drawn(content, wording.units, mask, UNIT)}

    def from_json(self, content: ItemContent, payload: Mapping[str, Any], mask: OptionMask) -> Answer:
        value, unit = payload.get("value"), payload.get("unit")
        if isinstance(value, dict):
            unit, value = value.get("unit"), value.get("value")
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST:
            value = repr(value)
        return self._read(content, value, unit, mask)

    def from_form(self, content: ItemContent, data: Form, mask: OptionMask) -> Answer:
        return self._read(content, one(data, "value"), one(data, "unit"), mask)

    def _read(self, content: ItemContent, value: object, unit: object, mask: OptionMask) -> Answer:
        written = typed(value, "value")
        if read_number(written) is None:
            raise InvalidAnswer(
                "value", _("Écrivez un nombre seul, par exemple 12 ou 1,5 ; l’unité se choisit à côté.")
            )
        if unit is None or unit == "":
            raise InvalidAnswer("unit", _("Choisissez l’unité."))
        return Answer(
            self.answer_kind, written, revealed(content, mask, unit, content.wording("fr").units, "unit", UNIT)
        )

    def is_correct(self, content: ItemContent, answer: Answer) -> bool:
        value = read_number(words(answer))
        return value is not None and any(_agrees(right, value, answer.unit) for right in _accepted(content.answer))

    def texts(self, content: ItemContent, wording: Wording, answer: Answer) -> list[str]:
        if answer.is_unknown:
            return []
        value, write = read_number(words(answer)), english if wording.language == "en" else french
        return [f"{words(answer) if value is None else write(value)}\u00a0{find(wording.units, answer.unit).text}"]

    def rows(self, content: ItemContent, wording: Wording, answer: Answer) -> list[Row]:
        """The right answer, then the mistake made when it is a known one."""
        right = Row(self.texts(content, wording, content.expected)[0], True, self.is_correct(content, answer), "")
        mistake = self._mistake(wording, answer)
        return (
            [right, Row(self.texts(content, wording, answer)[0], False, True, mistake.rationale)]
            if mistake
            else [right]
        )

    def rationale(self, content: ItemContent, wording: Wording, answer: Answer) -> str:
        mistake = None if self.is_correct(content, answer) else self._mistake(wording, answer)
        return mistake.rationale if mistake else ""

    def _mistake(self, wording: Wording, answer: Answer) -> Mistake | None:
        value = read_number(words(answer))
        return next((m for m in wording.mistakes if (m.value, m.unit) == (value, answer.unit)), None)


def _accepted(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield answer
    yield from answer.get("equivalents", ())


def _agrees(right: Mapping[str, Any], value: Decimal, unit: str) -> bool:
    tolerance = Decimal(str(right.get("tolerance", 0)))
    return unit == right.get("unit") and abs(value - Decimal(str(right.get("value", 0)))) <= tolerance
