"""Whatever the file, the same lines come out; whatever is wrong with it, a sentence says so."""

import csv
import io
import string
import zipfile
import zlib
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.cohorts.rosters import limits
from lms.cohorts.rosters.layouts import PIX_ORGA, find_header, guess, is_complete
from lms.cohorts.rosters.notes import FileRefused
from lms.cohorts.rosters.reading import read
from lms.cohorts.rosters.samples import sample_csv, sample_xlsx
from tests.lms.cohorts.rosters.making import as_csv, as_ods, as_xlsx, student

SPACE = "urn:oasis:names:tc:opendocument:xmlns"
WORDS = st.text(st.sampled_from(string.ascii_letters + "éèêçÉÀœ'-’= +@"), min_size=1, max_size=12).map(str.strip)
CELLS = st.one_of(st.just(""), WORDS)
# One line always says something in its first cell, so that the table is one.
TABLES = st.lists(st.tuples(WORDS.filter(bool), CELLS, CELLS), min_size=1, max_size=20)


def lines_of(data: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in read(io.BytesIO(data)).rows() if not row.is_blank]


def refusal(data: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        list(read(io.BytesIO(data)).rows())
    return caught.value.sentence


def outcome(data: bytes) -> str:
    """What became of a file: any other exception is a failure."""
    try:
        list(read(io.BytesIO(data)).rows())
    except FileRefused as error:
        return error.sentence
    return "Lu."


@settings(max_examples=60, deadline=None)
@given(TABLES, st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_any_text_file_says_what_was_written(table, separator, encoding):
    data = as_csv(table, header=("Nom", "Prénom", "Numéro étudiant"), separator=separator, encoding=encoding)
    assert lines_of(data) == [("Nom", "Prénom", "Numéro étudiant"), *table]


@settings(max_examples=25, deadline=None)
@given(TABLES, st.sampled_from([as_xlsx, as_ods]))
def test_any_workbook_says_what_was_written(table, make):
    found = lines_of(make(table, header=("Nom", "Prénom", "Numéro étudiant")))
    assert found == [("Nom", "Prénom", "Numéro étudiant"), *table]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail)))
def test_any_bytes_are_read_or_refused_in_a_sentence(data):
    assert outcome(data).endswith(".")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000), st.integers(0, 255), st.sampled_from([as_xlsx, as_ods]))
def test_a_workbook_with_a_wrong_byte_is_read_or_refused(place, byte, make):
    data = bytearray(make([student(1), student(2)]))
    data[place % len(data)] = byte
    assert outcome(bytes(data)).endswith(".")


def test_the_encoding_is_never_guessed_otherwise():
    line = ("1", "Lefèvre", "Zoé", "", "", "cœur €")
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        assert lines_of(as_csv([line], encoding=encoding))[1] == line
    notes = read(io.BytesIO(as_csv([line], encoding="cp1252"))).notes
    assert "Windows-1252" in notes[0].sentence
    assert not read(io.BytesIO(as_csv([line], encoding="utf-8"))).notes


def test_what_another_reader_lets_through_is_refused_here():
    """The limit of Python’s reader is the process’s: importing items raises it."""
    usual = csv.field_size_limit(10_000_000)
    try:
        assert "guillemet" in refusal(b'nom;prenom\n"jamais;ferme\n' + b"x" * 140_000)
    finally:
        csv.field_size_limit(usual)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "ancien format"),
        (b"nom;pr\x00nom\n", "lisible"),
        (b"nom;\x81\x8d\n\xff", "lisible"),
        ("nom;prénom\n".encode("utf-32"), "UTF-32"),
        (b"PK\x03\x04 not an archive", "abîmé"),
        (b'nom;prenom\n"jamais;ferme\n' + b"x" * 140_000, "guillemet"),
        (b";" * 150 + b"\n", "100 colonnes"),
    ],
)
def test_what_is_not_a_list_is_refused(data, words):
    assert words in refusal(data)


