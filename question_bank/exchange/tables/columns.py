"""One column per field: texts as they are, short lists with spaces, the rest as JSON. Exact both ways.

`fr.question` holds a text, `audiences (list)` words, `fr.artefact (json)` anything; choices have a column for each of
their parts (`fr.choices.1.text`). A cell that a spreadsheet would take for a formula is written after an apostrophe,
which reading takes away.
"""

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from question_bank.exchange.drafts import letter
from question_bank.exchange.notes import Refused
from question_bank.exchange.notes import gettext_noop as _

FORMULA = tuple("=+-@\t\r\n＝＋－＠'")
FIELD = re.compile(r"[a-z][a-z0-9_]{0,39}")
COLUMN = re.compile(
    r"(?P<top>[a-z][a-z0-9_]{0,39})(?:\.(?P<sub>[a-z][a-z0-9_]{0,39}))?"
    r"(?:\.(?P<index>[1-9]\d?)\.(?P<part>id|text|rationale))?(?: \((?P<kind>list|json)\))?"
)
WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
CHOICE_PARTS = ("id", "text", "rationale")
NUMBERS = ("difficulty",)
LISTS = {"audiences", "professions", "enemies", "source.facts", "answer.order", "answer.accept"}
# What people write at the top of a table made by hand.
SPOKEN = {
    "clé": "key", "titre": "fr.title", "contexte": "fr.context", "question": "fr.question", "à retenir": "fr.feedback",
    "bonne réponse": "answer.correct", "bonnes réponses": "answer.correct", "correct": "answer.correct",
    "compétence": "competency", "capacité": "capacity", "difficulté": "difficulty", "publics": "audiences",
    "métiers": "professions", "interaction": "interaction", "title": "fr.title", "context": "fr.context",
    "feedback": "fr.feedback",
    **{f"{name} {n}": f"fr.choices.{n}.text" for n in range(1, 10) for name in ("choix", "choice")},
    **{f"{name} {n}": f"fr.choices.{n}.rationale" for n in range(1, 10) for name in ("explication", "rationale")},
}  # fmt: skip


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs; an empty text is an apostrophe alone."""
    return "'" + text if not text or text.startswith(FORMULA) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell."""
    return cell[1:] if cell == "'" or (cell[:1] == "'" and cell[1:].startswith(FORMULA)) else cell


def cells(data: Mapping[str, Any]) -> dict[str, str]:
    """Return an item as cells by column."""
    found: dict[str, str] = {}
    for name, value in data.items():
        if isinstance(value, dict) and value and all(isinstance(sub, str) and FIELD.fullmatch(sub) for sub in value):
            for sub, inner in value.items():
                found |= _cell(f"{name}.{sub}", inner)
        else:
            found |= _cell(name, value)
    return found


def _cell(name: str, value: Any) -> dict[str, str]:
    if isinstance(value, str):
        return {name: guarded(value)}
    if name in NUMBERS and type(value) is int and value >= 0:
        return {name: str(value)}
    if name.endswith(".choices") and _are_plain_choices(value):
        return _choice_cells(name, value)
    if isinstance(value, list) and all(isinstance(word, str) and WORD.fullmatch(word) for word in value):
        return {f"{name} (list)": " ".join(value) if value else "[]"}
    return {f"{name} (json)": guarded(json.dumps(value, ensure_ascii=False, separators=(",", ":")))}


def _are_plain_choices(value: Any) -> bool:
    return (
        isinstance(value, list)
        and 0 < len(value) < 100
        and all(
            isinstance(choice, dict)
            and "id" in choice
            and all(part in CHOICE_PARTS and isinstance(text, str) for part, text in choice.items())
            for choice in value
        )
    )


def _choice_cells(name: str, value: list[dict[str, str]]) -> dict[str, str]:
    return {
        f"{name}.{index}.{part}": guarded(choice[part])
        for index, choice in enumerate(value, start=1)
        for part in CHOICE_PARTS
        if part in choice
    }


def column(header: str) -> re.Match[str] | None:
    """Return what a header means, or None when it means nothing here."""
    spoken = " ".join(header.replace("\u00a0", " ").split())
    return COLUMN.fullmatch(SPOKEN.get(spoken.casefold(), spoken))


def item(row: list[tuple[re.Match[str], str]], line: int) -> dict[str, Any]:
    """Return the item of a row: pairs of a column and its cell, empty cells left out. Raises Refused."""
    data: dict[str, Any] = {}
    for heading, cell in row:
        _place(data, heading, cell, line)
    for value in data.values():
        if isinstance(value, dict):
            _gather_choices(value)
    return data


def _place(data: dict[str, Any], heading: re.Match[str], cell: str, line: int) -> None:
    top, sub, index, part = heading["top"], heading["sub"], heading["index"], heading["part"]
    if sub is None:
        data[top] = _value(heading, top, cell, line)
        return
    inside = data.setdefault(top, {})
    if not isinstance(inside, dict):
        raise Refused(_("La colonne « %(column)s » en contredit une autre."), line, column=heading[0])
    if index:
        inside.setdefault((sub,), {}).setdefault(int(index), {})[part] = unguarded(cell)
    else:
        inside[sub] = _value(heading, f"{top}.{sub}", cell, line)


def _gather_choices(inside: dict[Any, Any]) -> None:
    for name in [name for name in inside if isinstance(name, tuple)]:
        numbered = inside.pop(name)
        inside[name[0]] = [
            {"id": letter(at - 1), **numbered[at]} if "id" not in numbered[at] else _in_order(numbered[at])
            for at in sorted(numbered)
        ]


def _in_order(choice: dict[str, str]) -> dict[str, str]:
    return {part: choice[part] for part in CHOICE_PARTS if part in choice}


def _value(heading: re.Match[str], name: str, cell: str, line: int) -> Any:
    if heading["kind"] == "json":
        return _json(unguarded(cell), heading[0], line)
    if heading["kind"] == "list":
        return [] if cell.strip() == "[]" else cell.split()
    if name in LISTS:
        return [] if cell.strip() == "[]" else _words(name, unguarded(cell))
    if name in NUMBERS and re.fullmatch(r"\s*\d{1,9}(\.0)?\s*", cell):
        return int(float(cell))
    return unguarded(cell)


def _words(name: str, cell: str) -> list[str]:
    """Words with spaces or commas between; what may be typed is longer than a word: `|` or `;` between."""
    apart = r"\s*[|;\n]\s*" if name == "answer.accept" else r"[\s,;|]+"
    return [word for word in re.split(apart, cell.strip()) if word]


def _json(cell: str, name: str, line: int) -> Any:
    try:
        return json.loads(cell, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Refused(_("La colonne « %(column)s » n’est pas du JSON valable."), line, column=name) from error


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _finite(written: str) -> float:
    found = float(written)
    if not math.isfinite(found):
        raise ValueError(written)
    return found
