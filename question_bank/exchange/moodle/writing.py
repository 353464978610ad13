"""To Moodle XML: what Moodle 4 and later import, with the fields it has a place for (docs/exchange.md)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from question_bank.exchange.drawing import paragraphs, question, safe, tag, told, unheld
from question_bank.exchange.notes import Note, Written
from question_bank.exchange.notes import gettext_noop as _

from .tags import tags_of

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
HELD_ALWAYS = frozenset(
    {"key", "status", "interaction", "competency", "capacity", "cluster", "difficulty", "audiences", "professions",
     "enemies"}
)  # fmt: skip
HELD = {
    "single_choice": frozenset({"choices"}), "multiple_choice": frozenset({"choices"}), "order": frozenset({"choices"}),
    "match": frozenset({"prompts", "choices"}), "categorize": frozenset({"prompts", "choices"}),
    "inline_choice": frozenset({"text", "blanks"}), "text": frozenset({"mistakes"}),
    "number": frozenset({"units", "mistakes"}),
}  # fmt: skip
WORDS = frozenset({"title", "context", "question", "feedback"})
ANSWERS = {
    "text": frozenset({"accept", "checker"}), "number": frozenset({"value", "unit", "tolerance"}),
    **{name: frozenset({"correct", "order", "pairs", "blanks"}) for name in
       ("single_choice", "multiple_choice", "order", "match", "categorize", "inline_choice")},
}  # fmt: skip
NOT_WRITTEN = _("%(key)s : Moodle n’a pas l’équivalent de « %(interaction)s » ; la situation n’est pas écrite.")
NOT_HELD = _("%(key)s : ce que Moodle ne garde pas : %(fields)s.")


def write_moodle(items: Iterable[Mapping[str, Any]]) -> Written:
    """Return items as a Moodle question bank, and what it does not hold of each."""
    written, lost = list[str](), list[Note]()
    for data in items:
        kind, key = str(data["interaction"]), data["key"]
        if kind not in WRITERS:
            lost.append(Note(NOT_WRITTEN, {"key": key, "interaction": kind}))
            continue
        written.append(_question(data))
        if fields := fields_lost(data):
            lost.append(Note(NOT_HELD, {"key": key, "fields": ", ".join(fields)}))
    return Written((HEAD + "".join(written) + "</quiz>\n").encode("utf-8"), len(written), tuple(lost))


def fields_lost(data: Mapping[str, Any]) -> list[str]:
    """Return the fields of an item that do not come back from Moodle XML."""
    kind = str(data["interaction"])
    lost = unheld(data, {"": HELD_ALWAYS, "fr": WORDS | HELD[kind], "answer": ANSWERS[kind]})
    inner = {
        "order": ("choices",), "match": ("prompts",), "categorize": ("prompts",), "inline_choice": ("blanks",),
    }.get(kind, ())  # fmt: skip
    if kind == "text" and data["answer"].get("checker") not in ("text", "code"):
        lost.append("answer.checker")
    return lost + [f"fr.{name}.rationale" for name in inner if name != "choices"]


def _question(data: Mapping[str, Any]) -> str:
    wording, answer = data["fr"], data["answer"]
    kind, body, asked = WRITERS[str(data["interaction"])](answer, wording)
    tags = "".join(tag("tag", text(one)) for one in tags_of(data))
    return tag(
        "question",
        "\n"
        + tag("name", text(wording["title"]))
        + html("questiontext", told(wording) + question(wording) + asked)
        + html("generalfeedback", paragraphs(wording.get("feedback", "")))
        + tag("defaultgrade", "1") + tag("penalty", "0") + tag("hidden", "0")
        + tag("idnumber", safe(data["key"])) + "\n"
        + body
        + (tag("tags", tags) if tags else "")
        + "\n",
        type=kind,
    ) + "\n"  # fmt: skip


def text(written: Any) -> str:
    """Return a `text` element."""
    return tag("text", safe(written)) if written not in ("", None) else "<text></text>"


def html(name: str, written: str) -> str:
    """Return a text of Moodle in HTML."""
    return tag(name, text(written), format="html") + "\n"


def _answer(written: str, fraction: str, rationale: str = "", more: str = "") -> str:
    said = tag("feedback", text(f"<p>{safe(rationale)}</p>" if rationale else ""), format="html")
    return tag("answer", text(written) + said + more, fraction=fraction, format="html") + "\n"


Parts = tuple[str, str, str]  # its type in Moodle, its elements, what is added to the question


def _choice(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    right = answer["correct"]
    keys, is_single = ([right], "true") if isinstance(right, str) else (right, "false")
    worth = f"{100 / len(keys):.5f}".rstrip("0").rstrip(".")
    answers = "".join(
        _answer(safe(one["text"]), worth if one["id"] in keys else ("0" if is_single == "true" else "-100"),
                one.get("rationale", ""))
        for one in wording["choices"]
    )  # fmt: skip
    settings = tag("single", is_single) + tag("shuffleanswers", "true") + tag("answernumbering", "none")
    return "multichoice", settings + "\n" + answers, ""


def _order(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    by_id = {one["id"]: one for one in wording["choices"]}
    answers = "".join(
        _answer(safe(by_id[one]["text"]), str(at), by_id[one].get("rationale", ""))
        for at, one in enumerate(answer["order"], start=1)
    )
    return "ordering", answers, ""


def _match(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    texts = {one["id"]: one["text"] for one in wording["choices"]}
    pairs = [(one["text"], texts[answer["pairs"][one["id"]]]) for one in wording["prompts"]]
    pairs += [("", texts[one]) for one in texts if one not in answer["pairs"].values()]
    written = "".join(
        tag("subquestion", text(safe(prompt)) + tag("answer", text(target)), format="html") for prompt, target in pairs
    )
    return "matching", tag("shuffleanswers", "true") + written + "\n", ""


def _inline(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    """Each hole has its own group; within one, the right word comes where its number says."""
    options, told_text = "", wording["text"]
    numbers, count = {}, 0
    for group, blank in enumerate(wording["blanks"], start=1):
        for one in blank["choices"]:
            count += 1
            options += tag("selectoption", text(one["text"]) + tag("group", str(group)))
            if answer["blanks"][blank["id"]] == one["id"]:
                numbers[blank["id"]] = count
    for name, place in numbers.items():
        told_text = told_text.replace(f"{{{name}}}", f"[[{place}]]")
    return "gapselect", tag("shuffleanswers", "0") + options + "\n", paragraphs(told_text)


def _text(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    right = "".join(_answer(one, "100") for one in answer["accept"])
    wrong = "".join(_answer(one["text"], "0", one["rationale"]) for one in wording.get("mistakes", ()))
    return "shortanswer", tag("usecase", "1" if answer["checker"] == "code" else "0") + "\n" + right + wrong, ""


def _number(answer: Mapping[str, Any], wording: Mapping[str, Any]) -> Parts:
    allowed = tag("tolerance", str(answer.get("tolerance", 0)))
    right = _answer(str(answer["value"]), "100", more=allowed)
    wrong = "".join(
        _answer(str(one["value"]), "0", one["rationale"], tag("tolerance", "0"))
        for one in wording.get("mistakes", ())
        if one["unit"] == answer["unit"]
    )
    ordered = sorted(wording["units"], key=lambda one: one["id"] != answer["unit"])
    units = "".join(tag("unit", tag("multiplier", "1") + tag("unit_name", safe(one["text"]))) for one in ordered)
    return "numerical", right + wrong + tag("units", units) + "\n", ""


WRITERS: dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Parts]] = {
    "single_choice": _choice,
    "multiple_choice": _choice,
    "order": _order,
    "match": _match,
    "categorize": _match,
    "inline_choice": _inline,
    "text": _text,
    "number": _number,
}
