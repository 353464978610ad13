"""A table says the same on the screen, as CSV, as XLSX and as ODS; nothing in it becomes a formula."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override
from lxml import html as lxml_html
from python_calamine import CalamineWorkbook

from kernel.errors import NotFound
from lms.dashboards.cohort import sheets as cohort_sheets
from lms.dashboards.definitions import meaning
from lms.dashboards.tables import Column, Mask, Table, about, respond
from lms.dashboards.tables.values import exact, shown

AT = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
COLUMNS = (
    Column("name", "=Nom"),
    Column("count", "Inscrits", "count", "enrolled"),
    Column("share", "Part", "percent", "at_target"),
    Column("mean", "Écart", "decimal", "mean_score"),
    Column("day", "Jour", "date"),
    Column("level", "Niveau", "level", "level"),
)
ROWS = (
    ("=HYPERLINK(\"http://x.example\")", 1234, 0.614, -3.25, date(2026, 11, 2), "Avancé"),
    ("+33 1 23", 0, 0.0, 0.04, datetime(2026, 11, 2, 23, 30, tzinfo=UTC), None),
    ("-12", 7, 1.0, 12.0, None, Mask.UNSHARED),
    ("@SUM(1)", Mask.SMALL, Mask.DEDUCED, None, None, "Novice"),
    ("\tTab;\"vide\"", -5, 0.005, -0.5, date(2026, 1, 1), "Expert"),
    ("D’Arc\x0b", 5, 0.5, 1.0, date(2026, 1, 1), "Expert"),
)  # fmt: skip
TABLE = Table("levels", "Niveaux : promotion [A]", COLUMNS, ROWS, AT, note="Une note.", filters=[("Année", "2026")])
LANGUAGES = pytest.mark.parametrize("language", ["fr", "en"])


def ask(kind: str) -> Any:
    return RequestFactory().get("/pilotage/", {"format": kind} if kind else {})


def file(kind: str) -> bytes:
    response = respond(ask(kind), TABLE)
    assert response is not None
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def on_screen() -> list[list[str]]:
    page = render_to_string("dashboards/table.html", {"table": TABLE, "p": "", "request": ask("")})
    rows = lxml_html.fromstring(page).xpath("//tbody/tr")
    return [[cell.text_content() for cell in row.xpath("./th|./td")] for row in rows]


def as_screen(column: Column, value: Any, comma: bool) -> str:
    """Write a value read from a spreadsheet as the screen writes it, without the code under test."""
    if value in (None, ""):
        return "–"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, str):
        return value
    if column.kind == "percent":
        text = f"{value * 100:.0f}" + ("\u00a0%" if comma else "%")
    else:
        text = f"{value:,.{column.places}f}"
    return text.translate(str.maketrans({",": "\u202f", ".": ","})) if comma else text


def said(rows: list[list[Any]], comma: bool) -> list[list[str]]:
    return [[as_screen(*pair, comma) for pair in zip(COLUMNS, row, strict=True)] for row in rows]


@LANGUAGES
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_spreadsheet_says_what_the_screen_says(kind: str, language: str) -> None:
    with override(language):
        screen, book = on_screen(), CalamineWorkbook.from_filelike(io.BytesIO(file(kind)))
    first = book.get_sheet_by_index(0).to_python()
    assert first[0] == [column.label for column in COLUMNS]
    screen = [[cell.replace("\u00a0", "\u202f") if cell[:1].isdigit() else cell for cell in row] for row in screen]
    read = said(first[1:], language == "fr")
    read = [[cell.replace("\u00a0", "\u202f") if cell[:1].isdigit() else cell for cell in row] for row in read]
    assert read == screen


@LANGUAGES
def test_a_csv_says_what_the_screen_says(language: str) -> None:
    with override(language):
        screen, text = on_screen(), file("csv").decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";" if language == "fr" else ","))
    assert rows[0][0] == "’=Nom"
    for line, row in zip(rows[1:], screen, strict=True):
        for column, written, read in zip(COLUMNS, line, row, strict=True):
            if column.kind == "date" and written:
                written = date.fromisoformat(written).strftime("%d/%m/%Y")
            plain = read.replace("\u00a0", "").replace("\u202f", "") if column.is_number else read
            bare = written.replace("\u00a0", "") if column.is_number else written.removeprefix("’")
            grouped = plain.replace(",", "") if language == "en" and column.kind == "count" else plain
            assert (bare or "–") == grouped.replace("masquéaussi", "masqué aussi")


def test_what_looks_like_a_formula_is_a_text_and_a_negative_number_a_number() -> None:
    rows = list(csv.reader(io.StringIO(file("csv").decode()[1:], newline=""), delimiter=";"))
    assert [row[0][:2] for row in rows[1:6]] == ["’=", "’+", "’-", "’@", "’\t"]
    assert rows[1][3] == "-3,2"
    assert rows[5][1] == "-5"


def test_numbers_are_numbers_and_dates_are_dates() -> None:
    for kind in ("xlsx", "ods"):
        row = CalamineWorkbook.from_filelike(io.BytesIO(file(kind))).get_sheet_by_index(0).to_python()[1]
        assert row[1:5] == [1234, 0.61, -3.2, date(2026, 11, 2)], kind


def test_a_moment_late_in_the_evening_is_the_day_it_was_in_paris() -> None:
    assert exact(COLUMNS[4], datetime(2026, 11, 2, 23, 30, tzinfo=UTC)) == date(2026, 11, 3)


def test_a_spreadsheet_carries_its_definitions_its_source_its_date_and_its_filters() -> None:
    for kind in ("xlsx", "ods"):
        rows = CalamineWorkbook.from_filelike(io.BytesIO(file(kind))).get_sheet_by_index(1).to_python()
        words = " ".join(str(cell) for row in rows for cell in row)
        for expected in ("Socle", "21 novembre 2026", "Année", "2026", "Une note.", "niveau cible"):
            assert expected in words, (kind, expected)


def test_the_screen_says_why_a_figure_is_masked() -> None:
    page = render_to_string("dashboards/table.html", {"table": TABLE, "p": "", "request": ask("")})
    assert "trop peu de personnes" in page
    assert "par soustraction" in page
    assert 'scope="row"' in page and 'tabindex="0"' in page
    assert "/pilotage/definitions/#at_target" in page


def test_an_address_that_asks_for_nothing_gets_its_page() -> None:
    assert respond(ask(""), TABLE) is None


@pytest.mark.parametrize("asked", [{"format": "exe"}, {"table": "no"}, {"table": "no", "format": "csv"}])
def test_a_file_or_a_table_that_is_not_there_is_not_another(asked: dict[str, str]) -> None:
    with pytest.raises(NotFound, match="tableau"):
        respond(RequestFactory().get("/pilotage/", asked), TABLE)


@LANGUAGES
def test_the_second_sheet_has_a_line_for_each_column_in_their_order(language: str) -> None:
    columns = cohort_sheets.domains_sheet({"rows": []}, AT).columns
    with override(language):
        lines = list(about.lines(Table("domains", "Domaines", columns, [], AT)))[-len(columns) :]
    assert [label for label, _words in lines] == [column.label for column in columns]
    words = [words for _label, words in lines]
    assert words == [meaning(column.definition, language) for column in columns]
    assert words[3].startswith("Les deux bouts" if language == "fr" else "The two ends")


def test_the_file_has_the_day_of_its_data_in_its_name() -> None:
    response = respond(ask("csv"), TABLE)
    assert response is not None
    assert response["Content-Disposition"] == 'attachment; filename="niveaux-promotion-a-2026-11-21.csv"'


def test_no_share_and_no_tenth_is_told_smaller_on_the_screen_than_in_a_file() -> None:
    share, tenth = Column("share", "Part", "percent", "at_target"), Column("mean", "Écart", "decimal", "mean_score")
    with override("fr"):
        assert [shown(share, number / 100) for number in range(101)] == [f"{number}\u00a0%" for number in range(101)]
        for number in range(1000):
            whole, part = divmod(number, 10)
            assert shown(tenth, number / 10) == f"{whole},{part}"
