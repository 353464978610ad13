"""Three to six things to put in order."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from question_bank.errors import InvalidAnswer
from question_bank.shapes import Problem, identifier, listing

from .answers import Answer, names
from .base import Interaction, Row
from .choosing import choices_shape, drawn, ids, repeated, unknown, wording_choices
from .content import ItemContent, Wording
from .inputs import Form, listed, one, revealed_all
from .mask import OptionMask


class Order(Interaction):
    name = "order"
    answer_kind = "order"
    answer_required = {"order": listing(identifier, 3, 6, unique=True)}
    required = {"choices": choices_shape(3, 6)}

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        choices = wording_choices(wording)
        yield from repeated(choices, (language, "choices"))
        yield from unknown(answer.get("order", ()), ids(choices), ("answer", "order"))
        if missing := [choice for choice in ids(choices) if choice not in answer.get("order", ())]:
            yield ("answer", "order"), f"the order leaves out {', '.join(missing)}"

    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        return 1 / math.factorial(len(wording["choices"]))

    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        return Answer(self.answer_kind, tuple(answer["order"]))

    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        return {"choices": drawn(content, wording.choices, mask)}

    def from_json(self, content: ItemContent, payload: Mapping[str, Any], mask: OptionMask) -> Answer:
        choices = content.wording("fr").choices
        found = revealed_all(content, mask, listed(payload.get("value"), "value"), choices, "value")
        if len(found) < len(choices):
            raise InvalidAnswer("value", _("Donnez une place à chaque élément, ou choisissez « Je ne sais pas »."))
        return Answer(self.answer_kind, tuple(found))

    def from_form(self, content: ItemContent, data: Form, mask: OptionMask) -> Answer:
        placed: dict[int, str] = {}
        choices = content.wording("fr").choices
        for choice in choices:
            field = f"order-{mask.hide(content.version_uuid, choice.id)}"
            rank = self._rank(one(data, field), len(choices), field)
            if rank in placed:
                raise InvalidAnswer(
                    field, _("Deux éléments ont la place %(rank)d : donnez-en une à chacun.") % {"rank": rank}
                )
            placed[rank] = choice.id
        return Answer(self.answer_kind, tuple(placed[rank] for rank in sorted(placed)))

    def _rank(self, written: str, most: int, field: str) -> int:
        if not written:
            raise InvalidAnswer(field, _("Donnez une place à chaque élément, ou choisissez « Je ne sais pas »."))
        if len(written) > 2 or not (written.isascii() and written.isdigit()) or not 1 <= int(written) <= most:
            raise InvalidAnswer(field, _("La place va de 1 à %(most)d.") % {"most": most})
        return int(written)

    def texts(self, content: ItemContent, wording: Wording, answer: Answer) -> list[str]:
        return [wording.choice(choice_id).text for choice_id in names(answer)]

    def rows(self, content: ItemContent, wording: Wording, answer: Answer) -> list[Row]:
        """In the right order; `is_given` says whether the person put it at this very place."""
        given = names(answer) or (None,) * len(wording.choices)
        expected = [wording.choice(choice_id) for choice_id in names(content.expected)]
        return [Row(c.text, True, c.id == g, c.rationale) for c, g in zip(expected, given, strict=True)]
