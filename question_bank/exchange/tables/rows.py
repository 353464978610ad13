"""From rows of cells to items: the first names the columns, each other is an item or a refusal with its line."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from question_bank.exchange.drafts import key_of
from question_bank.exchange.limits import MAX_COLUMNS, MAX_ITEMS
from question_bank.exchange.notes import Found, Gathering, Note, Reading, Refused
from question_bank.exchange.notes import gettext_noop as _

from .columns import column, item

Row = tuple[int, list[str]]  # its line, its cells
SERIAL = re.compile(r"([2-6]\d{4})(\.0+)?")  # a day as spreadsheets count them, from 30 December 1899
DAYS = ("valid_from", "review_by", "valid_to", "source.checked_at")


class Formula(str):
    """A cell that holds a formula: its result is not trusted, its row is refused."""

    __slots__ = ()


def read_rows(rows: Iterable[Row], name: str, about: Iterable[Note] = ()) -> Reading:
    """Return the items of a table. Raises Refused when it is none."""
    found, lines = Gathering(), iter(rows)
    found.about.extend(about)
    headings = _headings(lines, found)
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        found.met += 1
        if found.met > MAX_ITEMS:
            raise Refused(
                _("Le fichier contient plus de %(most)s situations ; envoyez-le en plusieurs."), line, most=MAX_ITEMS
            )
        try:
            found.items.append(_found(headings, cells, line))
        except Refused as error:
            found.leave_out(error.note)
    return found.reading(name)


def _headings(rows: Iterator[Row], found: Gathering) -> list[re.Match[str] | None]:
    line, cells = next(rows, (1, []))
    if len(cells) > MAX_COLUMNS:
        raise Refused(
            _("Le tableau a %(count)s colonnes ; %(most)s au plus."), line, count=len(cells), most=MAX_COLUMNS
        )
    headings = [column(cell) for cell in cells]
    known = [heading[0] for heading in headings if heading]
    if not known:
        raise Refused(_("La première ligne ne nomme aucune colonne connue (voir le modèle)."), line)
    if twice := next((name for name in known if known.count(name) > 1), ""):
        raise Refused(_("La colonne « %(column)s » est deux fois dans le tableau."), line, column=twice)
    ignored = [cell for cell, heading in zip(cells, headings, strict=True) if cell.strip() and not heading]
    if ignored:
        names = ", ".join(one[:30] for one in ignored[:8])
        found.about.append(Note(_("Colonnes non reprises : %(names)s."), {"names": names}, line))
    return headings


def _found(headings: list[re.Match[str] | None], cells: list[str], line: int) -> Found:
    if any(cell.strip() for cell in cells[len(headings) :]):
        raise Refused(_("La ligne a plus de cellules que le tableau n’a de colonnes."), line)
    both = list(zip(headings, cells, strict=False))
    if formula := next((heading for heading, cell in both if isinstance(cell, Formula) and heading), None):
        raise Refused(_("La colonne « %(column)s » contient une formule : copiez sa valeur."), line, column=formula[0])
    data = item([(heading, _day(heading, cell)) for heading, cell in both if heading and cell], line)
    _complete(data, line)
    return Found(data, line)


def _day(heading: re.Match[str], cell: str) -> str:
    match = SERIAL.fullmatch(cell) if heading[0] in DAYS else None
    return (date(1899, 12, 30) + timedelta(days=int(match[1]))).isoformat() if match else cell


def _complete(data: dict[str, Any], line: int) -> None:
    """Name the interaction that a table made by hand leaves out, and make a key when there is none."""
    words, answer = data.get("fr"), data.get("answer")
    if not isinstance(words, dict) or not isinstance(words.get("question"), str):
        raise Refused(_("La ligne n’a pas de question (colonne « fr.question »)."), line)
    if "interaction" not in data and "choices" in words and answer is None:
        data["interaction"] = "single_choice"  # which choice is right is then asked for, not the interaction
    if "interaction" not in data and isinstance(answer, dict) and "choices" in words and "correct" in answer:
        data["interaction"] = "multiple_choice" if len(_letters(answer["correct"])) > 1 else "single_choice"
        data["answer"] = {**answer, "correct": _letters(answer["correct"])}
        if data["interaction"] == "single_choice":
            data["answer"]["correct"] = data["answer"]["correct"][0]
    elif data.get("interaction") == "multiple_choice" and isinstance(answer, dict):
        answer["correct"] = _letters(answer.get("correct", []))
    if not isinstance(data.get("interaction"), str):
        raise Refused(_("La ligne ne dit pas son interaction (colonne « interaction »)."), line)
    if "key" not in data:
        title = words.get("title")
        words.setdefault("title", str(words["question"])[:60])
        data["key"] = key_of(title if isinstance(title, str) else words["question"])


def _letters(written: Any) -> list[str]:
    """Return the ids of the right choices: “b”, “A, C” or a list; a number says the place."""
    if isinstance(written, list):
        return written
    found = [word for word in re.split(r"[\s,;|]+", str(written)) if word]
    return [word.lower() if len(word) == 1 else word for word in found] or [""]
