"""An item file and the fields of its form, one from the other, losing nothing.

What the form has a field for goes there; the rest of an item stays a structured text, or stays as it was.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from question_bank.interactions.building import WORDINGS
from question_bank.models import Status
from question_bank.shapes import Keys

from .artefact_blocks import to_artefact, to_stream
from .structured import Structured, write

COMMON: Final = ("title", "context", "question", "feedback")
# The answer of each, as the choices themselves say it: a box that is ticked, or a number beside each.
CHOICE_KINDS: Final = {
    "single_choice": "correct",
    "multiple_choice": "correct",
    "order": "order",
    "graded_choice": "points",
}
TOP: Final = ("key", "competency", "capacity", "cluster", "audiences", "professions", "difficulty", "interaction")
DATES: Final = ("valid_from", "valid_to", "review_by")
SOURCE: Final = ("authority", "url", "checked_at", "facts", "read")
CHOICE: Final = "choice"
SIMPLE: Final = {"id", "text", "rationale"}
LIST: Final = ("source_facts", "enemies")
Content = dict[str, Any]


def has_choice_form(content: Mapping[str, Any]) -> bool:
    """Say whether the choices of an item and its answer fit in the form whole."""
    field = CHOICE_KINDS.get(str(content.get("interaction")))
    if field is None or not set(content.get("answer") or {}) <= {field}:
        return False
    return all(_is_simple(content[name].get("choices", [])) for name in WORDINGS if name in content)


def _is_simple(choices: Any) -> bool:
    return isinstance(choices, list) and all(isinstance(entry, dict) and set(entry) <= SIMPLE for entry in choices)


# — from an item to its form —


def to_fields(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of each field of the form for an item, complete or not."""
    source = content.get("source") or {}
    found = {name: content[name] for name in (*TOP, *DATES) if name in content}
    found |= {f"source_{name}": source[name] for name in SOURCE if name in source}
    found["source_facts"] = ", ".join(source.get("facts") or ())
    found["enemies"] = ", ".join(content.get("enemies") or ())
    is_simple = has_choice_form(content)
    found["answer"] = "" if is_simple else write(content.get("answer") or {})
    for name in WORDINGS:
        if name in content:
            found |= _wording_fields(name, content, is_simple)
    return found


def _wording_fields(name: str, content: Mapping[str, Any], is_simple: bool) -> dict[str, Any]:
    wording = dict(content[name])
    found: dict[str, Any] = {f"{name}_{field}": wording.pop(field) for field in COMMON if field in wording}
    artefact = wording.get("artefact")
    if isinstance(artefact, Mapping) and (stream := to_stream(artefact)) is not None:
        found[f"{name}_artefact"] = stream
        wording.pop("artefact")
    if is_simple:
        choices = [_choice(entry, content, name) for entry in wording.pop("choices", [])]
        found[f"{name}_choices"] = [{"type": CHOICE, "value": choice} for choice in choices]
    return {**found, f"{name}_more": write(wording)}


def _choice(entry: Mapping[str, Any], content: Mapping[str, Any], name: str) -> dict[str, Any]:
    if name != "fr":
        return dict(entry)
    answer, choice = content.get("answer") or {}, entry.get("id")
    value = {**answer.get("points", {}), **{key: rank + 1 for rank, key in enumerate(answer.get("order", []))}}
    correct = answer.get("correct", ())
    is_key = choice == correct if isinstance(correct, str) else choice in correct
    return {**entry, "is_key": is_key, "value": value.get(choice)}


# — from the form to an item —


def to_content(fields: Mapping[str, Any], parts: Mapping[str, Structured], base: Mapping[str, Any]) -> Content:
    """Return the item that a form says; `parts`: its structured texts, by field; `base`: what it started from."""
    found: Content = {**base, "status": base.get("status", Status.DRAFT.value)}
    found |= {name: _plain(fields.get(name)) for name in (*TOP, *DATES)}
    found |= {"source": _source(fields), "enemies": split(fields.get("enemies"))}
    found |= {name: _wording(name, fields, parts, base) for name in WORDINGS}
    found["answer"] = _answer(fields, parts, base)
    kept = {name: value for name, value in found.items() if value not in (None, "", {}) and value != {"choices": []}}
    settled: Content = settle(kept, base)
    return settled


