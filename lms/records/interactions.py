"""An item and an answer as cmi.interaction has them: the type, what could be answered, the patterns.

Free of the database. Delimiters are those of xAPI 1.0.3, part 2, section 2.4.4.1: `[,]` between, `[.]` inside a pair.
"""

from typing import Any

from tincan import InteractionComponent, LanguageMap

from question_bank.types import Answer, ItemContent

BETWEEN, INSIDE = "[,]", "[.]"
TYPES = {
    "choice": "choice",
    "choices": "choice",
    "order": "sequencing",
    "pairs": "matching",
    "number": "numeric",
    "text": "fill-in",
    "actions": "performance",
}


def definition(content: ItemContent, name: str, *, with_key: bool) -> dict[str, Any]:
    """Return what an item adds to its activity, worded as `name` (a locale, or plain); its key only if `with_key`."""
    kind, words = interaction_type(content), content.wording(name)
    found: dict[str, Any] = {"interaction_type": kind}
    language = words.language[:2] if words.language != "plain" else "fr"
    if kind in ("choice", "sequencing"):
        found["choices"] = [_component(one.id, one.text, language) for one in words.choices]
    elif kind == "matching":
        found["source"], found["target"] = _sides(words, language)
    if with_key:
        found["correct_responses_pattern"] = [response(content, content.expected)]
    return found


def interaction_type(content: ItemContent) -> str:
    """Return the type of interaction; menus in a text are matched, holes are filled in."""
    kind = content.expected.kind
    if kind == "blanks":
        return "matching" if _has_menus(content) else "fill-in"
    return TYPES[kind]


def response(content: ItemContent, answer: Answer) -> str:
    """Return an answer as xAPI writes it; "" for “I do not know”."""
    kept = answer.to_json()
    kind, value = kept["kind"], kept.get("value", "")
    if kind in ("choice", "text"):
        return str(value)
    if kind == "number":
        return str(value["value"]).replace(",", ".")
    if kind in ("choices", "order"):
        return BETWEEN.join(value)
    if kind == "actions":
        return BETWEEN.join(_gesture(one) for one in value)
    return _pairs(content, kind, value) if kind in ("pairs", "blanks") else ""


def _pairs(content: ItemContent, kind: str, value: dict[str, str]) -> str:
    if kind == "pairs":
        return BETWEEN.join(f"{source}{INSIDE}{target}" for source, target in value.items())
    if _has_menus(content):
        return BETWEEN.join(f"{blank}{INSIDE}{blank}.{choice}" for blank, choice in value.items())
    return BETWEEN.join(value.get(blank.id, "") for blank in content.wording("fr").blanks)


def _gesture(gesture: dict[str, str]) -> str:
    """Return a gesture: the act, then on what and with which value."""
    return gesture["do"] + INSIDE + ":".join(gesture[name] for name in ("on", "value") if name in gesture)


def _has_menus(content: ItemContent) -> bool:
    return any(blank.choices for blank in content.wording("fr").blanks)


def _sides(words: Any, language: str) -> tuple[list[InteractionComponent], list[InteractionComponent]]:
    """Return what is matched, and with what; a choice of a menu carries the name of its blank."""
    if words.blanks:
        menus = [(f"{blank.id}.{one.id}", one.text) for blank in words.blanks for one in blank.choices]
        blanks = [_component(blank.id, blank.label or blank.id, language) for blank in words.blanks]
        return blanks, [_component(name, text, language) for name, text in menus]
    sides = (words.prompts, words.choices)
    return tuple([_component(one.id, one.text, language) for one in side] for side in sides)  # type: ignore[return-value]


def _component(name: str, text: str, language: str) -> InteractionComponent:
    return InteractionComponent(id=name, description=LanguageMap({language: text}))
