"""What goes out comes back: equal in QTI 3 and CSV, whatever is in it; by fields in Moodle XML and GIFT."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.exchange.formats import FILES, read, write
from question_bank.exchange.moodle.writing import fields_lost
from question_bank.exchange.preparing import prepare, typed
from question_bank.exchange.qti.writing import item_xml
from question_bank.exchange.tables.columns import cells, guarded, unguarded
from question_bank.itemfiles.reading import item_paths, read_bank
from tests.question_bank.samples import KINDS, english, item

EXACT = ("csv", "qti")


@pytest.fixture(scope="module")
def bank() -> list[dict[str, Any]]:
    return [one.data for one in read_bank().items]


def back(kind: str, items: list[dict[str, Any]]):
    written = write(kind, items)
    found = read(FILES[kind][0], written.data)
    assert not found.left_out
    return [one.data for one in found.items]


@pytest.mark.parametrize("kind", EXACT)
def test_the_whole_bank_comes_back_equal(kind, bank):
    assert len(bank) == len(item_paths(bank_folder())) > 400
    assert back(kind, bank) == bank


def bank_folder():
    from question_bank.itemfiles.reading import CONTENT

    return CONTENT


@pytest.mark.parametrize("kind", EXACT)
def test_the_same_items_give_the_same_bytes(kind, bank):
    assert write(kind, bank[:20]).data == write(kind, bank[:20]).data


def test_importing_leaves_a_sound_item_as_it_is(bank):
    for one in bank:
        data, notes = typed(one)
        assert data == one
        assert notes == []


def test_a_sound_item_is_a_candidate_as_it_is_but_a_draft(bank):
    found = read("a.csv", write("csv", bank).data)
    candidates, refused = prepare(found.items, keys=(), said={})
    assert not refused
    assert [one.data for one in candidates] == [{**one, "status": "draft"} for one in bank]


# Texts that hurt: signs of formulas, quotes, separators, line ends, XML's own, no-break spaces, other planes.
NASTY = st.text(
    st.one_of(
        st.sampled_from("=+-@'\"\t\n\r,;|<>&]}{[#~:\\%/ \u00a0\u202f\u2028\ufeff\ufffe\x7f\x85\x0b\x01😀é"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=30,
)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,9}", fullmatch=True)
NUMBERS = st.one_of(st.integers(-(10**12), 10**12), st.floats(allow_nan=False, allow_infinity=False))
VALUES = st.recursive(
    st.one_of(NASTY, NUMBERS, st.none(), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NASTY, inner, max_size=4)),
    max_leaves=12,
)
CHOICES = st.lists(st.fixed_dictionaries({"id": NASTY, "text": NASTY}, optional={"rationale": NASTY}), max_size=4)


@st.composite
def items(draw) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    data = item(kind)
    if draw(st.booleans()):
        data = english(data)
    for name in draw(st.lists(st.sampled_from(["fr", "answer", "source"]), max_size=2)):
        data[name] = {**data[name], **draw(st.dictionaries(NAMES, VALUES, max_size=3))}
    if kind in ("single_choice", "multiple_choice", "order") and draw(st.booleans()):
        data["fr"]["choices"] = draw(CHOICES.filter(lambda found: len(found) > 0))
    for name in ("title", "context", "question", "feedback"):
        if draw(st.booleans()):
            data["fr"][name] = draw(NASTY)
    data["fr"]["question"] = data["fr"]["question"] or "?"
    return data


@given(st.lists(items(), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_whatever_is_in_an_item_csv_gives_it_back(made):
    usable = [one for one in made if isinstance(one["fr"]["question"], str) and isinstance(one["interaction"], str)]
    assert back("csv", usable) == usable


@given(items())
@settings(max_examples=150, deadline=None)
def test_whatever_is_in_an_item_qti_gives_it_back(made):
    try:
        written = write("qti", [made])
    except (KeyError, TypeError, AttributeError):
        return  # an answer of no type its interaction knows: the bank holds none
    assert [one.data for one in read("a.zip", written.data).items] == [made]


@given(NASTY)
def test_no_cell_is_a_formula_and_each_reads_back(text):
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(cell) == text


def test_cells_that_spreadsheets_would_run():
    data = item()
    data["fr"]["title"] = "=HYPERLINK(1)"
    data["fr"]["choices"][0]["text"] = "@SUM(A1)"
    assert cells(data)["fr.title"] == "'=HYPERLINK(1)"
    assert cells(data)["fr.choices.1.text"] == "'@SUM(A1)"
    assert back("csv", [data]) == [data]


def test_a_workbook_made_elsewhere(bank):
    """What openpyxl writes from our table reads back equal: shared strings, numbers, empty cells."""
    import csv

    table = list(csv.reader(write("csv", bank[:60]).data.decode("utf-8-sig").splitlines(keepends=True)))
    book = openpyxl.Workbook()
    for row in table:
        book.active.append([cell or None for cell in row])
    out = BytesIO()
    book.save(out)
    assert [one.data for one in read("a.xlsx", out.getvalue()).items] == bank[:60]


def test_a_table_made_by_hand():
    table = (
        "Titre;Question;Choix 1;Choix 2;Choix 3;Bonne réponse;Difficulté\n"
        "Un titre;Quoi ?;a;b;c;B;2\n;Et là ?;x;y;z;A, C;\n"
    )
    first, second = [one.data for one in read("a.csv", table.encode("cp1252")).items]
    assert first["interaction"] == "single_choice"
    assert first["answer"] == {"correct": "b"}
    assert first["difficulty"] == 2
    assert first["key"] == "un-titre"
    assert [choice["text"] for choice in first["fr"]["choices"]] == ["a", "b", "c"]
    assert second["interaction"] == "multiple_choice"
    assert second["answer"] == {"correct": ["a", "c"]}


def test_a_row_that_is_wrong_is_named_with_its_line_and_the_others_pass():
    table = "interaction,fr.question,answer (json)\norder,Bien ?,{}\norder,,{}\norder,Mal ?,{broken\norder,Bon ?,{}\n"
    found = read("a.csv", table.encode())
    assert [one.line for one in found.items] == [2, 5]
    assert [note.line for note in found.left_out] == [3, 4]


def test_rows_of_several_lines_keep_their_number():
    table = 'interaction,fr.question\norder,"Sur\ndeux lignes ?"\norder,\n'
    found = read("a.csv", table.encode())
    assert [one.line for one in found.items] == [2]
    assert [note.line for note in found.left_out] == [4]


def test_an_item_changed_elsewhere_has_the_text_of_the_file():
    import zipfile

    data = english(item(kind="single_choice"))
    archive, out = zipfile.ZipFile(BytesIO(write("qti", [data]).data)), BytesIO()
    with zipfile.ZipFile(out, "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name).replace(b"Le choix b du texte.", b"Autre chose."))
    (found,) = read("a.zip", out.getvalue()).items
    assert found.data["fr"]["choices"][1]["text"] == "Autre chose."
    assert found.data["source"] == data["source"]
    assert found.data["capacity"] == data["capacity"]
    assert "en" not in found.data
    assert any("hors de Socle" in str(note) for note in found.notes)


def test_an_item_laid_out_again_elsewhere_is_not_changed():
    import zipfile

    data = item()
    archive, out = zipfile.ZipFile(BytesIO(write("qti", [data]).data)), BytesIO()
    with zipfile.ZipFile(out, "w") as changed:
        for name in archive.namelist():
            changed.writestr(
                name, archive.read(name).replace(b"><", b">\n  <") if name.startswith("items") else archive.read(name)
            )
    assert [one.data for one in read("a.zip", out.getvalue()).items] == [data]


# — Moodle XML and GIFT —


def texts(data: dict[str, Any]) -> dict[str, Any]:
    """What an item says and which answer is right, whatever its ids."""
    words, answer, kind = data["fr"], data["answer"], data["interaction"]
    by_id = {one["id"]: one for one in words.get("choices", ())}
    told: dict[str, Any] = {name: words.get(name) for name in ("title", "context", "question", "feedback")}
    told |= {name: data.get(name) for name in ("key", "interaction", "competency", "capacity", "cluster", "difficulty")}
    told |= {name: data.get(name, []) for name in ("audiences", "professions", "enemies")}
    if kind in ("single_choice", "multiple_choice"):
        keys = [answer["correct"]] if kind == "single_choice" else answer["correct"]
        told["choices"] = [(one["text"], one.get("rationale"), one["id"] in keys) for one in words["choices"]]
    elif kind == "order":
        told["order"] = [(by_id[one]["text"], by_id[one].get("rationale")) for one in answer["order"]]
    elif kind in ("match", "categorize"):
        told["pairs"] = [(one["text"], by_id[answer["pairs"][one["id"]]]["text"]) for one in words["prompts"]]
        told["targets"] = {one["text"] for one in words["choices"]}
    elif kind == "text":
        told["accept"], told["mistakes"] = answer["accept"], words["mistakes"]
    elif kind == "inline_choice":
        told["blanks"] = [
            [(one["text"], answer["blanks"][blank["id"]] == one["id"]) for one in blank["choices"]]
            for blank in words["blanks"]
        ]
    elif kind == "number":
        units = {one["id"]: one["text"] for one in words["units"]}
        told["value"] = (answer["value"], answer.get("tolerance") or None)
        told["unit"], told["units"] = units.get(answer["unit"]), set(units.values())
        told["mistakes"] = [
            (one["value"], one["rationale"]) for one in words["mistakes"] if one["unit"] == answer["unit"]
        ]
    return told


@pytest.mark.parametrize("kind", ["moodle", "gift"])
def test_the_documented_fields_of_the_bank_come_back(kind, bank):
    written = write(kind, bank)
    found = [one.data for one in read(FILES[kind][0], written.data).items]
    originals = {one["key"]: one for one in bank}
    assert written.count == len(found) > 350
    for one in found:
        wanted, got = texts(originals[one["key"]]), texts(one)
        if kind == "gift":
            wanted.pop("unit", None), wanted.pop("units", None), got.pop("unit", None), got.pop("units", None)
        assert got == wanted


@pytest.mark.parametrize("kind", ["moodle", "gift"])
def test_what_is_not_written_is_named(kind, bank):
    written = write(kind, bank)
    told = " ".join(str(note) for note in written.lost)
    found = {one.data["key"] for one in read(FILES[kind][0], written.data).items}
    missing = [one["key"] for one in bank if one["key"] not in found]
    assert missing
    assert all(f"{key}\u00a0" in told for key in missing)


def test_fields_that_moodle_loses_are_named():
    lost = fields_lost(english(item("text")))
    assert {"en", "fr.artefact", "fr.hint", "source", "valid_from", "review_by"} <= set(lost)
    assert "fr.question" not in lost


@pytest.mark.parametrize("kind", KINDS)
def test_the_qti_item_reads_without_our_namespace(kind):
    """Others see the French text and the right answer: so do we, from the item alone."""
    from question_bank.exchange.qti.package import read_qti

    found = read_qti(item_xml(item(kind)).encode())
    if kind in ("single_choice", "multiple_choice", "order", "match", "inline_choice"):
        assert found.items[0].data["answer"].keys() == item(kind)["answer"].keys()
        assert found.items[0].data["fr"]["question"] == item(kind)["fr"]["question"]
    assert found.items or found.left_out
