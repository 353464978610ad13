"""Asking an item, reading its answer, checking it, explaining it: what the sitting calls."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from question_bank.errors import InvalidAnswer

from .answers import DONT_KNOW, UNKNOWN, Answer, Outcome
from .content import ItemContent
from .gestures import Gesture
from .inputs import Form, one
from .mask import OptionMask
from .registry import ANSWER_KINDS, INTERACTIONS

MEMBERS = frozenset({"kind", "value", "unit"})  # of an answer; a number may come flat


def present(content: ItemContent, locale: str, mask: OptionMask, done: Sequence[Gesture] = ()) -> dict[str, Any]:
    """Return what may be shown of an item before it is answered: never a key, a rationale or a score.

    `done`: the gestures already made in a simulation.
    """
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
        "picture": None,
        "simulation": kind.scene(content, wording, mask, done),
        **kind.body(content, wording, mask),
    }


def parse_json(content: ItemContent, payload: Any, mask: OptionMask) -> Answer:
    """Return the answer that the API received. Raises InvalidAnswer, whatever the payload is."""
    if not isinstance(payload, dict):
        raise _misshapen("answer")
    strangers = sorted(payload.keys() - MEMBERS)
    if strangers:
        raise _misshapen(strangers[0][:64] or "answer")
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


def _misshapen(field: str) -> InvalidAnswer:
    return InvalidAnswer(field, _("Une réponse est un objet, avec « kind » et « value »."))


def parse_form(content: ItemContent, data: Form, mask: OptionMask, done: Sequence[Gesture] = ()) -> Answer:
    """Return the answer that an HTML form (QueryDict or mapping) sent. Raises InvalidAnswer, whatever it holds.

    `done`: the gestures made in a simulation, which are its answer.
    """
    if one(data, UNKNOWN):
        return DONT_KNOW
    if is_played(content):
        return INTERACTIONS[content.interaction].from_gestures(content, data, done)
    return INTERACTIONS[content.interaction].from_form(content, data, mask)


def is_played(content: ItemContent) -> bool:
    """Say whether an item is answered by gestures, each kept before the answer is given."""
    return INTERACTIONS[content.interaction].is_played


def read_gesture(content: ItemContent, sent: Any, mask: OptionMask) -> Gesture | None:
    """Return the gesture that was sent ({do, on, value}, opaque ids), or None when it is none of the scenario."""
    return INTERACTIONS[content.interaction].read_gesture(content, sent, mask)


def has_acted(content: ItemContent, done: Sequence[Gesture]) -> bool:
    """Say whether the gestures `done` in a simulation did more than move about in it."""
    kind = INTERACTIONS[content.interaction]
    return bool(done) and bool(kind.texts(content, content.wording("fr"), Answer(kind.answer_kind, tuple(done))))


def gesture_refusal(content: ItemContent, done: Sequence[Gesture]) -> str:
    """Return why the last of the gestures `done` cannot be made, or nothing when it can."""
    return INTERACTIONS[content.interaction].refusal(content, done)


def check(content: ItemContent, answer: Answer) -> Outcome:
    """Return what the answer is worth; “I do not know” is worth nothing, and costs nothing more."""
    score = 0 if answer.is_unknown else INTERACTIONS[content.interaction].score(content, answer)
    return Outcome(score == content.top_score, score)


def explain(content: ItemContent, answer: Answer, locale: str) -> dict[str, Any]:
    """Return what is said once an item is answered: given and expected, line by line, with the source."""
    wording, kind = content.wording(locale), INTERACTIONS[content.interaction]
    outcome = check(content, answer)
    return {
        "is_correct": outcome.is_correct,
        "score": outcome.score,
        "top_score": content.top_score,
        "is_unknown": answer.is_unknown,
        "language": wording.language,
        "given": kind.texts(content, wording, answer),
        "expected": kind.texts(content, wording, content.expected),
        "rows": [row.to_dict() for row in kind.rows(content, wording, answer)],
        "rationale": kind.rationale(content, wording, answer),
        "scoring": {} if outcome.is_correct or answer.is_unknown else kind.scoring(content, wording, answer),
        "feedback": list(wording.feedback),
        "source": _source(content),
        "review_by": content.review_by,
    }


def _source(content: ItemContent) -> Mapping[str, Any]:
    source = content.source
    return {"authority": source.authority, "url": source.url, "checked_at": source.checked_at, "read": source.read}
