"""CSV: the separator is the one that makes the first lines a table; lines are read one at a time."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from .encodings import NAMES, encoding_of
from .limits import MAX_COLUMNS, MAX_LINES, MAX_QUOTED
from .notes import FileRefused, Note
from .notes import gettext_noop as _
from .table import Row, Table

SEPARATORS = (";", ",", "\t")
SAMPLE = 64 * 1024
LOOKED_AT = 30
OPEN_QUOTE = _("Un guillemet ouvert ici n’est jamais refermé.")
READ_AS = _("Le fichier est lu en %(encoding)s. Vérifiez les accents dans l’aperçu.")


def read_delimited(file: BinaryIO) -> Table:
    """Return the table of a text file. Raises FileRefused."""
    encoding = encoding_of(file)
    separator = _separator(_sample(file, encoding))
    notes = [Note(0, "", READ_AS, {"encoding": NAMES[encoding]})] if encoding in NAMES else []
    return Table("csv", notes, lambda: _rows(file, encoding, separator))


def _text(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    file.seek(0)
    return io.TextIOWrapper(file, encoding=encoding, newline="")


def _sample(file: BinaryIO, encoding: str) -> str:
    text = _text(file, encoding)
    try:
        return text.read(SAMPLE)
    finally:
        text.detach()


def _separator(sample: str) -> str:
    """Return the separator that makes the most even, widest table of the first lines."""
    lines = [line for line in sample.splitlines() if line.strip(' ;,\t"')][:LOOKED_AT]
    return max(SEPARATORS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: list[str], separator: str) -> tuple[int, int]:
    widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
    wide = [width for width in widths if width > 1]
    if not wide:
        return (0, 0)
    usual = max(set(wide), key=lambda width: (wide.count(width), width))
    return (wide.count(usual), usual)


def _rows(file: BinaryIO, encoding: str, separator: str) -> Iterator[Row]:
    text = _text(file, encoding)
    reader = csv.reader(text, delimiter=separator)
    before = 0
    try:
        for cells in reader:
            if reader.line_num > MAX_LINES:
                raise FileRefused(_("Le fichier a plus de %(most)d lignes."), most=MAX_LINES)
            if len(cells) > MAX_COLUMNS:
                raise FileRefused(_("Cette ligne a plus de %(most)d colonnes."), before + 1, most=MAX_COLUMNS)
            if any(len(cell) > MAX_QUOTED for cell in cells):  # csv's own limit is the process's: others move it
                raise FileRefused(OPEN_QUOTE, before + 1)
            yield Row(before + 1, tuple(cell.strip() for cell in cells))
            before = reader.line_num
    except csv.Error as error:
        raise FileRefused(OPEN_QUOTE, before + 1) from error
    finally:
        text.detach()
