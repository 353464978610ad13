"""The command authors run, the table it prints, and the bank we ship."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from question_bank.itemfiles.coverage import coverage
from question_bank.itemfiles.promises import Targets, bank_problems
from question_bank.itemfiles.reading import read_bank
from question_bank.itemfiles.references import known_capacities
from tests.question_bank.samples import item, write

FIELDS = [
    "published",
    "by_competency",
    "by_difficulty",
    "by_interaction",
    "by_audience",
    "by_language",
    "by_status",
    "key_position",
    "problems",
    "shortfalls",
]


def run(*arguments: str) -> tuple[str, str]:
    """What the command prints, and what it complains of at the end."""
    out = StringIO()
    try:
        call_command("check_bank", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_the_bank_we_ship_breaks_no_rule() -> None:
    bank = read_bank()
    assert [*bank.problems, *bank_problems([found.data for found in bank.items])] == []


def test_the_table_as_json(tmp_path: Path) -> None:
    write(tmp_path, item(), item(key="second-item", status="draft"))
    printed, complaint = run("--path", str(tmp_path), "--format", "json")
    table = json.loads(printed)
    assert complaint == ""
    assert list(table) == FIELDS
    assert table["published"] == 1
    assert table["by_competency"]["D3.C1"] == 1
    assert set(table["by_competency"]) == set(known_capacities())
    assert table["key_position"]["2"] == 1
    assert table["problems"] == []


def test_a_broken_file_is_said_and_fails(tmp_path: Path) -> None:
    printed, complaint = run("--path", str(write(tmp_path, item(difficulty=7))))
    assert "whole number from 1 to 4" in printed
    assert complaint == "1 problem(s)."


def test_a_key_that_is_no_choice_is_said_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, item(answer={"correct": "z"}))
    printed, complaint = run("--path", str(path))
    assert complaint == "1 problem(s)."
    assert "“z”" in printed and re.search(r"\.yaml:\d+: ", printed)
    assert json.loads(run("--path", str(path), "--format", "json")[0])["published"] == 0


def test_names_of_files_are_no_trap(tmp_path: Path) -> None:
    folder = write(tmp_path, item(difficulty=7)) / "D3.C1"
    next(folder.glob("*.yaml")).rename(folder / "a: b.yaml")
    (folder / "forgotten.yml").write_text("key: x")
    printed, complaint = run("--path", str(tmp_path))
    assert "a: b.yaml:" in printed and "forgotten.yml:1: the name of an item file ends in .yaml" in printed
    assert "problem(s)." in complaint


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no such file" in run("--path", str(tmp_path / "nowhere"))[1]
    assert run("--path", str(tmp_path))[1] == "1 problem(s)."


def test_one_file_is_checked_alone(tmp_path: Path) -> None:
    write(tmp_path, item(), item(key="second-item", difficulty=9))
    assert run("--path", str(tmp_path / "D3.C1" / "courriel-fille-benali.yaml"))[1] == ""


SMALL = Targets(
    per_competency=10,
    per_competency_and_difficulty=2,
    per_competency_in_english=0,
    per_audience={"student": 100, "professional": 100, "citizen": 100},
    not_single_choice=0.30,
    with_artefact=1 / 3,
    key_in_one_place=0.35,
    key_is_longest=0.25,
    per_environment=4,
    per_trade=20,
    trades={"pharmacy": ("pharmacie",)},
)


def problems_of(bank: list[dict[str, object]]) -> list[str]:
    """What a bank lacks of what a small one promises."""
    return list(bank_problems(bank, SMALL))


def sound_bank() -> list[dict[str, object]]:
    """The smallest bank that holds every rule of the whole."""
    found = []
    for competency, capacities in known_capacities().items():
        for n in range(10):
            kind = "order" if n < 4 else "single_choice"
            data = item(kind, f"{competency}-{n}", competency=competency, capacity=capacities[0], difficulty=n % 4 + 1)
            data["audiences"] = ["student", "professional", "citizen"]
            data["plain"], data["professions"] = data["fr"], ["pharmacie"]
            if kind == "single_choice":
                data["answer"] = {"correct": "abc"[n % 3]}
            found.append(data)
    return found


def test_a_bank_must_cover_the_framework() -> None:
    bank = sound_bank()
    assert problems_of(bank) == []
    assert coverage(bank, []).published == 160
    fewer = [data for data in bank if data["key"] != "D1.C1-0"]
    assert problems_of(fewer) == ["D1.C1: 9 published items; 10 at least"]
    easy = [data | {"difficulty": 1} if data["competency"] == "D2.C1" else data for data in bank]
    assert problems_of(easy) == [f"D2.C1: 0 published items of difficulty {level}; 2 at least" for level in (2, 3, 4)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"audiences": ["student"]}, "0 items for the audience “citizen”"),
        ({"status": "retired"}, "0 published items"),
        ({"interaction": "single_choice", "answer": {"correct": "a"}}, "0% of the items are not single choice"),
        ({"answer": {"correct": "a"}}, "100% of the single choices have their key in place 1"),
    ],
)
def test_a_bank_must_be_fair(change: dict[str, object], sentence: str) -> None:
    bank = [data | change for data in sound_bank()]
    assert [problem for problem in problems_of(bank) if sentence in problem]


def test_the_key_is_not_the_longest_more_often_than_chance() -> None:
    bank = sound_bank()
    for data in bank:
        if data["interaction"] == "single_choice":
            choices = data["fr"]["choices"]  # type: ignore[index]
            next(c for c in choices if c["id"] == data["answer"]["correct"])["text"] += " Et plus."  # type: ignore[index]
    assert [problem for problem in problems_of(bank) if "longest choice in 100%" in problem]


def test_a_third_shows_the_thing_itself() -> None:
    bank = sound_bank()
    for data in bank:
        del data["fr"]["artefact"]  # type: ignore[attr-defined]
    assert [problem for problem in problems_of(bank) if "show an artefact; 33% at least" in problem]
