"""What can be chosen in an item, and what was chosen in an answer: ids of the item's own, never what somebody typed."""

from dataclasses import dataclass

from question_bank.interactions import Answer, ItemContent
from question_bank.interactions.answers import names, pairs
from question_bank.interactions.content import DEFAULT_LOCALE, Wording
from question_bank.interactions.registry import INTERACTIONS


@dataclass(frozen=True, slots=True)
class Named:
    """Something countable in an answer: its label in the counts, its mark (A, B…) and words for authors."""

    label: str
    mark: str
    text: str
    is_key: bool


def countable(content: ItemContent) -> tuple[Named, ...]:
    """Return what is counted of the answers to an item, in the order of its file; empty when only the outcome is."""
    wording, kind = content.wording(DEFAULT_LOCALE), INTERACTIONS[content.interaction].answer_kind
    if kind in ("choice", "choices"):
        return _choices(wording, frozenset(names(content.expected)))
    if kind == "order":
        return _choices(wording, frozenset())  # counted when it is in its place
    if kind in ("pairs", "blanks"):
        return _pairs(content, wording)
    return tuple(
        Named(f"m{place}", str(place + 1), _mistake_text(wording, place), False)
        for place in range(len(wording.mistakes))
    )


def chosen(content: ItemContent, answer: Answer) -> list[str]:
    """Return the labels of what was chosen in an answer; a text or a number is a known mistake, or nothing."""
    if answer.is_unknown:
        return []
    known = {one.label for one in countable(content)}
    return [label for label in dict.fromkeys(_labels(content, answer)) if label in known]


def _labels(content: ItemContent, answer: Answer) -> list[str]:
    if answer.kind in ("choice", "choices"):
        return list(names(answer))
    if answer.kind == "order":
        return [given for given, right in zip(names(answer), names(content.expected), strict=False) if given == right]
    if answer.kind in ("pairs", "blanks"):
        return [f"{left}>{right}" for left, right in pairs(answer)]
    return _known_mistake(content, answer)


def _choices(wording: Wording, keys: frozenset[str]) -> tuple[Named, ...]:
    offered = wording.choices or tuple(getattr(wording, "zones", ()))
    return tuple(Named(one.id, _mark(place), one.text, one.id in keys) for place, one in enumerate(offered))


def _pairs(content: ItemContent, wording: Wording) -> tuple[Named, ...]:
    """Return every wrong pair people could make, and the right ones; a blank that is typed has none."""
    right = set(pairs(content.expected))
    rows = [(prompt.id, prompt.text, wording.choices) for prompt in wording.prompts]
    rows += [(blank.id, blank.id, getattr(blank, "choices", ())) for blank in wording.blanks]
    return tuple(
        Named(f"{left}>{one.id}", f"{place + 1}{_mark(index)}", f"{text} → {one.text}", (left, one.id) in right)
        for place, (left, text, offered) in enumerate(rows)
        for index, one in enumerate(offered)
    )


def _known_mistake(content: ItemContent, answer: Answer) -> list[str]:
    wording = content.wording(DEFAULT_LOCALE)
    told = INTERACTIONS[content.interaction].rationale(content, wording, answer) if wording.mistakes else ""
    return [f"m{place}" for place, mistake in enumerate(wording.mistakes) if told and mistake.rationale == told][:1]


def _mistake_text(wording: Wording, place: int) -> str:
    mistake = wording.mistakes[place]
    if mistake.text:
        return mistake.text
    unit = next((one.text for one in wording.units if one.id == mistake.unit), "")
    return f"{mistake.value} {unit}".strip()


def _mark(place: int) -> str:
    return chr(65 + place)
