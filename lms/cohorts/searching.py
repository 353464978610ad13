"""Looking for people by their names, number or group, without accents nor case: by the database, on both of ours.

PostgreSQL has its own functions for it, but `unaccent` is an extension that its administrator has to allow, and SQLite
only knows the case of A to Z. One table of letters serves both, and the words that are looked for.

What holds the parts of a name together goes from what is kept and parts what is looked for: “nguyen”, “n guyen” and
“n’guyen” all find “N’Guyen”, “jean pierre” and “jeanpierre” both find “Jean-Pierre”.
"""

import unicodedata
from typing import Any, Final, TypeVar

from django.db.models import CharField, Func, QuerySet, Value
from django.db.models.functions import Concat

Rows = TypeVar("Rows", bound=QuerySet[Any, Any])
MOST_WORDS = 6
LONGEST = 80
LATIN = (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))
LIGATURES: Final = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
APART: Final = ".,"
HOLDING: Final = "-'’‘ʼ`´\u2010\u2011"  # the hyphens and apostrophes that keyboards and files write


def _letters() -> dict[str, str]:
    """Return each Latin letter with an accent and its plain lower-case letter; what stands between words, a space."""
    plain = {chr(code): unicodedata.normalize("NFD", chr(code))[0].lower() for code in LATIN}
    found = {sign: letter for sign, letter in plain.items() if letter.isascii()}
    return {**found, "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", **dict.fromkeys(APART, " ")}


LETTERS: Final = _letters()
_TABLE: Final = str.maketrans({**LETTERS, **LIGATURES, **dict.fromkeys(HOLDING, "")})
_PARTING: Final = str.maketrans(dict.fromkeys(HOLDING, " "))


def bare(text: str | None) -> str:
    """Return a text in plain lower-case letters: “D’Été-Lefèvre” is “detelefevre”."""
    return (text or "").translate(_TABLE).lower()


def asked(text: str) -> list[str]:
    """Return the words that are looked for, a few of them: of “D’Été-Lefèvre”, “d”, “ete” and “lefevre”."""
    return bare(text[:LONGEST].translate(_PARTING)).split()[:MOST_WORDS]


class Bare(Func):
    """The same, worked out by the database."""

    function = "socle_bare"  # of SQLite: `lms.cohorts.apps` gives it to each connection
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Write it with what PostgreSQL has."""
        inner = self.get_source_expressions()[0]
        for ligature, letters in LIGATURES.items():
            inner = Func(inner, Value(ligature), Value(letters), function="REPLACE", output_field=CharField())
        # TRANSLATE takes out the signs that have no letter facing them: those that hold names together, put last.
        signs, plain = Value("".join(LETTERS) + HOLDING), Value("".join(LETTERS.values()))
        whole = Func(inner, signs, plain, function="TRANSLATE", output_field=CharField())
        return compiler.compile(Func(whole, function="LOWER", output_field=CharField()))


def give_bare(connection: Any, **signal: Any) -> None:
    """Give a new connection to SQLite the function that `Bare` calls."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("socle_bare", 1, bare, deterministic=True)


def search(rows: Rows, text: str, *fields: str) -> Rows:
    """Keep those of `rows` in whose fields every word of `text` is found, in part or whole."""
    words = asked(text)
    if not words:
        return rows
    parts = [part for field in fields for part in (field, Value(" "))]
    found = rows.annotate(searched=Bare(Concat(*parts, output_field=CharField())))
    for word in words:
        found = found.filter(searched__contains=word)
    return found
