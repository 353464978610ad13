"""A text to complete with menus."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from question_bank.errors import InvalidAnswer
from question_bank.shapes import Problem, fields, identifier, listing, mapping, text

from .answers import Answer, pairs
from .base import Interaction, Row
from .choosing import choices_shape, drawn, ids, repeated, unknown
from .content import Blank, ItemContent, Wording, find
from .inputs import Form, mapped, one, revealed
from .mask import OptionMask

HOLE = re.compile(r"\{([A-Za-z0-9_-]+)\}")
BLANK = "blank:"
BLANK_SHAPE = fields({"id": identifier, "choices": choices_shape(2, 5)})


class InlineChoice(Interaction):
    name = "inline_choice"
    answer_kind = "blanks"
    answer_required = {"blanks": mapping(identifier, 1, 6)}
    required = {"text": text(900, lines=True), "blanks": listing(BLANK_SHAPE, 1, 6)}

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        blanks, holes, written = (
            wording.get("blanks", []),
            HOLE.findall(str(wording.get("text"))),
            answer.get("blanks", {}),
        )
        if sorted(holes) != sorted(ids(blanks)):
            yield (
                (language, "text"),
                f"the text names {', '.join(holes) or 'no blank'}; the blanks are {', '.join(ids(blanks))}",
            )
        yield from unknown(written, ids(blanks), ("answer", "blanks"))
        for index, blank in enumerate(blanks):
            choices, keys = blank.get("choices", []), (language, "blanks", index, "choices")
            yield from repeated(choices, keys)
            yield from unknown([written.get(blank.get("id"), "")], ids(choices), ("answer", "blanks"))
            if blank.get("id") not in written:
                yield ("answer", "blanks"), f"no answer for the blank “{blank.get('id')}”"

    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        return 1 / math.prod(len(blank["choices"]) for blank in wording["blanks"])

    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        return Answer(self.answer_kind, tuple((blank.id, answer["blanks"][blank.id]) for blank in wording.blanks))

    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        parts = HOLE.split(wording.text)  # text, blank id, text, blank id, … text
        blanks = {blank.id: blank for blank in wording.blanks}
        segments: list[dict[str, Any]] = []
        for index, part in enumerate(parts):
            if index % 2:
                with override(wording.language):  # its label is part of the item, whatever the page around it speaks
                    segments.append(self._hole(content, blanks[part], index // 2 + 1, mask))
            elif part:
                segments.append({"text": part})
        return {"segments": segments}

    def _hole(self, content: ItemContent, blank: Blank, number: int, mask: OptionMask) -> dict[str, Any]:
        return {
            "blank": mask.hide(content.version_uuid, BLANK + blank.id),
            "label": _("Choix %(number)d") % {"number": number},
            "choices": drawn(content, blank.choices, mask, f"{blank.id}/"),
        }

    def from_json(self, content: ItemContent, payload: Mapping[str, Any], mask: OptionMask) -> Answer:
        value, blanks = mapped(payload.get("value"), "value"), content.wording("fr").blanks
        hidden = {mask.hide(content.version_uuid, BLANK + blank.id): blank for blank in blanks}
        if value.keys() - hidden.keys():
            raise InvalidAnswer("value", _("Ce choix ne fait pas partie de ceux qui sont proposés."))
        return self._answer(content, [(blank, value.get(opaque), "value") for opaque, blank in hidden.items()], mask)

    def from_form(self, content: ItemContent, data: Form, mask: OptionMask) -> Answer:
        blanks = content.wording("fr").blanks
        names = [f"blank-{mask.hide(content.version_uuid, BLANK + blank.id)}" for blank in blanks]
        return self._answer(content, [(b, one(data, n), n) for b, n in zip(blanks, names, strict=True)], mask)

    def _answer(self, content: ItemContent, given: list[tuple[Blank, object, str]], mask: OptionMask) -> Answer:
        if empty := next((field for _blank, value, field in given if value in (None, "")), None):
            raise InvalidAnswer(empty, _("Complétez chaque choix, ou choisissez « Je ne sais pas »."))
        made = tuple((b.id, revealed(content, mask, value, b.choices, field, f"{b.id}/")) for b, value, field in given)
        return Answer(self.answer_kind, made)

    def texts(self, content: ItemContent, wording: Wording, answer: Answer) -> list[str]:
        given = dict(pairs(answer))
        return [find(blank.choices, given[blank.id]).text for blank in wording.blanks if blank.id in given]

    def rows(self, content: ItemContent, wording: Wording, answer: Answer) -> list[Row]:
        """For each blank, its right choice and the one made."""
        keys, given = dict(pairs(content.expected)), dict(pairs(answer))
        return [
            Row(c.text, c.id == keys[blank.id], c.id == given.get(blank.id), c.rationale, str(number))
            for number, blank in enumerate(wording.blanks, start=1)
            for c in blank.choices
            if c.id in (keys[blank.id], given.get(blank.id))
        ]

    def rationale(self, content: ItemContent, wording: Wording, answer: Answer) -> str:
        """Return that of the first wrong choice made."""
        return next((r.rationale for r in self.rows(content, wording, answer) if r.is_given and not r.is_key), "")
