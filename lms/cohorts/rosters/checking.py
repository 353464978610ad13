"""Line by line: what is wrong is said with its line and column; what is right becomes an entry."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ..numbers import number_key, plain_number
from .dates import is_plausible, read_date
from .layouts import Header
from .limits import MAX_CELL, MAX_KEPT_ERRORS, MAX_ROWS
from .names import normalised
from .notes import FileRefused, Note
from .notes import gettext_noop as _
from .spans import Range
from .table import Row, Table

LENGTHS = {"student_number": 40, "first_name": 100, "last_name": 100, "usage_name": 100, "email": 254, "group": 80}
MOST_OTHERS = 150
NAMES = ("last_name", "usage_name", "first_name", "second_name", "third_name")
FORMULA = ("=", "+", "-", "@")
# 2,19E+07: a spreadsheet widened a number into one whose last figures are lost.
ROUNDED = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
MERGED = _("Cellules fusionnées (lignes %(lines)s) : défaites la fusion, chaque ligne porte ses valeurs.")
SAME_LINE = _("Même ligne que la ligne %(first)d : comptée une fois.")
TAKEN = {
    "student_number": _("Ce numéro est déjà à la ligne %(first)d, pour quelqu’un d’autre."),
    "email": _("Cette adresse est déjà à la ligne %(first)d : chacun a la sienne, elle sert à prendre sa place."),
    "": _(
        "Même nom et même date de naissance qu’à la ligne %(first)d : ajoutez un numéro étudiant pour les distinguer."
    ),
}
EVERY = 500  # lines between two reports of progress


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line says of one person, checked. `birth_date` serves to recognise them; it may not be kept."""

    line: int
    student_number: str
    first_name: str
    other_names: str
    last_name: str
    usage_name: str
    email: str
    birth_date: date | None
    group: str


@dataclass
class Checked:
    """The entries of a file, and what is to be said of it: `errors` leave their line out, `remarks` do not."""

    entries: list[Entry] = field(default_factory=list)
    errors: list[Note] = field(default_factory=list)
    remarks: list[Note] = field(default_factory=list)
    lines: int = 0
    repeated: int = 0
    # line → name and number of the first lines that are left out, to tell them by more than their place.
    who: dict[int, tuple[str, str]] = field(default_factory=dict)

    @property
    def wrong_lines(self) -> int:
        """Return how many lines are left out."""
        return len({note.line for note in self.errors})


def check(
    table: Table,
    header: Header,
    mapping: Mapping[str, int],
    *,
    today: date,
    keeps_birth_date: bool,
    tell: Callable[[int], None] = lambda lines: None,
) -> Checked:
    """Return the entries of a table and everything wrong with it; raises FileRefused for a file without a person.

    `tell` is called every few hundred lines with how many were read.
    """
    found = Checked(remarks=list(table.notes))
    reader = _LineReader(header, mapping, today, keeps_birth_date, _merged_lines(table), found)
    for row in _rows_below(table, header):
        found.lines += 1
        if found.lines > MAX_ROWS:
            raise FileRefused(
                _("Le fichier a plus de %(most)d lignes remplies. Coupez-le en plusieurs."), most=MAX_ROWS
            )
        entry = reader.read(row)
        if entry is not None:
            found.entries.append(entry)
        if found.lines % EVERY == 0:
            tell(found.lines)
    if not found.lines:
        raise FileRefused(_("Le fichier ne contient personne : il n’y a rien sous les titres des colonnes."))
    return found


def _rows_below(table: Table, header: Header) -> Iterator[Row]:
    return (row for row in table.rows() if row.line > header.line and not row.is_blank)


def _merged_lines(table: Table) -> dict[int, list[Range]]:
    """Return, by line, the ranges of cells merged over several lines: all but the first have lost their value."""
    found: dict[int, list[Range]] = {}
    for merged in table.merged:
        top, bottom = merged[0], merged[2]
        if bottom > top:
            for line in range(top, min(bottom, top + MAX_ROWS) + 1):
                found.setdefault(line, []).append(merged)
    return found