def test_thirty_megabytes_are_refused_and_blanks_are_nothing():
    assert "20" in refusal(b"nom;prenom\n" + b";;;;\n" * (30 * 2**20 // 5))
    blanks = as_csv([student(1)]) + b";;;;;\r\n" * 200_000
    assert len(lines_of(blanks)) == 2


def test_a_workbook_of_styled_blanks_is_read(tmp_path):
    path = tmp_path / "blanks.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet, grey = workbook.add_worksheet(), workbook.add_format({"bg_color": "#eeeeee"})
        sheet.write_row(0, 0, ["Nom", "Prénom"])
        sheet.write_row(1, 0, ["Martin", "Ada"])
        for row in range(2, 60_000):
            for column in range(8):
                sheet.write_blank(row, column, None, grey)
    assert lines_of(path.read_bytes()) == [("Nom", "Prénom"), ("Martin", "Ada")]


def test_a_value_in_the_last_cell_is_refused_before_it_takes_memory():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "Nom")
        sheet.write(1_048_575, 16_383, "x")
    assert "XFD1048576" in refusal(file.getvalue())


def document(rows: str, before: str = "") -> bytes:
    names = " ".join(f'xmlns:{name}="{SPACE}:{name}:1.0"' for name in ("office", "table", "text"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{SPACE}:manifest:1.0"/>')
        body = f'<table:table table:name="A">{rows}</table:table>'
        body = f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        archive.writestr("content.xml", f"{before}<office:document-content {names}>{body}</office:document-content>")
    return file.getvalue()


CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'


def test_a_repeat_without_end_is_refused():
    wide = CELL.format(' table:number-columns-repeated="16384"')
    rows = f'<table:table-row table:number-rows-repeated="1000000">{wide}</table:table-row>'
    assert "s’étend" in refusal(document(rows))
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    assert lines_of(document(f"<table:table-row>{CELL.format('')}</table:table-row>{blank}")) == [("x",)]


def test_entities_are_refused():
    assert "abîmé" in refusal(document("", before='<!DOCTYPE a [<!ENTITY b "bbbb">]>'))


def test_an_archive_that_lies_about_its_length_is_refused():
    data = bytearray(as_xlsx([student(1)]))
    name = b"xl/worksheets/sheet1.xml"
    place = data.rindex(name) - 46 + 24  # the length unfolded, in the directory
    data[place : place + 4] = (100).to_bytes(4, "little")
    assert "abîmé" in refusal(bytes(data))


def test_an_archive_that_unfolds_too_far_is_not_unfolded(monkeypatch):
    monkeypatch.setattr(zlib, "decompressobj", lambda *bits: pytest.fail("it was unfolded"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for place in range(4):
            archive.writestr(f"xl/{place}.xml", b"0" * (limits.MAX_UNFOLDED // 3))
    monkeypatch.undo()
    monkeypatch.setattr("lms.cohorts.rosters.archives.zlib.decompressobj", lambda *bits: pytest.fail("unfolded"))
    assert "trop volumineux" in refusal(file.getvalue())


def test_a_locked_workbook_is_refused():
    data = bytearray(as_xlsx([student(1)]))
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1
    assert "mot de passe" in refusal(bytes(data))


def test_what_a_workbook_hides_is_told():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        empty, sheet, other = (workbook.add_worksheet(name) for name in ("Vide", "Liste", "Autre"))
        sheet.write_row(0, 0, ["Nom", "Prénom"])
        sheet.write_formula(1, 0, '="Mar"&"tin"', None, "Martin")
        sheet.write(1, 1, "Ada")
        sheet.merge_range("A3:A5", "Durand")
        other.write(0, 0, "x")
        assert empty is not None
    table = read(io.BytesIO(file.getvalue()))
    said = " ".join(note.sentence for note in table.notes)
    assert "formules (1)" in said and "« Liste »" in said
    assert [row.cells for row in table.rows()][1] == ("Martin", "Ada")
    assert table.merged == [(3, 1, 5, 1)]


def test_lines_keep_their_numbers_below_a_title():
    data = as_csv([(), ("Nom", "Prénom", "Numéro étudiant"), (), ("Martin", "Ada", "1")], header=("Liste de L2",))
    header = find_header(read(io.BytesIO(data)))
    assert (header.line, header.labels) == (3, ("Nom", "Prénom", "Numéro étudiant"))
    quoted = b'nom;prenom\n"Mar\ntin";Ada\nDurand;Zoe\n'
    assert [row.line for row in read(io.BytesIO(quoted)).rows()] == [1, 2, 4]


def test_dates_and_numbers_of_workbooks_are_texts():
    for make in (as_xlsx, as_ods):
        line = lines_of(make([(21001234, "Martin", "Ada", date(2004, 12, 31), "a@b.fr", 38352.0)]))[1]
        assert line == ("21001234", "Martin", "Ada", "2004-12-31", "a@b.fr", "38352")


def test_the_thirteen_columns_are_known_in_any_order():
    for data in (sample_csv(), sample_xlsx()):
        header = find_header(read(io.BytesIO(data)))
        assert header.labels == PIX_ORGA and header.is_pix_orga
    assert len(PIX_ORGA) == 13
    found = guess(reversed(PIX_ORGA))
    assert is_complete(found)
    assert {name: tuple(reversed(PIX_ORGA))[place] for name, place in found.items()} == {
        "student_number": "Numéro étudiant",
        "last_name": "Nom de famille",
        "usage_name": "Nom d’usage",
        "first_name": "Premier prénom",
        "second_name": "Deuxième prénom",
        "third_name": "Troisième prénom",
        "birth_date": "Date de naissance",
        "email": "Email",
        "group": "Groupe",
    }


def test_two_columns_of_one_name_are_refused():
    with pytest.raises(FileRefused, match="même titre"):
        find_header(read(io.BytesIO(b"Nom;Prenom;nom\nA;B;C\n")))


def test_a_file_without_columns_is_refused():
    with pytest.raises(FileRefused, match="titres"):
        find_header(read(io.BytesIO(b"Martin\nDurand\n")))
