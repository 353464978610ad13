"""People of one name: two lines of a file, or a line and somebody known whose birth date was not kept.

One number each says two people, and yet one person may have been given two: somebody decides, or at least is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from .checking import Entry
from .names import normalised
from .notes import Note
from .notes import gettext_noop as _
from .people import Known, last_names

SAME_LINE = _("Même nom qu’à la ligne %(line)d : vérifiez que ce sont bien deux personnes.")
SAME_KNOWN = _("Même nom que quelqu’un de déjà connu, n° %(number)s : vérifiez que ce sont bien deux personnes.")


@dataclass
class Lines:
    """The lines that enrol somebody: the first of each name and birth date; a look costs the same in any file."""

    of_name: dict[tuple[str, str], dict[date | None, Entry]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Keep a line."""
        for name in _names(entry):
            self.of_name.setdefault(name, {}).setdefault(entry.birth_date, entry)

    def born_alike(self, entry: Entry) -> Entry | None:
        """Return a line of the same names and birth date."""
        return self._of(entry, entry.birth_date) if entry.birth_date else None

    def maybe(self, entry: Entry) -> Entry | None:
        """Return a line of the same names, when one of the two says no birth date."""
        if entry.birth_date:
            return self._of(entry, None)
        return next((next(iter(born.values())) for name in _names(entry) if (born := self.of_name.get(name))), None)

    def _of(self, entry: Entry, born: date | None) -> Entry | None:
        found = (self.of_name.get(name, {}).get(born) for name in _names(entry))
        return next((one for one in found if one), None)


def note(entry: Entry, lines: Lines, known: Iterable[Known]) -> Note | None:
    """Return what to say of a new line; `known`: those of its names, born neither otherwise nor surely the same day."""
    if twin := lines.maybe(entry):
        return Note(entry.line, "", SAME_LINE, {"line": twin.line})
    one = next(iter(known), None)
    return Note(entry.line, "", SAME_KNOWN, {"number": one.student_number}) if one else None


def _names(entry: Entry) -> list[tuple[str, str]]:
    first = normalised(entry.first_name)
    return [(first, last) for last in sorted(last_names(entry))]
