"""To GIFT, with the fields it has a place for (docs/exchange.md)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from question_bank.exchange.drawing import paragraphs, question, told, unheld
from question_bank.exchange.moodle.tags import tags_of
from question_bank.exchange.moodle.writing import HELD_ALWAYS, WORDS
from question_bank.exchange.notes import Note, Written
from question_bank.exchange.notes import gettext_noop as _

from .scanning import escaped

NOT_WRITTEN = _("%(key)s : GIFT n’a pas l’équivalent de « %(interaction)s » ; la situation n’est pas écrite.")
NOT_HELD = _("%(key)s : ce que GIFT ne garde pas : %(fields)s.")
CHOSEN = {"fr": WORDS | {"choices"}, "answer": frozenset({"correct"})}
HELD: dict[str, dict[str, frozenset[str]]] = {
    "single_choice": CHOSEN,
    "multiple_choice": CHOSEN,
    "match": {"fr": WORDS | {"prompts", "choices"}, "answer": frozenset({"pairs"})},
    "categorize": {"fr": WORDS | {"prompts", "choices"}, "answer": frozenset({"pairs"})},
    "text": {"fr": WORDS | {"mistakes"}, "answer": frozenset({"checker", "accept"})},
    "number": {"fr": WORDS | {"mistakes"}, "answer": frozenset({"value", "tolerance"})},
}


def write_gift(items: Iterable[Mapping[str, Any]]) -> Written:
    """Return items as GIFT, and what it does not hold of each."""
    written, lost = list[str](), list[Note]()
    for data in items:
        kind, key = str(data["interaction"]), data["key"]
        if kind not in WRITERS:
            lost.append(Note(NOT_WRITTEN, {"key": key, "interaction": kind}))
            continue
        written.append(_question(data))
        if fields := fields_lost(data):
            lost.append(Note(NOT_HELD, {"key": key, "fields": ", ".join(fields)}))
    return Written("\n\n".join([*written, ""]).encode("utf-8"), len(written), tuple(lost))


def fields_lost(data: Mapping[str, Any]) -> list[str]:
    """Return the fields of an item that do not come back from GIFT."""
    kind = str(data["interaction"])
    lost = unheld(data, {"": HELD_ALWAYS, **HELD[kind]})
    if kind == "text" and data["answer"].get("checker") != "text":
        lost.append("answer.checker")
    return lost + (["fr.prompts.rationale"] if kind in ("match", "categorize") else [])


def _question(data: Mapping[str, Any]) -> str:
    wording = data["fr"]
    marks = " ".join([f"[id:{data['key']}]", *(f"[tag:{one.replace(':', chr(92) + ':')}]" for one in tags_of(data))])
    said = escaped(paragraphs(wording.get("feedback", "")))
    body = WRITERS[str(data["interaction"])](data["answer"], wording)
    asked = escaped(told(wording) + question(wording))
    after = f"\n####{said}" if said else ""
    return f"// {marks}\n::{escaped(wording['title'])}::[html]{asked}{{\n{body}{after}\n}}"


def _option(sign: str, text: str, rationale: str = "", worth: str = "") -> str:
    said = f" #{escaped(rationale)}" if rationale else ""
    return f"{sign}{f'%{worth}%' if worth else ''}[plain]{escaped(text)}{said}"


def _choice(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> str:
    right = answer["correct"]
    keys, several = ([right], False) if isinstance(right, str) else (right, True)
    worth = f"{100 / len(keys):.5f}".rstrip("0").rstrip(".")
    return "\n".join(
        _option("~", one["text"], one.get("rationale", ""), worth if one["id"] in keys else "-100")
        if several
        else _option("=" if one["id"] in keys else "~", one["text"], one.get("rationale", ""))
        for one in wording["choices"]
    )


def _match(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> str:
    texts = {one["id"]: one["text"] for one in wording["choices"]}
    pairs = [(one["text"], texts[answer["pairs"][one["id"]]]) for one in wording["prompts"]]
    pairs += [("", text) for one, text in texts.items() if one not in answer["pairs"].values()]
    return "\n".join(f"={f'[plain]{escaped(prompt)}' if prompt else ''} -> {escaped(text)}" for prompt, text in pairs)


def _text(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> str:
    right = [_option("=", one) for one in answer["accept"]]
    wrong = [_option("=", one["text"], one["rationale"], "0") for one in wording.get("mistakes", ())]
    return "\n".join([*right, *wrong]).replace("[plain]", "")


def _number(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> str:
    right = f"=%100%{answer['value']}:{answer.get('tolerance', 0)}"
    wrong = [
        f"=%0%{one['value']}:0 #{escaped(one['rationale'])}"
        for one in wording.get("mistakes", ())
        if one["unit"] == answer["unit"]
    ]
    return "\n".join(["#", right, *wrong])


WRITERS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], str]] = {
    "single_choice": _choice,
    "multiple_choice": _choice,
    "match": _match,
    "categorize": _match,
    "text": _text,
    "number": _number,
}