@dataclass
class _LineReader:
    header: Header
    mapping: Mapping[str, int]
    today: date
    keeps_birth_date: bool
    merged: dict[int, list[Range]]
    found: Checked
    seen: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def read(self, row: Row) -> Entry | None:
        """Return what the line says, or nothing once an error says why."""
        before = len(self.found.errors)
        said = {name: self._cell(row, name, place) for name, place in self.mapping.items()}
        entry = None if self._is_merged(row.line) else self._checked(row.line, said)
        if entry is not None and len(self.found.errors) == before:
            entry = self._told_apart(entry)
        if len(self.found.errors) == before:
            return entry
        if len(self.found.who) < MAX_KEPT_ERRORS:
            self.found.who[row.line] = _who(said)
        return None

    def _checked(self, line: int, said: dict[str, str]) -> Entry:
        self._check_names(line, said)
        self._check_number(line, said)
        self._check_email(line, said)
        entry = _entry(line, said, self._birth_date(line, said.get("birth_date", "")))
        self._check_identity(entry)
        return entry

    def _is_merged(self, line: int) -> bool:
        """Say, column by column, that a cell which is read was merged with those above or below; return whether."""
        before = len(self.found.errors)
        for top, left, bottom, right in self.merged.get(line, ()):
            for name, place in self.mapping.items():
                if left <= place + 1 <= right:
                    self._wrong(line, name, MERGED, lines=f"{top}–{bottom}")
        return len(self.found.errors) > before

    def _cell(self, row: Row, name: str, place: int) -> str:
        text = row.cells[place] if place < len(row.cells) else ""
        text = " ".join(CONTROL.sub(" ", text).split())
        most = LENGTHS.get(name, MAX_CELL if name == "birth_date" else 100)
        if len(text) > most:
            self._wrong(row.line, name, _("Plus de %(most)d caractères."), most=most)
        return text

    def _check_names(self, line: int, said: dict[str, str]) -> None:
        for name in ("last_name", "first_name"):
            if not said.get(name):
                self._wrong(line, name, _("Il manque le nom.") if name == "last_name" else _("Il manque le prénom."))
        for name in NAMES:
            text = said.get(name, "")
            if text.startswith(FORMULA):
                self._remark(
                    line, name, _("« %(text)s » commence comme une formule : gardé comme un texte."), text=text[:60]
                )
            elif text and not normalised(text).strip("0123456789 "):
                self._wrong(line, name, _("« %(text)s » n’est pas un nom."), text=text[:60])

    def _check_number(self, line: int, said: dict[str, str]) -> None:
        text = plain_number(said.get("student_number", ""))
        said["student_number"] = text
        if ROUNDED.fullmatch(text):
            sentence = _(
                "Le tableur a arrondi ce numéro (%(text)s) : mettez la colonne au format texte et écrivez-le en entier."
            )
            self._wrong(line, "student_number", sentence, text=text[:40])

    def _check_email(self, line: int, said: dict[str, str]) -> None:
        text = said.get("email", "").removeprefix("mailto:").lower()
        said["email"] = text
        if not text:
            return
        try:
            validate_email(text)
        except ValidationError:
            self._wrong(line, "email", _("« %(text)s » n’est pas une adresse e-mail."), text=text[:60])

    def _birth_date(self, line: int, text: str) -> date | None:
        if not text:
            return None
        day, is_counted = read_date(text)
        if day is None:
            self._wrong(line, "birth_date", _("« %(text)s » n’est pas une date : écrivez 31/12/2004."), text=text[:40])
        elif not is_plausible(day, self.today):
            self._wrong(line, "birth_date", _("Né le %(day)s : vérifiez l’année."), day=day.strftime("%d/%m/%Y"))
        elif is_counted:
            values = {"text": text, "day": day.strftime("%d/%m/%Y")}
            self._remark(line, "birth_date", _("Le nombre %(text)s est lu comme la date %(day)s."), **values)
        return day

    def _check_identity(self, entry: Entry) -> None:
        if entry.student_number or entry.email or (entry.birth_date and self.keeps_birth_date):
            return
        sentence = _("Rien ne distingue cette personne d’un homonyme : ajoutez un numéro étudiant ou une adresse.")
        self._wrong(entry.line, "", sentence)

    def _told_apart(self, entry: Entry) -> Entry | None:
        """Return the entry unless a line above has its number or its address; the very same line counts once."""
        for name, mark in _marks(entry):
            first = self.seen.setdefault((name, mark), entry)
            if first is entry:
                continue
            if _says(first) == _says(entry):
                self.found.repeated += 1
                self._remark(entry.line, "", SAME_LINE, first=first.line)
            else:
                self._wrong(entry.line, name, TAKEN[name], first=first.line)
            return None
        return entry

    def _wrong(self, line: int, name: str, msgid: str, **values: object) -> None:
        self.found.errors.append(Note(line, self._label(name), msgid, dict(values)))

    def _remark(self, line: int, name: str, msgid: str, **values: object) -> None:
        self.found.remarks.append(Note(line, self._label(name), msgid, dict(values)))

    def _label(self, name: str) -> str:
        return self.header.labels[self.mapping[name]] if name in self.mapping else ""


def _who(said: Mapping[str, str]) -> tuple[str, str]:
    """Return the name and the number of a line, as far as it says them."""
    names = (said.get("first_name", ""), said.get("last_name", ""))
    return " ".join(name for name in names if name), said.get("student_number", "")


def _entry(line: int, said: Mapping[str, str], born: date | None) -> Entry:
    others = " ".join(text for name in ("second_name", "third_name") if (text := said.get(name, "")))
    return Entry(
        line=line,
        student_number=said.get("student_number", ""),
        first_name=said.get("first_name", ""),
        other_names=others[:MOST_OTHERS],
        last_name=said.get("last_name", ""),
        usage_name=said.get("usage_name", ""),
        email=said.get("email", ""),
        birth_date=born,
        group=said.get("group", ""),
    )


def _marks(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield what two people never share; names and birth date only where nothing else tells them apart."""
    if entry.student_number:
        yield "student_number", number_key(entry.student_number)
    if entry.email:
        yield "email", entry.email
    if not entry.student_number and not entry.email:
        yield "", f"{normalised(entry.last_name)}|{normalised(entry.first_name)}|{entry.birth_date}"


def _says(entry: Entry) -> tuple[object, ...]:
    names = (entry.first_name, entry.other_names, entry.last_name, entry.usage_name)
    return *(normalised(name) for name in names), entry.student_number, entry.email, entry.birth_date, entry.group
