"""docs/xapi-profile.md says what the code emits: every statement it shows is built again and compared."""

import json
import re

import pytest

from lms.records import vocabulary
from lms.records.checking import problems_of
from tests.lms.records.profile import shown
from tests.strict.ours import ROOT

PAGE = ROOT / "docs" / "xapi-profile.md"
EXAMPLE = re.compile(r"^### (.+?)\n.*?^```json\n(.*?)^```", re.MULTILINE | re.DOTALL)


def written() -> dict[str, dict]:
    return {title: json.loads(text) for title, text in EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))}


@pytest.mark.once
def test_the_page_shows_each_statement_as_the_code_makes_it(bank: None) -> None:
    told = shown()
    assert list(written()) == list(told)
    for title, statement in told.items():
        assert written()[title] == statement, title
        assert list(problems_of(statement)) == [], title


def test_the_page_names_every_verb_and_extension() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for verb in vocabulary.VERBS.values():
        assert f"`{verb.iri}`" in page
    for name in ("unknown", "unit", "level", "low", "high", "stop-reason", "mark", "step"):
        assert f"`{name}`" in page
