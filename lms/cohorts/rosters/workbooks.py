"""XLSX and ODS: measured first (spans), then read by calamine, line by line."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from .archives import DAMAGED, open_archive, unfolded
from .limits import MAX_CELL, MAX_COLUMNS
from .notes import FileRefused, Note
from .notes import gettext_noop as _
from .spans import DocumentReader, Range, SheetReader, Span
from .table import Row, Table

DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
UNREAD = _("Ce fichier n’est ni en XLSX ni en ODS. Enregistrez la liste dans l’un de ces formats, puis renvoyez-la.")
FORMULAS = _("Le classeur contient des formules (%(count)d) : c’est leur résultat, tel qu’enregistré, qui est lu.")
OTHER_SHEETS = _("Seule la feuille « %(name)s » est lue ; les autres sont laissées de côté.")


def read_workbook(file: BinaryIO) -> Table:
    """Return the table of the first visible sheet that says something. Raises FileRefused."""
    kind, spans = _measured(file)
    workbook = _opened(file)
    index, sheet, is_alone = _chosen(workbook)
    if sheet.width > MAX_COLUMNS:
        raise FileRefused(_("La feuille a plus de %(most)d colonnes."), most=MAX_COLUMNS)
    formulas = sum(span.formulas for span in spans)
    notes = [Note(0, "", FORMULAS, {"count": formulas})] if formulas else []
    notes += [] if is_alone else [Note(0, "", OTHER_SHEETS, {"name": sheet.name[:60]})]
    return Table(kind, notes, lambda: _rows(sheet), _merged(kind, spans, index, sheet))


def _measured(file: BinaryIO) -> tuple[str, list[Span]]:
    """Return the format and how far each sheet goes, having unfolded all the XML that will be read again."""
    archive = open_archive(file)
    names = archive.namelist()
    if "xl/workbook.xml" in names:
        return "xlsx", _measured_xlsx(archive, file, names)
    if "content.xml" in names and _kind_of(archive, file) == DOCUMENT:
        reader = DocumentReader()
        reader.read(unfolded(archive, file, "content.xml"))
        return "ods", reader.spans
    raise FileRefused(UNREAD)


def _measured_xlsx(archive: zipfile.ZipFile, file: BinaryIO, names: list[str]) -> list[Span]:
    spans = []
    for name in names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            reader = SheetReader()
            reader.read(unfolded(archive, file, name))
            spans.append(reader.span)
        else:
            for _piece in unfolded(archive, file, name):
                pass
    return spans


def _kind_of(archive: zipfile.ZipFile, file: BinaryIO) -> bytes:
    if "mimetype" not in archive.namelist():
        return b""
    return b"".join(unfolded(archive, file, "mimetype")).strip()


def _opened(file: BinaryIO) -> CalamineWorkbook:
    file.seek(0)
    try:
        return CalamineWorkbook.from_filelike(file)
    except CalamineError as error:
        raise FileRefused(DAMAGED) from error


def _chosen(workbook: CalamineWorkbook) -> tuple[int, CalamineSheet, bool]:
    """Return the first visible sheet with a value, its place, and whether it is the only one."""
    found = []
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        try:
            sheet = workbook.get_sheet_by_index(index)
        except CalamineError as error:
            raise FileRefused(DAMAGED) from error
        if sheet.start is not None:
            found.append((index, sheet))
    if not found:
        raise FileRefused(_("Le classeur est vide : aucune feuille visible ne contient de valeur."))
    return *found[0], len(found) == 1


def _merged(kind: str, spans: list[Span], index: int, sheet: CalamineSheet) -> list[Range]:
    if kind == "ods":
        return spans[index].merged if index < len(spans) else []
    ranges = sheet.merged_cell_ranges or []
    return [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges]


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        yield Row(line, tuple(text_of(cell) for cell in cells))


def text_of(value: Any) -> str:
    """Return what a cell says, as a text: a whole number without its decimal point, a date as 2004-12-31."""
    if isinstance(value, str):
        return value.strip()[: MAX_CELL + 1]
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
