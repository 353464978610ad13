"""A text to complete by typing; each blank that is right counts."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from question_bank.errors import InvalidAnswer
from question_bank.shapes import Keys, Problem, fields, identifier, listing, mapping, one_of, text

from .answers import Answer, pairs
from .base import Interaction, Row
from .checkers import CHECKERS, is_text
from .choosing import ids, repeated, unknown
from .content import Blank, ItemContent, Wording
from .inline_choice import BLANK, HOLE
from .inputs import Form, mapped, one, typed
from .mask import OptionMask
from .text import MISTAKE, accept_problems, shown_answer

MOST_BLANKS = 4
EXPECTED = fields({"checker": one_of(*CHECKERS), "accept": listing(text(200), 1, 60, unique=True)})
BLANK_SHAPE = fields(
    {"id": identifier, "label": text(60), "rationale": text(400)}, {"mistakes": listing(MISTAKE, 1, 12)}
)


class FillIn(Interaction):
    """Worth one point for each blank that is right; one left empty is worth nothing, and costs nothing more."""

    name = "fill_in"
    answer_kind = "blanks"
    answer_required = {"blanks": mapping(EXPECTED, 1, MOST_BLANKS)}
    required = {"text": text(900, lines=True), "blanks": listing(BLANK_SHAPE, 1, MOST_BLANKS)}
    optional = {"hint": text(80)}

    def problems(self, answer: Mapping[str, Any], wording: Mapping[str, Any], language: str) -> Iterator[Problem]:
        blanks, holes = wording.get("blanks", []), HOLE.findall(str(wording.get("text")))
        expected, keys = answer.get("blanks", {}), ("answer", "blanks")
        yield from repeated([{**blank, "text": blank.get("label")} for blank in blanks], (language, "blanks"))
        if sorted(holes) != sorted(ids(blanks)):
            told = f"the text names {', '.join(holes) or 'no blank'}; the blanks are {', '.join(ids(blanks))}"
            yield (language, "text"), told
        yield from unknown(expected, ids(blanks), keys)
        for index, blank in enumerate(blanks):
            name = blank.get("id")
            if name not in expected:
                yield keys, f"no answer for the blank “{name}”"
            else:
                yield from _blank_problems(blank, expected[name], (*keys, name), (language, "blanks", index))

    def guessing(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> float:
        return 0.0

    def top_score(self, answer: Mapping[str, Any], wording: Mapping[str, Any]) -> int:
        """As many as there are blanks."""
        return len(answer["blanks"])

    def expected(self, answer: Mapping[str, Any], wording: Wording) -> Answer:
        right = answer["blanks"]
        shown = ((b.id, shown_answer(right[b.id]["checker"], right[b.id]["accept"])) for b in wording.blanks)
        return Answer(self.answer_kind, tuple(shown))

    def body(self, content: ItemContent, wording: Wording, mask: OptionMask) -> dict[str, Any]:
        blanks = {blank.id: blank for blank in wording.blanks}
        parts = enumerate(HOLE.split(wording.text))  # text, blank id, text, blank id, … text
        drawn = [_hole(content, blanks[part], mask) if index % 2 else {"text": part} for index, part in parts if part]
        with override(wording.language):  # it is part of the item, whatever the page around it speaks
            hint = wording.hint or _("Remplissez ce que vous savez : chaque trou juste compte.")
        return {"segments": drawn, "hint": hint}

    def from_json(self, content: ItemContent, payload: Mapping[str, Any], mask: OptionMask) -> Answer:
        value, blanks = mapped(payload.get("value"), "value"), content.wording("fr").blanks
        hidden = {mask.hide(content.version_uuid, BLANK + blank.id): blank for blank in blanks}
        if value.keys() - hidden.keys():
            raise InvalidAnswer("value", _("Ce trou ne fait pas partie de ceux qui sont à remplir."))
        return self._answer([(blank, value.get(opaque), "value") for opaque, blank in hidden.items()])

    def from_form(self, content: ItemContent, data: Form, mask: OptionMask) -> Answer:
        blanks = content.wording("fr").blanks
        names = [f"blank-{mask.hide(content.version_uuid, BLANK + blank.id)}" for blank in blanks]
        return self._answer([(blank, one(data, name), name) for blank, name in zip(blanks, names, strict=True)])

    def _answer(self, given: list[tuple[Blank, object, str]]) -> Answer:
        written = [(b, value, field) for b, value, field in given if value is not None and str(value).strip()]
        if not written:
            raise InvalidAnswer(given[0][2], _("Remplissez au moins un trou, ou choisissez « Je ne sais pas »."))
        return Answer(self.answer_kind, tuple((blank.id, typed(value, field)) for blank, value, field in written))

    def is_correct(self, content: ItemContent, answer: Answer) -> bool:
        return self.score(content, answer) == content.top_score

    def score(self, content: ItemContent, answer: Answer) -> int:
        return sum(_is_right(content, blank, written) for blank, written in pairs(answer))

    def texts(self, content: ItemContent, wording: Wording, answer: Answer) -> list[str]:
        given = dict(pairs(answer))
        return [f"{blank.label} → {given[blank.id]}" for blank in wording.blanks if blank.id in given]

    def rows(self, content: ItemContent, wording: Wording, answer: Answer) -> list[Row]:
        """For each blank, what was expected, then what was written when it is something else."""
        given = dict(pairs(answer))
        return [row for blank in wording.blanks for row in _rows(content, blank, given.get(blank.id, ""))]

    def rationale(self, content: ItemContent, wording: Wording, answer: Answer) -> str:
        """Return that of the first blank that is wrong: of the mistake made when it is a known one."""
        wrong = [row for row in self.rows(content, wording, answer) if row.is_key != row.is_given and row.rationale]
        return "" if answer.is_unknown or not wrong else next((r for r in wrong if r.is_given), wrong[0]).rationale


def _hole(content: ItemContent, blank: Blank, mask: OptionMask) -> dict[str, Any]:
    return {"blank": mask.hide(content.version_uuid, BLANK + blank.id), "label": blank.label}


def _is_right(content: ItemContent, blank: str, written: str) -> bool:
    right = content.answer["blanks"][blank]
    return CHECKERS[right["checker"]](written, right["accept"])


def _rows(content: ItemContent, blank: Blank, written: str) -> Iterator[Row]:
    is_right = bool(written) and _is_right(content, blank.id, written)
    yield Row(dict(pairs(content.expected))[blank.id], True, is_right, blank.rationale, blank.label)
    if written and not is_right:
        known = next((mistake.rationale for mistake in blank.mistakes if is_text(written, [mistake.text])), "")
        yield Row(written, False, True, known, blank.label)


def _blank_problems(blank: Mapping[str, Any], right: Mapping[str, Any], answer: Keys, here: Keys) -> Iterator[Problem]:
    checker, accept = right.get("checker", ""), right.get("accept", [])
    if checker not in CHECKERS or not accept:
        return
    found = list(accept_problems(checker, accept, (*answer, "accept")))
    yield from found
    for index, mistake in enumerate(() if found else blank.get("mistakes", ())):
        if CHECKERS[checker](mistake.get("text", ""), accept):
            told = f"“{mistake['text']}” is accepted as right; a mistake is a wrong answer"
            yield (*here, "mistakes", index, "text"), told
