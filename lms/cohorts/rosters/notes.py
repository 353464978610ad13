"""What is said of a roster: errors and remarks with their line and column, refusals of the whole file.

A sentence is kept as its French and its values, and translated when it is read.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext, gettext_noop

from kernel.errors import Invalid

__all__ = ["FileRefused", "Note", "gettext_noop"]


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about a line (from 1; 0 is the whole file) and a column, by its name in the file."""

    line: int
    column: str
    msgid: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Return the sentence in the reader's language."""
        return gettext(self.msgid) % self.values if self.values else gettext(self.msgid)

    def as_json(self) -> list[Any]:
        """Return what is kept of it."""
        return [self.line, self.column, self.msgid, self.values]

    @classmethod
    def of(cls, kept: list[Any]) -> "Note":
        """Return the note kept as `as_json` says."""
        return cls(*kept)


class FileRefused(Invalid):
    """The file as a whole cannot be read; the sentence says why and what to do."""

    code = "roster_refused"

    def __init__(self, msgid: str, line: int = 0, **values: Any) -> None:
        self.note = Note(line, "", msgid, values)
        super().__init__(field="file")

    @property
    def sentence(self) -> str:
        """Return the sentence, with its line when there is one."""
        if not self.note.line:
            return self.note.sentence
        return gettext("Ligne %(line)d : %(sentence)s") % {"line": self.note.line, "sentence": self.note.sentence}
