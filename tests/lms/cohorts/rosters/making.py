"""Rosters made for tests: the same lines as CSV, XLSX and ODS."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import stream_write_ods
import xlsxwriter

HEADER = ("Numéro étudiant", "Nom de famille", "Premier prénom", "Date de naissance", "Email", "Groupe")
Lines = Iterable[Sequence[Any]]


def as_csv(lines: Lines, *, header: Sequence[str] = HEADER, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows([header, *lines])
    return text.getvalue().encode(encoding)


def as_xlsx(lines: Lines, *, header: Sequence[str] = HEADER) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy", "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet()
        for place, line in enumerate([header, *lines]):
            for column, value in enumerate(line):
                sheet.write(place, column, value)
    return file.getvalue()


def as_ods(lines: Lines, *, header: Sequence[str] = HEADER) -> bytes:
    return b"".join(stream_write_ods.stream_write_ods([("Feuille", tuple(header), [tuple(line) for line in lines])]))


def student(place: int, **changes: str) -> tuple[str, ...]:
    facts = {
        "number": f"2100{place:04d}",
        "last": f"Martin{place}",
        "first": "Ada",
        "birth": "31/12/2004",
        "email": f"ada.{place}@univ.example",
        "group": "TD 1",
    }
    return tuple({**facts, **changes}.values())