def _source(fields: Mapping[str, Any]) -> Content:
    values = {name: _plain(fields.get(f"source_{name}")) for name in SOURCE}
    values["facts"] = split(fields.get("source_facts"))
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _wording(name: str, fields: Mapping[str, Any], parts: Mapping[str, Structured], base: Mapping[str, Any]) -> Content:
    common = {field: said for field in COMMON if (said := _plain(fields.get(f"{name}_{field}")))}
    former = base.get(name) or {}
    artefact = to_artefact(fields.get(f"{name}_artefact") or [], former.get("artefact") or {})
    choices = [_entry(block["value"]) for block in fields.get(f"{name}_choices") or []]
    found = {**common, "artefact": artefact, "choices": named(choices), **parts[f"{name}_more"].value}
    return {field: value for field, value in found.items() if value}


def _entry(choice: Mapping[str, Any]) -> Content:
    return {field: said for field in ("id", "text", "rationale") if (said := _plain(choice.get(field)))}


def named(choices: list[Content]) -> list[Content]:
    """Give a letter to each choice that has no id yet."""
    taken = {choice.get("id") for choice in choices}
    letters = (letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in taken)
    return [choice if choice.get("id") else {"id": next(letters), **choice} for choice in choices]


def _answer(fields: Mapping[str, Any], parts: Mapping[str, Structured], base: Mapping[str, Any]) -> Content:
    field = CHOICE_KINDS.get(str(fields.get("interaction")))
    written = [block["value"] for block in fields.get("fr_choices") or []]
    if field is None or parts["answer"].value:
        return parts["answer"].value
    choices = list(zip(named([_entry(entry) for entry in written]), written, strict=True))
    keys = [choice["id"] for choice, entry in choices if entry.get("is_key")]
    valued = {choice["id"]: entry["value"] for choice, entry in choices if entry.get("value") is not None}
    answers: Content = {
        "correct": ", ".join(keys) if fields.get("interaction") == "single_choice" else keys,
        "order": sorted(valued, key=lambda choice: int(valued[choice])),
        "points": valued,
    }
    former = (base.get("answer") or {}).get("correct")
    if field == "correct" and isinstance(former, list) and set(former) == set(keys):
        return {field: former}
    return {field: answers[field]} if answers[field] else {}


def split(text: Any) -> list[str]:
    """Return the words of a list separated by commas or line ends."""
    return [word for line in str(text or "").replace(",", "\n").splitlines() if (word := line.strip())]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def settle(new: Any, base: Any) -> Any:
    """Return `new` with its fields in the order that `base` had them: a file changes only where its words do."""
    if isinstance(new, dict) and isinstance(base, dict):
        order = (*(key for key in base if key in new), *(key for key in new if key not in base))
        return {key: settle(new[key], base.get(key)) for key in order}
    if isinstance(new, list) and isinstance(base, list):
        former = {entry["id"]: entry for entry in base if isinstance(entry, dict) and "id" in entry}
        return [settle(entry, _twin(entry, index, base, former)) for index, entry in enumerate(new)]
    return new


def _twin(entry: Any, index: int, base: list[Any], former: Mapping[Any, Any]) -> Any:
    name = entry.get("id") if isinstance(entry, dict) else None
    if name in former:
        return former[name]
    return base[index] if index < len(base) else None


# — from a problem to its field —


def field_of(keys: Keys, names: Iterable[str], is_simple: bool) -> tuple[str, Keys]:
    """Return the field of the form that a problem of the gates is about, and its place inside the field."""
    known = set(names)
    head, rest = (str(keys[0]), keys[1:]) if keys else ("", ())
    if head == "answer" and is_simple:
        return "fr_choices", ()
    if head in WORDINGS or head == "source":
        name = f"{head}_{rest[0]}" if rest else ("source_read" if head == "source" else f"{head}_title")
        is_form = name in known and (name != f"{head}_choices" or is_simple)
        return (name, rest[1:]) if is_form else (f"{head}_more", rest)
    return (head, rest) if head in known else ("", keys)
