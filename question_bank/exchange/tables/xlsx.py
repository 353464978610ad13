"""XLSX: the first sheet, as rows. Values only: a formula is refused, macros and links to elsewhere too.

A workbook is an archive of XML: both are read with our own limits (archives, markup), so nothing of it is trusted.
"""

import posixpath
import re
from collections.abc import Iterator

from question_bank.exchange.archives import Archive
from question_bank.exchange.limits import MAX_COLUMNS
from question_bank.exchange.markup import Element, elements, root
from question_bank.exchange.notes import Reading, Refused
from question_bank.exchange.notes import gettext_noop as _

from .rows import Formula, Row, read_rows

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def is_workbook(archive: Archive) -> bool:
    """Say whether an archive is a workbook."""
    return WORKBOOK in archive


def read_xlsx(archive: Archive) -> Reading:
    """Return the items of the first sheet. Raises Refused."""
    if any(name.endswith("vbaProject.bin") for name in archive.names):
        raise Refused(_("Le classeur contient des macros : enregistrez-le en .xlsx ou en CSV."))
    if any(name.startswith("xl/externalLinks/") for name in archive.names):
        raise Refused(_("Le classeur renvoie à d’autres fichiers : copiez les valeurs, puis enregistrez-le."))
    return read_rows(_rows(archive), "xlsx")


def _rows(archive: Archive) -> Iterator[Row]:
    strings = _strings(archive)
    for row in elements(archive.read(_first_sheet(archive)), depth=2, root_name="worksheet"):
        if row.name == "row":
            number = row.get("r")
            yield int(number) if re.fullmatch(r"\d{1,7}", number) else row.line, _cells(row, strings)


def _first_sheet(archive: Archive) -> str:
    sheet = next(iter(root(archive.read(WORKBOOK)).inside("sheet")), None)
    if sheet is None:
        raise Refused(_("Le classeur n’a pas de feuille."))
    for relation in root(archive.read(RELATIONS)).elements:
        if relation.get("id") == sheet.get("id"):
            return posixpath.normpath(posixpath.join("/xl", relation.get("target"))).lstrip("/")
    raise Refused(_("Le classeur n’a pas de feuille."))


def _strings(archive: Archive) -> list[str]:
    if STRINGS not in archive:
        return []
    return [_text(entry) for entry in elements(archive.read(STRINGS), depth=1, root_name="sst")]


def _text(element: Element | None) -> str:
    """Return the text of a string, whatever its runs; the phonetic guide is not part of it."""
    if element is None:
        return ""
    spoken = {id(inner) for guide in element.inside("r-ph") for inner in guide.walk()}
    written = "".join(inner.text() for inner in element.inside("t") if id(inner) not in spoken)
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), written)


def _cells(row: Element, strings: list[str]) -> list[str]:
    found: dict[int, str] = {}
    for position, cell in enumerate(row.all("c")):
        place = _index(cell, position)
        if place >= MAX_COLUMNS:
            raise Refused(
                _("Le tableau a %(count)s colonnes ; %(most)s au plus."), row.line, count=place + 1, most=MAX_COLUMNS
            )
        found[place] = _value(cell, strings)
    return [found.get(place, "") for place in range(max(found, default=-1) + 1)]


def _index(cell: Element, position: int) -> int:
    match = REFERENCE.fullmatch(cell.get("r"))
    if match is None:
        return position
    index = 0
    for sign in match[1]:
        index = index * 26 + ord(sign) - 64
    return index - 1


def _value(cell: Element, strings: list[str]) -> str:
    if cell.first("f") is not None:
        return Formula()
    kind, value = cell.get("t"), cell.first("v")
    if kind == "inlineStr":
        return _text(cell.first("is"))
    written = value.text() if value else ""
    if kind == "s":
        return strings[int(written)] if re.fullmatch(r"\d{1,7}", written) and int(written) < len(strings) else ""
    return "" if kind == "e" else written
