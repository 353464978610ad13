"""The model file that coordinators download: the thirteen columns, nobody in it."""

import csv
import io

import xlsxwriter

from .layouts import PIX_ORGA

DATE = PIX_ORGA.index("Date de naissance")
WIDTH = 22


def sample_csv() -> bytes:
    """Return the model as CSV: UTF-8 with its mark and semicolons, as French spreadsheets open it."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(PIX_ORGA)
    return text.getvalue().encode("utf-8-sig")


def sample_xlsx() -> bytes:
    """Return the model as XLSX: columns are texts, so that no number loses its zeros; birth dates are dates."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Inscriptions")
        texts, days = workbook.add_format({"num_format": "@"}), workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.set_column(0, len(PIX_ORGA) - 1, WIDTH, texts)
        sheet.set_column(DATE, DATE, WIDTH, days)
        sheet.write_row(0, 0, PIX_ORGA, workbook.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
    return file.getvalue()
