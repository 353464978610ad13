"""The command authors run: each broken rule with its file and line, what is covered, what remains to be written."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from lms.learning.modulefiles.checking import covered, read_content
from lms.learning.modulefiles.coverage import Targets
from lms.learning.modulefiles.writer import tidied, tidied_journey
from tests.lms.learning.modulefiles.folders import edit, journey_file, module_folder

NOTHING = Targets(0, 0, 0, 0, 0, 0, ())


def run(*arguments: str) -> tuple[str, str]:
    out = StringIO()
    try:
        call_command("check_modules", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def problems(root: Path) -> list[str]:
    return list(read_content(root).problems)


def test_what_we_ship_breaks_no_rule_and_is_written_canonically() -> None:
    content = read_content()
    assert content.problems == ()
    untidy = [
        f"{module.folder}/{name}"
        for module in content.modules
        for name, text in tidied(module).items()
        if (module.folder / name).read_text(encoding="utf-8") != text
    ]
    untidy += [str(one.path) for one in content.journeys if one.path.read_text(encoding="utf-8") != tidied_journey(one)]
    assert not untidy, "run manage.py tidy_modules"


FRENCH = [
    ("level: entry", "level: entri", "did you mean “entry”?"),
    ("mark: 60", "mark: 60\ncolour: red", "takes no “colour”"),
    ("minutes: 19", "minutes: 20", "the steps take 19 minutes"),
    ("minutes: 19", "minutes: 40", "from 12 to 25 is expected"),
    ("key: messagerie-", "key: la-messagerie-", "the folder is called"),
    ("D3.C1", "D9.C1", "the framework has no D9.C1"),
    ("mssante-01", "mssante-99", "no fact “mssante-99”"),
    ("professions: [mk]", "professions: [infirmiere]", "did you mean “infirmier”?"),
    ("- key: lire-une-adresse", "- key: fiche", "the address of another page"),
    ("- key: lire-une-adresse", "- key: avant-d-envoyer", "already called"),
    ("item: photo-dans-le-groupe", "item: photo-perdue", "no item “photo-perdue”"),
    ("item: photo-dans-le-groupe", "item: quatre-adresses-quatre-boites", "already asked"),
    ("simulation: compte-rendu", "item: compte-rendu", "write `simulation:"),
    ("audiences: [student, professional]", "audiences: [citizen]", "is not put to citizens"),
    ("drawing: quel-canal.svg", "drawing: absent.svg", "no file “absent.svg”"),
    ("- situation:", "- situatoin:", "did you mean “situation”?"),
    ("**annuaire**", "# annuaire `x`", "code between"),
    ("Deux questions suffisent\u00a0:", "Deux questions suffisent:", "a no-break space (U+00A0) goes before"),
    ("Prévoir le papier", "Prévoir **le papier**", "Markdown in a plain text"),
    ("review_by: 2027-11-21", "review_by: 2026-11-01", "the review comes after"),
    ("review_by: 2027-11-21", "review_by: 2031-11-21", "within two years"),
]


@pytest.mark.parametrize(("old", "new", "said"), FRENCH, ids=[said for *_rest, said in FRENCH])
def test_each_rule_names_the_file_and_the_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = module_folder(tmp_path) / "fr.yaml"
    edit(path, old, new)
    found = [problem for problem in problems(tmp_path) if said in problem and problem.startswith(f"{path}:")]
    assert found, problems(tmp_path)
    assert int(found[0].split(":")[1]) > 0


ENGLISH = [
    ("- key: lire-une-adresse", "- key: read-an-address", "the same keys in the same order"),
    ("- item: photo-dans-le-groupe", "- text: A text.", "of the same kinds in the same order"),
    ("- item: photo-dans-le-groupe", "- item: pas-obligatoire-donc", "the same item as in French"),
    ("kind: email", "kind: letter", "takes no “address”"),
    ("Is MSSanté compulsory?", "Is MSSanté compulsory ?", "no space before “?” in English"),
    ("key: messagerie-", "key: secure-messagerie-", "the key is that of the folder"),
]


@pytest.mark.parametrize(("old", "new", "said"), ENGLISH, ids=[said for *_rest, said in ENGLISH])
def test_a_translation_is_the_same_module(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = module_folder(tmp_path) / "en.yaml"
    edit(path, old, new)
    assert any(said in problem and problem.startswith(str(path)) for problem in problems(tmp_path))


def test_a_translation_shows_the_same_kind_of_artefact(tmp_path: Path) -> None:
    path = module_folder(tmp_path) / "en.yaml"
    edit(path, "kind: email", "kind: letter")
    edit(path, "            address: anne.kervella@courrier.example\n", "")
    assert ["the same kind of artefact as in French: email" in problem for problem in problems(tmp_path)] == [True]


def test_an_item_of_a_translation_is_worded_in_english(tmp_path: Path) -> None:
    folder = module_folder(tmp_path)
    for name in ("fr.yaml", "en.yaml"):
        edit(folder / name, "photo-dans-le-groupe", "pas-obligatoire-donc")
    assert [problem for problem in problems(tmp_path) if "has no `en` wording" in problem]


def test_a_drawing_that_pages_would_cut_is_refused(tmp_path: Path) -> None:
    folder = module_folder(tmp_path)
    edit(folder / "quel-canal.svg", "</svg>", '<script>alert(1)</script><rect style="fill:red"/></svg>')
    said = "\n".join(problems(tmp_path))
    assert "<script>" in said and "the attribute “style”" in said


def test_a_file_that_is_no_drawing_is_refused(tmp_path: Path) -> None:
    (module_folder(tmp_path) / "quel-canal.svg").write_text('<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>')
    assert any("not a drawing that pages accept" in problem for problem in problems(tmp_path))


def test_a_file_nobody_shows_is_told(tmp_path: Path) -> None:
    (module_folder(tmp_path) / "oublie.svg").write_text("<svg/>")
    assert any("no block shows “oublie.svg”" in problem for problem in problems(tmp_path))


def test_a_published_module_keeps_its_promises_and_a_draft_may_wait(tmp_path: Path) -> None:
    folder = module_folder(tmp_path)
    for name in ("fr.yaml", "en.yaml"):
        edit(folder / name, "simulation: compte-rendu-au-bon-docteur-martin", "text: Un texte.")
        edit(folder / name, "item: photo-dans-le-groupe", "text: Un texte.")
    assert len(problems(tmp_path)) == 1
    edit(folder / "fr.yaml", "level: entry", "status: draft\nlevel: entry")
    assert problems(tmp_path) == []


JOURNEYS = [
    ("[messagerie-securisee-ou-courriel]", "[messagerie-perdue]", "no module “messagerie-perdue”"),
    ("reserved: [messagerie-securisee-ou-courriel]", "reserved: [messagerie-perdue]", "no module “messagerie-perdue”"),
    ("key: mon-parcours", "key: son-parcours", "the file is called"),
    ("audience: professional", "audience: professionel", "did you mean “professional”?"),
    ("    en:\n      title: Writing\n", "", "for each of its parts, or for none"),
    ("audience: professional", "audience: student", "the programme has 28"),
    (
        "    hours: 0",
        "    hours: 1\n    programme:\n      - {hour: 2, fr: Une heure, en: One hour, modules: [], in_class: false}",
        "hour 1 comes here",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), JOURNEYS, ids=[said for *_rest, said in JOURNEYS])
def test_a_journey_holds_its_rules(tmp_path: Path, old: str, new: str, said: str) -> None:
    module_folder(tmp_path)
    path = journey_file(tmp_path)
    assert problems(tmp_path) == []
    edit(path, old, new)
    if "28" in said:
        edit(path, "hours: 0", "hours: 3")
    assert any(said in problem for problem in problems(tmp_path)), problems(tmp_path)


def test_a_file_that_is_not_yaml_is_told(tmp_path: Path) -> None:
    folder = module_folder(tmp_path)
    (folder / "fr.yaml").write_text("key: [a\n", encoding="utf-8")
    assert "not YAML" in problems(tmp_path)[0]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert "no module" in problems(tmp_path)[0]
    assert "there is no such file" in run("--path", str(tmp_path / "nowhere"))[1]


def test_the_table_as_json(tmp_path: Path) -> None:
    module_folder(tmp_path)
    printed, complaint = run("--path", str(tmp_path), "--format", "json")
    table = json.loads(printed)
    assert complaint == ""
    assert (table["published"], table["items"], table["simulations"], table["minutes"]) == (1, 4, 1, 19)
    assert table["by_competency"]["D3.C1"] == {"entry": 1, "further": 0}
    assert table["by_language"] == {"fr": 1, "en": 1}
    assert table["by_audience"] == {"student": 1, "professional": 1, "citizen": 0}
    assert table["problems"] == []


def test_what_remains_to_be_written_is_told_and_refused_only_when_asked(tmp_path: Path) -> None:
    module_folder(tmp_path)
    assert run("--path", str(tmp_path))[1] == ""
    printed, complaint = run("--path", str(tmp_path), "--complete")
    assert "reste à écrire" in printed and "D3.C1: no module of level further" in printed
    assert "problem(s)" in complaint
    assert covered(read_content(tmp_path), NOTHING).to_write == []


def test_tidying_says_the_same_and_is_done_once(tmp_path: Path) -> None:
    path = module_folder(tmp_path) / "fr.yaml"
    before = read_content(tmp_path).modules[0].data
    edit(path, "competencies: [D3.C1]", 'competencies:\n- "D3.C1"')
    edit(path, "**annuaire**", "__annuaire__")
    for said in ("1 files written", "0 files written"):
        out = StringIO()
        call_command("tidy_modules", path=tmp_path, stdout=out)
        assert said in out.getvalue()
    assert read_content(tmp_path).modules[0].data == before
