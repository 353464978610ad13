"""The lines of a list that changed nothing, told by their place, their name and why: on screen and as a file."""

import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import RosterImport
from .notes import Note

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class LeftOut:
    """A line that was left out; `line` is 0 where the rest is only counted."""

    line: int
    column: str
    name: str
    number: str
    sentence: str


def left_out(roster: RosterImport) -> list[LeftOut]:
    """Return what is kept of the lines left out, those in error first; nothing once a day has gone by."""
    who = roster.said.get("who", {})
    found = []
    for note in notes(roster, "errors"):
        name, number = who.get(str(note.line), ("", ""))
        found.append(LeftOut(note.line, note.column, name, number, note.sentence))
    aside = _("Laissée de côté par vous.")
    return found + [LeftOut(line, "", name, number, aside) for line, name, number in roster.said.get("skipped", [])]


def as_csv(roster: RosterImport) -> bytes:
    """Return them as CSV, with how many are only counted; no spreadsheet takes a cell of it for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Ligne"), _("Colonne"), _("Nom"), _("Numéro"), _("Ce qui ne va pas")])
    for one in left_out(roster):
        writer.writerow([one.line, *(_inert(cell) for cell in (one.column, one.name, one.number, one.sentence))])
    if more := roster.counts.get("errors", 0) - len(roster.said.get("errors", [])) if roster.said else 0:
        writer.writerow(["", "", "", "", _("Et %(more)d autres erreurs, comptées seulement.") % {"more": more}])
    return text.getvalue().encode("utf-8-sig")


def notes(roster: RosterImport, name: str) -> list[Note]:
    """Return the errors, or the remarks, that are kept of a file."""
    return [Note.of(kept) for kept in roster.said.get(name, [])]


def refusal(roster: RosterImport) -> str:
    """Return why the file could not be read at all, or nothing."""
    kept = roster.said.get("refusal")
    return Note.of(kept).sentence if kept else ""


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
