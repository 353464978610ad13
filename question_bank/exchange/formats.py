"""The formats, by name; and which one a file is in, by what it holds rather than by what it is called."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .archives import Archive, is_archive
from .gift.reading import read_gift
from .gift.writing import write_gift
from .limits import MAX_BYTES
from .moodle.reading import read_moodle
from .moodle.writing import write_moodle
from .notes import Note, Reading, Refused, Written
from .notes import gettext_noop as _
from .qti.package import read_package, read_qti
from .qti.writing import write_qti
from .tables.csv_files import read_csv, write_csv
from .tables.xlsx import is_workbook, read_xlsx

READABLE = ("qti", "moodle", "gift", "csv", "xlsx")
Writer = Callable[[Iterable[Mapping[str, Any]]], Written]
WRITERS: dict[str, Writer] = {"qti": write_qti, "moodle": write_moodle, "gift": write_gift, "csv": write_csv}
FILES = {
    "qti": ("socle-qti3.zip", "application/zip"),
    "moodle": ("socle-moodle.xml", "application/xml"),
    "gift": ("socle.gift", "text/plain; charset=utf-8"),
    "csv": ("socle.csv", "text/csv; charset=utf-8"),
}
OTHERS = (
    (b"\xd0\xcf\x11\xe0", _("C’est un ancien fichier d’Office (.xls, .doc) : enregistrez-le en .xlsx ou en CSV.")),
    (b"%PDF", _("C’est un PDF : il n’est pas repris.")),
    (b"\x1f\x8b", _("C’est une archive gzip : envoyez un fichier, ou une archive ZIP.")),
    (b"Rar!", _("C’est une archive RAR : envoyez une archive ZIP.")),
    (b"7z\xbc\xaf", _("C’est une archive 7z : envoyez une archive ZIP.")),
)
FIRST_TAG = re.compile(rb"<\s*([A-Za-z][\w:.-]{0,60})")
PAGES = (b"html", b"head", b"body", b"svg")
CSV_NAMES, GIFT_NAMES = (".csv", ".tsv"), (".gift", ".txt")
SNIFFED = 4096


def read(name: str, data: bytes, kind: str = "") -> Reading:
    """Return what a file holds; `kind` says its format, else it is recognised. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused(_("Le fichier dépasse %(most)s Mo ; envoyez-le en plusieurs."), most=MAX_BYTES // (1024 * 1024))
    if not data.strip(b" \t\r\n"):
        raise Refused(_("Le fichier est vide."))
    for start, sentence in OTHERS:
        if data.startswith(start):
            raise Refused(sentence)
    found = _from_archive(Archive(data), kind) if is_archive(data) else _from_text(name, data, kind)
    if not found.items and not found.left_out:
        raise Refused(_("Le fichier ne contient aucune question."))
    return found


def _from_archive(archive: Archive, kind: str) -> Reading:
    if is_workbook(archive):
        return read_xlsx(archive)
    if kind in ("", "qti"):
        return read_package(archive)
    raise Refused(_("C’est une archive, et non un fichier « %(kind)s »."), kind=kind)


def _from_text(name: str, data: bytes, kind: str) -> Reading:
    readers = {"qti": read_qti, "moodle": read_moodle, "gift": read_gift, "csv": read_csv}
    wanted = kind or recognised(name, data)
    if wanted == "xlsx" or (not kind and name.lower().endswith(".xlsx")):
        raise Refused(_("Ce n’est pas un classeur .xlsx."))
    return readers[wanted](data)


def recognised(name: str, data: bytes) -> str:
    """Return the format of a text file. Raises Refused when nothing tells."""
    start = data[:SNIFFED].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        match = FIRST_TAG.search(start)
        if match and match[1].lower() in PAGES:
            raise Refused(_("C’est une page web ou un dessin, et non des questions."))
        return "moodle" if match and match[1].lower() == b"quiz" else "qti"
    lower = name.lower()
    if lower.endswith(CSV_NAMES):
        return "csv"
    first = start.partition(b"\n")[0]
    if lower.endswith(GIFT_NAMES) or b"{" in data:
        return "csv" if not lower.endswith(".gift") and _names_columns(first) else "gift"
    if any(sign in first for sign in (b",", b";", b"\t")):
        return "csv"
    raise Refused(_("Le format du fichier n’est pas reconnu ; choisissez-le dans la liste."))


def _names_columns(first: bytes) -> bool:
    return b"fr.question" in first or b"interaction" in first


def write(kind: str, items: Iterable[Mapping[str, Any]]) -> Written:
    """Return items in a format of WRITERS."""
    return WRITERS[kind](items)


def summary_of(lost: Iterable[Note]) -> list[str]:
    """Return what an export could not hold, as French sentences."""
    return [str(note) for note in lost]
