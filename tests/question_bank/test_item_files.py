"""Item files: what is refused, on which line, with which sentence; what is accepted however it is laid out."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.datafile import DataFileError
from question_bank.itemfiles.prose import sentences
from question_bank.itemfiles.reader import read_item_file
from question_bank.itemfiles.reading import read_bank
from question_bank.itemfiles.writer import item_text
from tests.question_bank.samples import ANSWERS, KINDS, NB, SCHEME, english, item, write


def problems(tmp_path: Path, data: dict[str, Any]) -> list[str]:
    """What is wrong with one item, without the folder."""
    folder = write(tmp_path, data)
    return [problem.removeprefix(f"{folder}/{data['competency']}/") for problem in read_bank(folder).problems]


def changed(path: str, value: Any, kind: str = "single_choice") -> dict[str, Any]:
    """A sound item with one thing changed (dots lead to it; None removes it)."""
    data = deepcopy(item(kind))
    *way, last = path.split(".")
    here: Any = data
    for step in way:
        here = here[int(step) if step.isdigit() else step]
    if value is None:
        del here[last]
    else:
        here[int(last) if last.isdigit() else last] = value
    return data


@pytest.mark.parametrize("kind", KINDS)
def test_a_sound_item_breaks_no_rule(tmp_path: Path, kind: str) -> None:
    assert problems(tmp_path, item(kind)) == []
    assert problems(tmp_path, english(item(kind))) == []


LONG = "a" * 61
BROKEN: list[tuple[str, Any, str]] = [
    ("key", "Courriel_Fille", "lower-case words"),
    ("capacity", "D3.C1.K9", "no capacity D3.C1.K9; it is one of D3.C1.K1"),
    ("capacity", "D1.C1.K1", "no capacity D1.C1.K1"),
    ("audiences", ["student", "student"], "twice"),
    ("audiences", [], "0 entries"),
    ("audiences", ["citizens"], "did you mean “citizen”?"),
    ("professions", ["infirmiere"], "did you mean “infirmier”?"),
    ("difficulty", 5, "whole number from 1 to 4"),
    ("status", "publish", "did you mean “published”?"),
    ("interaction", "single choice", "did you mean “single_choice”?"),
    ("enemies", ["courriel-fille-benali"], "not its own enemy"),
    ("enemies", ["nobody-knows-it"], "no item “nobody-knows-it”"),
    ("source.url", "legifrance.gouv.fr", "web address"),
    ("source.checked_at", "21/11/2026", "2026-11-21 is expected"),
    ("source.checked_at", None, "no “checked_at”"),
    ("source.facts", ["secret-99"], "no fact “secret-99”"),
    (
        "source",
        {"authority": "X", "url": "https://x.example/a", "checked_at": "2026-11-21"},
        "which facts the item rests on",
    ),
    ("valid_from", None, "no “valid_from”"),
    ("valid_from", "2026-12-01", "not yet in force"),
    ("review_by", "2016-01-01", "comes after"),
    ("review_by", "2029-01-01", "within two years"),
    ("answer", {"correct": "z"}, "“z” is not the id of a choice; they are a, b, c"),
    ("answer", {"corect": "b"}, "did you mean “correct”?"),
    ("fr.title", LONG, "61 characters"),
    ("fr.question", f"Que faites-vous{NB}? Pourquoi{NB}?", "2 sentences"),
    ("fr.question", "Que faites-vous ?", "goes before “?”"),
    ("fr.feedback", "Un. Deux. Trois. Quatre. Cinq.", "5 sentences"),
    ("fr.feedback", "Le secret s'impose.", "apostrophe"),
    ("fr.feedback", "Le secret s’impose: toujours.", "goes before “:”"),
    ("fr.feedback", "Le «secret» s’impose.", "goes after “«”"),
    ("fr.feedback", 'Le "secret" s’impose.', "« »"),
    ("fr.feedback", "Le <b>secret</b> s’impose.", "HTML"),
    ("fr.feedback", "Le **secret** s’impose.", "Markdown"),
    ("fr.feedback", "Peut-être...", "three points"),
    ("fr.contexte", "Rien.", "did you mean “context”?"),
    ("fr.choices.0.rationale", None, "no “rationale”"),
    ("fr.choices.0.rationale", "Une. Deux. Trois.", "two sentences at most"),
    ("fr.choices.0.text", "Aucune de ces réponses.", "none of the above"),
    ("fr.choices.0.text", "Le choix b du texte.", "share the text"),
    ("fr.choices.1.id", "a", "share the id"),
    (
        "fr.choices.2.text",
        "Un choix bien plus long que les autres, que l’on remarque avant même de l’avoir lu.",
        "like length",
    ),
    ("fr.choices", [{"id": "a", "text": "A.", "rationale": "R."}], "1 entries; 3 to 5"),
    ("fr.artefact.kind", "mail", "did you mean “email”?"),
    ("fr.artefact.alt", None, "no “alt”"),
    (
        "fr.artefact",
        {"kind": "log", "alt": "Un", "title": "T", "columns": ["a", "b"], "rows": [["1", "2"], ["1"]]},
        "entries; 2 to 6",
    ),
    (
        "fr.artefact",
        {"kind": "log", "alt": "Un", "title": "T", "columns": ["a", "b"], "rows": [["1", "2", "3"]]},
        "3 cells for 2",
    ),
]


@pytest.mark.parametrize(("path", "value", "sentence"), BROKEN)
def test_what_breaks_a_rule_is_said(tmp_path: Path, path: str, value: Any, sentence: str) -> None:
    found = problems(tmp_path, changed(path, value))
    assert [problem for problem in found if sentence in problem], found


OF_A_KIND: list[tuple[str, str, Any, str]] = [
    ("multiple_choice", "answer.correct", ["a"], "1 entries; 2 to 6"),
    ("multiple_choice", "answer.correct", ["a", "b", "c", "d"], "not every choice"),
    ("multiple_choice", "fr.question", f"Que faites-vous{NB}?", "says that several"),
    ("number", "answer.unit", "min", "“min” is not the id"),
    ("number", "answer.value", "72 h", "a number such as"),
    ("number", "answer.tolerance", -1, "not negative"),
    ("number", "fr.mistakes.0.value", 72, "is a right answer"),
    ("text", "answer.checker", "exact", "did you mean “text”?"),
    ("text", "fr.mistakes.0.text", "Qualifiee", "accepted as right"),
    ("text", "answer", {"checker": "date", "accept": ["12/03/2026", "13/03/2026"]}, "writings of one date"),
    ("text", "answer", {"checker": "regex", "accept": ["(a+)+"]}, "for ever"),
    ("text", "answer", {"checker": "regex", "accept": ["[0-9]{3}"]}, "write an example"),
    ("order", "answer.order", ["a", "b", "z"], "“z” is not the id"),
    ("order", "answer.order", ["a", "b"], "2 entries; 3 to 6"),
    ("match", "answer.pairs", {"p1": "c2", "p2": "c1", "p4": "c3"}, "no target for p3"),
    ("match", "fr.choices", [{"id": "c1", "text": "A"}, {"id": "c2", "text": "B"}], "2 entries"),
    ("inline_choice", "fr.text", "Le matricule est {b1}.", "the blanks are b1, b2"),
    ("inline_choice", "answer.blanks", {"b1": "x"}, "no answer for the blank “b2”"),
    ("fill_in", "fr.text", "L’identité est {b1}.", "the blanks are b1, b2, b3"),
    ("fill_in", "answer.blanks.b2", None, "no answer for the blank “b2”"),
    ("fill_in", "answer.blanks.b9", {"checker": "text", "accept": ["x"]}, "“b9” is not the id"),
    ("fill_in", "answer.blanks.b1.checker", "exact", "did you mean “text”?"),
    ("fill_in", "answer.blanks.b1", {"checker": "regex", "accept": ["(a+)+"]}, "for ever"),
    ("fill_in", "fr.blanks.0.mistakes.0.text", "ins", "accepted as right"),
    ("fill_in", "fr.blanks.1.label", "L’identité", "share the text"),
    ("fill_in", "fr.blanks.1.rationale", None, "no “rationale”"),
    ("hotspot", "answer.correct", "d", "“d” is not the id of a choice"),
    ("hotspot", "fr.picture.kind", "photo", "no known kind; it is one of scheme, email, screen, form"),
    ("hotspot", "fr.picture.kind", "emails", "did you mean “email”?"),
    ("hotspot", "fr.picture.alt", None, "no “alt”"),
    ("hotspot", "fr.picture.zones", {"a": "subject", "b": "address", "d": "body-2"}, "“d” is not the id of a choice"),
    ("hotspot", "fr.picture.zones", {"a": "subject", "b": "address", "d": "body-2"}, "“c” is shown 0 times"),
    ("hotspot", "fr.picture.zones.a", "body-9", "no part “body-9” in this document"),
    ("hotspot", "fr.picture.zones.a", "address", "two zones are the part “address”"),
    ("hotspot", "fr.picture.zones.a", "<svg>", "the part of the document"),
    ("categorize", "answer.pairs", {"p1": "c1", "p2": "c2", "p3": "c1", "p4": "c3"}, "“c3” is not the id"),
    ("categorize", "answer.pairs", {"p1": "c1", "p2": "c1", "p3": "c1", "p4": "c1"}, "no card goes in c2"),
    ("categorize", "answer.pairs", {"p1": "c1", "p2": "c2", "p3": "c1", "p9": "c1"}, "no category for p4"),
    ("categorize", "fr.choices", [{"id": "c1", "text": "A"}], "1 entries; 2 to 4"),
    ("graded_choice", "answer.points", {"a": 0, "b": 1, "c": 0}, "it is a single_choice"),
    ("graded_choice", "answer.points", {"a": 2, "b": 2, "c": 1}, "2 choices have 2 points"),
    ("graded_choice", "answer.points", {"a": 0, "b": 3, "c": 1}, "no choice has 2 point(s)"),
    ("graded_choice", "answer.points", {"a": 0, "b": 2, "z": 1}, "no points for c"),
    ("graded_choice", "answer.points", {"a": 0, "b": 4, "c": 1}, "whole number from 0 to 3"),
]


@pytest.mark.parametrize(("kind", "path", "value", "sentence"), OF_A_KIND)
def test_what_breaks_a_rule_of_its_interaction_is_said(
    tmp_path: Path, kind: str, path: str, value: Any, sentence: str
) -> None:
    found = problems(tmp_path, changed(path, value, kind))
    assert [problem for problem in found if sentence in problem], found


OF_A_SCHEME: list[tuple[int, dict[str, Any], str]] = [
    (0, {"width": 400}, "out of the picture"),
    (0, {"x": 250}, "out of the picture"),
    (0, {"width": 30}, "40 by 40 at least"),
    (0, {"label": "Un poste de soins du troisième étage de l’hôpital"}, "does not fit"),
    (1, {"x": 100}, "covers another one"),
    (1, {"zone": "a"}, "“a” is shown 2 times"),
    (1, {"shape": "ellipse"}, "no known shape"),
    (2, {"to_x": 900}, "whole number from 0 to 360"),
    (3, {"href": "https://x.example"}, "takes no “href”"),
    (4, {"text": "<b>Le service</b>"}, "HTML"),
]


@pytest.mark.parametrize(("index", "change", "sentence"), OF_A_SCHEME)
def test_what_is_wrong_with_a_scheme_is_said(tmp_path: Path, index: int, change: dict[str, Any], sentence: str) -> None:
    scheme = deepcopy(SCHEME)
    scheme["shapes"][index] |= change
    found = problems(tmp_path, changed("fr.picture", scheme, "hotspot"))
    assert [problem for problem in found if sentence in problem], found


def test_a_sound_scheme_breaks_no_rule(tmp_path: Path) -> None:
    assert problems(tmp_path, changed("fr.picture", deepcopy(SCHEME), "hotspot")) == []


def test_a_zone_is_named_on_the_scheme(tmp_path: Path) -> None:
    scheme = deepcopy(SCHEME)
    del scheme["shapes"][0]["label"]
    assert [p for p in problems(tmp_path, changed("fr.picture", scheme, "hotspot")) if "a zone has a label" in p]


def test_a_problem_names_its_file_and_its_line(tmp_path: Path) -> None:
    data = changed("fr.choices.1.rationale", "Raison d'être.")
    text = (write(tmp_path, data) / "D3.C1" / "courriel-fille-benali.yaml").read_text(encoding="utf-8").splitlines()
    line = next(number for number, written in enumerate(text, start=1) if "d'être" in written)
    assert problems(tmp_path, data) == [
        f"courriel-fille-benali.yaml:{line}: the apostrophe is ’, not ': “Raison d'être.”"
    ]


def test_every_problem_of_every_file_is_said_at_once(tmp_path: Path) -> None:
    first = changed("fr.title", LONG) | {"difficulty": 9}
    write(tmp_path, first, item(key="other-item", status="wrong", review_by="2040-01-01"))
    assert len(read_bank(tmp_path).problems) == 4


def test_a_key_is_used_once_in_the_bank(tmp_path: Path) -> None:
    write(tmp_path, item(), item(competency="D3.C2", capacity="D3.C2.K1"))
    assert [problem for problem in read_bank(tmp_path).problems if "is also that of" in problem]


def test_a_file_is_called_after_its_key_in_the_folder_of_its_competency(tmp_path: Path) -> None:
    (write(tmp_path, item()) / "D3.C1").rename(tmp_path / "D3.C9")
    (tmp_path / "D3.C9" / "courriel-fille-benali.yaml").rename(tmp_path / "D3.C9" / "other.yaml")
    assert len(read_bank(tmp_path).problems) == 2


def test_a_fact_to_verify_needs_a_reading_or_a_draft(tmp_path: Path) -> None:
    from question_bank.itemfiles.references import known_facts

    fact = next(name for name, confidence in known_facts().items() if confidence == "to_verify")
    bare = {"authority": "X", "url": "https://x.example/a", "checked_at": "2026-11-21", "facts": [fact]}
    assert "to verify" in problems(tmp_path, item(source=bare))[0]
    assert problems(tmp_path, item(source=bare, status="draft")) == []
    assert problems(tmp_path, item(source=bare | {"read": "La page le dit."})) == []


def test_what_moves_is_reviewed_within_a_year(tmp_path: Path) -> None:
    data = changed("fr.feedback", "La certification HDS est requise.") | {"review_by": "2028-05-21"}
    assert "speaks of what moves (“HDS”)" in problems(tmp_path, data)[0]


def test_languages_share_their_ids(tmp_path: Path) -> None:
    data = english(item())
    data["en"]["choices"][0]["id"], data["en"]["choices"][1]["id"] = "b", "a"
    assert "same ids in the same order" in problems(tmp_path, data)[0]
    assert (
        "no space before"
        in problems(tmp_path, english(item()) | {"en": data["en"] | {"question": "Which of these ?"}})[0]
    )


HAZARDS = [
    ("a: &x [1]\nb: *x\n", 1, "anchors"),
    ("a: 1\nb: 2\na: 3\n", 3, "written twice"),
    ("a: !!python/object/apply:os.system ['true']\n", 1, "tags"),
    ("a: 1\n---\nb: 2\n", 2, "second document"),
    ("", 1, "empty"),
    ("a: b: c\n", 1, "double quotes"),
    ("a:\n\t- b\n", 2, "not YAML"),
    ("? [a, b]\n: c\n", 1, "a field has a name"),
    ("a: {{b}}\n", 1, "a field has a name"),
    ("[" * 200 + "]" * 200, 1, "nested deeper"),
    ("[" * 30_000, 1, ""),
    ("a: " + "x" * 70_000, 1, "64 KB"),
]


@pytest.mark.parametrize(("text", "line", "sentence"), HAZARDS)
def test_yaml_hazards_are_refused_with_their_line(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    path = tmp_path / "hazard.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as refusal:
        read_item_file(path)
    assert refusal.value.problems[0].startswith(f"{path}:{line}: ")
    assert sentence in refusal.value.problems[0]


def test_what_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("a: 1\nb: é\n".encode("latin-1"))
    with pytest.raises(DataFileError, match=":2: not UTF-8"):
        read_item_file(tmp_path / "latin.yaml")


def test_scalars_stay_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "literal.yaml"
    path.write_text("a: 08:12\nb: no\nc: 1.50\nd:\ne: ''\nf: 2026-11-21\ng: 0123\n", encoding="utf-8")
    assert read_item_file(path).value == {
        "a": "08:12",
        "b": "no",
        "c": "1.50",
        "d": None,
        "e": "",
        "f": "2026-11-21",
        "g": "0123",
    }


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("junk", numbered=True) / "junk.yaml"
    path.write_bytes(data)
    assert read_bank(path).problems


plain = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Cn"], exclude_characters="\ufeff\ufffe\uffff"),
    min_size=1,
    max_size=200,
).filter(lambda text: text == text.strip())


@settings(deadline=None)
@given(plain, plain, st.lists(plain, min_size=1, max_size=3).map("\n\n".join))
def test_what_is_written_reads_back_and_is_written_the_same(
    tmp_path_factory: pytest.TempPathFactory, title: str, question: str, feedback: str
) -> None:
    data = {"key": "x", "fr": {"title": title, "question": question, "feedback": feedback, "list": [title, [question]]}}
    path = tmp_path_factory.mktemp("round", numbered=True) / "x.yaml"
    path.write_text(item_text(data), encoding="utf-8")
    assert read_item_file(path).value == data
    assert item_text(read_item_file(path).value) == item_text(data)


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_the_author_is_kept(tmp_path: Path, kind: str) -> None:
    data = english(item(kind))
    data["fr"] = dict(reversed(data["fr"].items()))
    read = read_bank(write(tmp_path, data)).items[0].data
    assert list(read["fr"]) == list(data["fr"])
    assert read == data
    assert read["answer"] == ANSWERS[kind]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mme L. vous demande de l’aide.", 1),
        ("M. Benali et le Dr. Roy, art. L. 1110-4, sont d’accord.", 1),
        (f"Que faire{NB}? Rien.", 2),
        (f"Elle dit{NB}: «{NB}Je viens.{NB}» Vous attendez.", 2),
        ("Sans point", 1),
        ("À 12 h 30, etc. puis 3.5 mg.", 1),
    ],
)
def test_sentences_are_counted_as_people_count_them(text: str, count: int) -> None:
    assert sentences(text) == count
