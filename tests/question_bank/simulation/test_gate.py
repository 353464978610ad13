"""The gate plays every scenario: what cannot be won, or is won for nothing, is refused with its line."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from question_bank.interactions import build_content, explain, present
from question_bank.interactions.simulation.interaction import ENVIRONMENTS
from question_bank.itemfiles.item_shape import read_item
from question_bank.itemfiles.reading import read_bank
from tests.question_bank.samples import MASK, write
from tests.question_bank.simulation.scenarios import KEYS, PATHS, VERSION, data_of, world_of

MAIL, RECORD, LETTER = "boite-du-matin-service", "trop-bien-cache", "compte-rendu-au-bon-docteur-martin"
PAPERS, VIDEO, INCIDENT = "un-jour-d-ecart", "teleconsultation-de-a-a-z", "ecran-rouge-au-poste-de-soins"
ABSENT = object()


def problems(tmp_path: Path, data: dict[str, Any]) -> list[str]:
    """Return what is said of an item."""
    return list(read_bank(write(tmp_path, data)).problems)


def changed(key: str, place: str, value: Any) -> dict[str, Any]:
    """Return an item with one thing changed (or taken away)."""
    data = deepcopy(data_of(key))
    *way, last = [int(part) if part.isdigit() else part for part in place.split("/")]
    inside: Any = data
    for part in way:
        inside = inside[part]
    if value is ABSENT:
        del inside[last]
    else:
        inside[last] = value
    return data


@pytest.mark.parametrize("key", KEYS)
def test_every_scenario_of_the_bank_passes_the_gate(key: str) -> None:
    assert read_bank(PATHS[key]).problems == ()


@pytest.mark.parametrize("key", KEYS)
def test_a_written_file_reads_back_the_same(tmp_path: Path, key: str) -> None:
    write(tmp_path, data_of(key))
    assert read_bank(tmp_path).items[0].data == data_of(key)


MUTANTS: list[tuple[str, str, Any, str]] = [
    # what cannot be played
    (MAIL, "answer/solution", [{"do": "report", "on": "m4"}], "step 1 of the solution (report m4) is refused"),
    (MAIL, "answer/solution/0", {"do": "open", "on": "m99"}, "step 1 of the solution (open m99) is refused"),
    (MAIL, "answer/solution/3", ABSENT, "it misses trap"),
    (MAIL, "answer/solution", [{"do": "open", "on": "m4"}, {"do": "report", "on": "m4"}], "it misses trap, care"),
    (MAIL, "answer/solution", ABSENT, "no “solution”"),
    (INCIDENT, "answer/rules/steps/unplug/stops", ["call"], "step 2 of the solution (do call) is refused"),
    (INCIDENT, "answer/rules/steps/call", {"needs": ["pay"]}, "step 2 of the solution (do call) is refused"),
    (VIDEO, "answer/rules/steps/room/stops", ["data"], "step 2 of the solution (do data) is refused"),
    (VIDEO, "answer/solution/2", {"do": "go", "on": "exam"}, "step 3 of the solution (go exam) is refused"),
    (RECORD, "answer/start/access.p2", "allowed", "is refused"),
    # two goals that exclude each other
    (MAIL, "answer/goals/1/state", {"place.m4": "soins"}, "it misses trap"),
    (LETTER, "answer/goals/1/state", {"choice.to": "t2"}, "it misses right"),
    # what is won for nothing
    (RECORD, "answer/start", {"document.d4": "visible", "access.p2": "blocked"}, "doing nothing is worth 1"),
    (MAIL, "answer/levels", [["keep"], ["fraud", "trap"], ["care"]], "doing nothing is worth 1"),
    # what names nothing
    (MAIL, "answer/goals/0/state", {"place.m44": "reported"}, "the scenario has no “place.m44”"),
    (MAIL, "answer/goals/0/state", {"place.m4": "signaled"}, "“place.m4” is never “signaled”"),
    (MAIL, "answer/goals/4/never/0/do", "clic", "no gesture of the scenario is {do: clic, on: m4}"),
    (MAIL, "answer/goals/4/cap", 3, "whole number from 0 to 2"),
    (MAIL, "answer/goals/0", {"id": "fraud"}, "has no condition"),
    (MAIL, "answer/goals/0", {"id": "fraud", "state": {"place.m4": "reported"}, "when": "x"}, "takes no “when”"),
    (MAIL, "answer/levels/0", ["frod"], "no goal “frod”"),
    (MAIL, "answer/levels/0", ["trap"], "is in one level, once"),
    (MAIL, "answer/levels", [["fraud"], ["trap"], ["care"], ["keep"]], "4 entries; 1 to 3"),
    (LETTER, "answer/start", {"sent": "perhaps"}, "“sent” is never “perhaps”"),
    (INCIDENT, "answer/goals/0/before/0/on", "cut", "no gesture of the scenario is {do: do, on: cut}"),
    (INCIDENT, "answer/rules/steps/unplug/stops", ["nothing"], "no step “nothing”"),
    (INCIDENT, "answer/rules/steps/cut", {"minutes": 1}, "no step “cut”"),
    (VIDEO, "fr/scene/steps/0/stage", "before", "no stage “before”"),
    # the scene
    (MAIL, "fr/scene/kind", "mailboxes", "did you mean “mailbox”?"),
    (MAIL, "fr/scene/messages/0", {"id": "m1"}, "has no “subject”"),
    (MAIL, "fr/scene/messages/1/id", "m1", "“m1” names two things"),
    (MAIL, "fr/scene/folders/0/id", "inbox", "a word of the mailbox itself"),
    (MAIL, "fr/scene/told", {"report-m99": "Parti."}, "“report-m99” is no gesture of the scenario"),
    (MAIL, "fr/scene/told", {}, "mapping of 1 to"),
    (MAIL, "fr/goals", [{"id": "fraud", "text": "x", "rationale": "y"}], "the goals are those of `answer`"),
    (PAPERS, "fr/scene/statuses/0/id", "none", "a word of the environment itself"),
    (LETTER, "fr/scene/fields/0/options/0/id", "mss", "options have ids of their own"),
    (INCIDENT, "fr/scene/clock", "9h12", "a time such as 09:12"),
    (INCIDENT, "fr/scene/steps/1/tells/0/after", "cut", "no step “cut”"),
    # the languages
    (LETTER, "en/scene/fields/0/options/0/id", "post", "the scene has the same things as in `fr`"),
    (LETTER, "en/scene/files", ABSENT, "the scene has the same things as in `fr`"),
]


@pytest.mark.parametrize(("key", "place", "value", "sentence"), MUTANTS)
def test_what_cannot_be_played_is_refused_with_its_line(
    tmp_path: Path, key: str, place: str, value: Any, sentence: str
) -> None:
    found = problems(tmp_path, changed(key, place, value))
    told = [problem for problem in found if sentence in problem]
    assert told, found
    line = int(told[0].split(":")[1])
    assert line > 1


@pytest.mark.parametrize(("key", "place", "value", "sentence"), MUTANTS)
def test_a_draft_that_the_gate_refuses_is_shown_and_explained_all_the_same(
    key: str, place: str, value: Any, sentence: str
) -> None:
    """Authors preview what is not finished: only the shape must be right."""
    data, wrong = changed(key, place, value), []
    read_item(as_written(data), lambda keys, said: wrong.append(said))
    if wrong:
        return
    content = build_content(
        version_uuid=VERSION, key=key, data=data, valid_from=date(2022, 1, 1), review_by=date(2027, 1, 1)
    )
    for name in content.wordings:
        assert present(content, name, MASK)["simulation"]["view"]
        assert explain(content, content.expected, name)["rows"]


def as_written(value: Any) -> Any:
    """Return data as a file holds it: every number is a text."""
    if isinstance(value, dict):
        return {name: as_written(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [as_written(entry) for entry in value]
    return str(value)


def test_the_mutants_of_a_mailbox_touch_every_kind_of_complaint() -> None:
    assert {world_of(key)[0].kind for key, *_rest in MUTANTS} == set(ENVIRONMENTS)
