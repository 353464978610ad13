"""Every error has its line, its column and its sentence; what is right is an entry."""

import io
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from lms.cohorts.rosters.checking import Checked, check
from lms.cohorts.rosters.dates import read_date
from lms.cohorts.rosters.layouts import find_header, guess
from lms.cohorts.rosters.names import are_near, distance, normalised
from lms.cohorts.rosters.notes import FileRefused
from lms.cohorts.rosters.reading import read
from tests.lms.cohorts.rosters.making import as_csv, student

TODAY = date(2026, 10, 20)


def checked(data: bytes, *, keeps: bool = False) -> Checked:
    table = read(io.BytesIO(data))
    header = find_header(table)
    return check(table, header, guess(header.labels), today=TODAY, keeps_birth_date=keeps)


def errors(*lines: tuple[str, ...]) -> list[tuple[int, str, str]]:
    return [(note.line, note.column, note.sentence) for note in checked(as_csv(lines)).errors]


def remarks(*lines: tuple[str, ...]) -> str:
    return " ".join(note.sentence for note in checked(as_csv(lines)).remarks)


@pytest.mark.parametrize(
    ("wrong", "column", "words"),
    [
        ({"last": ""}, "Nom de famille", "manque le nom"),
        ({"first": ""}, "Premier prénom", "manque le prénom"),
        ({"last": "1234"}, "Nom de famille", "n’est pas un nom"),
        ({"last": "M" * 101}, "Nom de famille", "100 caractères"),
        ({"number": "2,19E+07"}, "Numéro étudiant", "arrondi"),
        ({"email": "ada.univ.example"}, "Email", "adresse e-mail"),
        ({"birth": "31/02/2004"}, "Date de naissance", "n’est pas une date"),
        ({"birth": "hier"}, "Date de naissance", "n’est pas une date"),
        ({"birth": "31/12/2024"}, "Date de naissance", "vérifiez l’année"),
        ({"number": "", "email": ""}, "", "homonyme"),
    ],
)
def test_each_error_says_where(wrong, column, words):
    found = errors(student(1), student(2, **wrong))
    assert len(found) == 1
    assert found[0][:2] == (3, column) and words in found[0][2]


def test_the_rest_of_the_file_is_kept():
    found = checked(as_csv([student(1), student(2, last=""), student(3)]))
    assert [entry.student_number for entry in found.entries] == ["21000001", "21000003"]
    assert (found.lines, found.wrong_lines) == (3, 1)


def test_the_same_address_twice_is_an_error_that_names_the_first():
    found = errors(student(1), student(2, email="ADA.1@univ.example"))
    assert found[0][:2] == (3, "Email") and "ligne 2" in found[0][2]


def test_the_same_number_twice_is_an_error_and_the_same_line_is_not():
    found = errors(student(1), student(2, number="21000001"))
    assert found[0][:2] == (3, "Numéro étudiant") and "ligne 2" in found[0][2]
    twice = checked(as_csv([student(1), student(1)]))
    assert not twice.errors and len(twice.entries) == 1 and twice.repeated == 1


def test_twins_born_the_same_day_are_two_people():
    found = checked(as_csv([student(1, last="Durand", first="Lina"), student(2, last="Durand", first="Lisa")]))
    assert not found.errors and len(found.entries) == 2


def test_formulas_in_names_are_texts_and_told():
    line = student(1, last='=HYPERLINK("http://x")', first="@Ada")
    found = checked(as_csv([line]))
    assert found.entries[0].last_name == '=HYPERLINK("http://x")'
    assert found.entries[0].first_name == "@Ada"
    assert [note.column for note in found.remarks] == ["Nom de famille", "Premier prénom"]
    assert "comme un texte" in found.remarks[0].sentence


def test_dates_as_numbers_are_read_and_told():
    found = checked(as_csv([student(1, birth="38352")]))
    assert found.entries[0].birth_date == date(2004, 12, 31)
    assert "31/12/2004" in found.remarks[0].sentence


def test_merged_cells_are_an_error_on_each_of_their_lines():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        sheet.merge_range("A1:C1", "Liste de la L2")
        sheet.write_row(1, 0, ["Nom", "Prénom", "Numéro étudiant"])
        for row in range(2, 6):
            sheet.write_row(row, 0, [f"Martin{row}", "Ada", f"{row}"])
        sheet.merge_range("A4:A5", "Durand")
    found = checked(file.getvalue())
    assert [(note.line, note.column) for note in found.errors] == [(4, "Nom"), (5, "Nom")]
    assert "4–5" in found.errors[0].sentence
    assert [entry.line for entry in found.entries] == [3, 6]


def test_cells_merged_in_a_column_that_is_not_read_change_nothing():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Nom", "Prénom", "Numéro étudiant", "Composante"])
        for row in (1, 2):
            sheet.write_row(row, 0, [f"Martin{row}", "Ada", f"{row}"])
        sheet.merge_range("D2:D3", "UFR")
    found = checked(file.getvalue())
    assert not found.errors and len(found.entries) == 2


@pytest.mark.parametrize("written", ["2100 0007", "2100\u00a00007", "'21000007", " 21000007"])
def test_a_number_is_kept_without_its_spaces(written):
    assert checked(as_csv([student(7, number=written)])).entries[0].student_number == "21000007"


def test_a_file_with_a_header_alone_is_refused():
    with pytest.raises(FileRefused, match="personne"):
        checked(as_csv([]))


def test_more_lines_than_may_be_are_refused(monkeypatch):
    monkeypatch.setattr("lms.cohorts.rosters.checking.MAX_ROWS", 3)
    with pytest.raises(FileRefused, match="3 lignes"):
        checked(as_csv([student(place) for place in range(4)]))


@pytest.mark.parametrize(
    "text", ["31/12/2004", "31-12-2004", "31.12.2004", "2004-12-31", "2004-12-31 00:00:00", "38352"]
)
def test_a_date_is_read_however_it_is_written(text):
    assert read_date(text)[0] == date(2004, 12, 31)


@pytest.mark.parametrize(
    ("one", "other"),
    [("D’Été-Lefèvre", "d'ete LEFEVRE"), ("Œuvrard", "oeuvrard"), ("Jean-Pierre", "Jean Pierre"), ("Nuñez", "NUNEZ")],
)
def test_names_are_compared_as_people_read_them(one, other):
    assert normalised(one) == normalised(other)


@given(st.text("abcé", max_size=8), st.text("abcé", max_size=8))
def test_distance_is_a_distance(one, other):
    assert distance(one, other, 20) == distance(other, one, 20)
    assert (distance(one, other, 20) == 0) == (one == other)
    exact = distance(one, other, 20)
    assert (distance(one, other, 2) if exact <= 2 else 3) == min(exact, 3)


def test_near_names():
    assert are_near("lefevre", "lefebvre") and are_near("martin", "matrin")
    assert not are_near("lea", "zoe") and not are_near("li", "lu")
