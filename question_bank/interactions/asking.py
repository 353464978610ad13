"""Asking an item, reading its answer, checking it, explaining it: what the sitting calls."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from question_bank.errors import InvalidAnswer

from .answers import DONT_KNOW, UNKNOWN, Answer, Outcome
from .content import ItemContent
from .inputs import Form, one
from .mask import OptionMask
from .registry import ANSWER_KINDS, INTERACTIONS

RIGHT, WRONG = Outcome(True, 1.0), Outcome(False, 0.0)


def present(content: ItemContent, locale: str, mask: OptionMask) -> dict[str, Any]:
    """Return what may be shown of an item before it is answered: never a key, a rationale or a score."""
    wording, kind = content.wording(locale), INTERACTIONS[content.interaction]
    return {
        "interaction": content.interaction,
        "answer_kind": kind.answer_kind,
        "language": wording.language,
        "title": wording.title,
        "context": list(wording.context),
        "artefact": dict(wording.artefact) if wording.artefact else None,
        "question": wording.question,
        "hint": wording.hint,
        "choices": [],
        "prompts": [],
        "units": [],
        "segments": [],
        **kind.body(content, wording, mask),
    }


def parse_json(content: ItemContent, payload: Any, mask: OptionMask) -> Answer:
    """Return the answer that the API received. Raises InvalidAnswer, whatever the payload is."""
    if not isinstance(payload, dict):
        raise InvalidAnswer("answer", _("Une réponse est un objet, avec « kind » et « value »."))
    kind, given = INTERACTIONS[content.interaction], payload.get("kind")
    if given == UNKNOWN:
        return DONT_KNOW
    if given != kind.answer_kind:
        known = isinstance(given, str) and given in ANSWER_KINDS
        sentence = (
            _("Cette situation attend une réponse « %(kind)s ».")
            if known
            else _("« kind » vaut « %(kind)s » ou « unknown ».")
        )
        raise InvalidAnswer("kind", sentence % {"kind": kind.answer_kind})
    return kind.from_json(content, payload, mask)


def parse_form(content: ItemContent, data: Form, mask: OptionMask) -> Answer:
    """Return the answer that an HTML form (QueryDict or mapping) sent. Raises InvalidAnswer, whatever it holds."""
    if one(data, UNKNOWN):
        return DONT_KNOW
    return INTERACTIONS[content.interaction].from_form(content, data, mask)


def check(content: ItemContent, answer: Answer) -> Outcome:
    """Return what the answer is worth; “I do not know” is worth nothing, and costs nothing more."""
    is_right = not answer.is_unknown and INTERACTIONS[content.interaction].is_correct(content, answer)
    return RIGHT if is_right else WRONG


def explain(content: ItemContent, answer: Answer, locale: str) -> dict[str, Any]:
    """Return what is said once an item is answered: given and expected, line by line, with the source."""
    wording, kind = content.wording(locale), INTERACTIONS[content.interaction]
    return {
        "is_correct": check(content, answer).is_correct,
        "is_unknown": answer.is_unknown,
        "language": wording.language,
        "given": kind.texts(content, wording, answer),
        "expected": kind.texts(content, wording, content.expected),
        "rows": [row.to_dict() for row in kind.rows(content, wording, answer)],
        "rationale": kind.rationale(content, wording, answer),
        "feedback": list(wording.feedback),
        "source": _source(content),
        "review_by": content.review_by,
    }


def _source(content: ItemContent) -> Mapping[str, Any]:
    source = content.source
    return {"authority": source.authority, "url": source.url, "checked_at": source.checked_at, "read": source.read}
