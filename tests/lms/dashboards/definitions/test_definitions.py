"""Every figure that a page names has its definition, every column says what it holds, in both languages, and true."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from kernel.datafile import DataFileError
from lms.dashboards.cohort.rules import rules
from lms.dashboards.definitions import all_definitions, definition, groups, meaning
from lms.dashboards.definitions.reading import load, names
from lms.dashboards.rollups.rules import rules as rollup_rules

ROOM = Path(__file__).parents[4] / "lms" / "dashboards"
ANCHOR = re.compile(r"definitions/\{\{ p \}\}#([\w-]+)")
TAG = re.compile(r'\{% definition "([\w-]+)"')
FIGURE = re.compile(r'class="figure[" ]')
NAMING = {"_columns", "_results"}  # those that take the key of what their first column holds
# What depends on scores, on a page that also says names.
OF_THOSE_WHO_SHARE = (
    "at_target", "ready", "mean_score", "mean_by_domain", "margin", "people_at_level", "without_progress", "teach_next",
)  # fmt: skip


def pages() -> dict[str, str]:
    return {path.relative_to(ROOM).as_posix(): path.read_text() for path in ROOM.rglob("*.html")}


def linked() -> set[str]:
    """Return the keys that templates name."""
    text = "\n".join(pages().values())
    return {*ANCHOR.findall(text), *TAG.findall(text)}


def columns() -> Iterator[tuple[str, ast.expr | None]]:
    """Yield where each column is written, and what it says of its definition."""
    for path in ROOM.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                named = {one.arg: one.value for one in call.keywords}
                if call.func.id == "Column":
                    yield f"{path}:{call.lineno}", call.args[3] if len(call.args) > 3 else named.get("definition")
                elif call.func.id in NAMING:
                    yield f"{path}:{call.lineno}", call.args[1]


def test_every_figure_named_by_a_page_has_a_definition() -> None:
    assert len(linked()) >= 25
    assert sorted(key for key in linked() if definition(key) is None) == []


def test_every_column_says_what_it_holds() -> None:
    found = list(columns())
    assert len(found) >= 60
    assert [place for place, said in found if said is None] == []
    keys = {str(said.value) for _place, said in found if isinstance(said, ast.Constant)}
    assert sorted(key for key in keys if definition(key) is None and key not in names()) == []
    assert all(meaning(key, "fr") != meaning(key, "en") for key in keys)


def test_every_figure_of_a_page_is_one_click_from_its_definition() -> None:
    """A card with a figure, and a line with a count, name a definition."""
    cards = [(name, card) for name, page in pages().items() for card in re.split(r"(?=<section)", page)]
    others = ("learner.html", "share.html")  # one’s own page; a fragment of a card that names it
    told = [(name, card) for name, card in cards if FIGURE.search(card) and not name.endswith(others)]
    assert len(told) >= 10
    assert [name for name, card in told if not ANCHOR.search(card) and not TAG.search(card)] == []


@pytest.mark.parametrize("key", OF_THOSE_WHO_SHARE)
def test_what_depends_on_scores_says_it_is_of_those_who_share(key: str) -> None:
    french, english = definition(key, "fr"), definition(key, "en")
    assert french is not None and english is not None
    assert "celles et ceux qui partagent" in french.counts
    assert "those who share" in english.counts.lower()


def test_what_is_published_says_it_is_of_everybody_measured() -> None:
    for key in ("national_at_target", "national_ready", "national_mean"):
        assert "toutes les personnes mesurées" in getattr(definition(key, "fr"), "counts", "")


def test_the_numbers_of_definitions_are_those_of_the_rules() -> None:
    for language in ("fr", "en"):
        assert f"{rules().stuck_days} " in meaning("stuck", language)
        assert f" {rules().tries} " in meaning("without_progress", language)
        for key in ("ready", "national_ready"):
            assert f" {100 * rollup_rules().ready_at:.0f}" in meaning(key, language)


def test_both_languages_define_the_same() -> None:
    french, english = all_definitions("fr"), all_definitions("en")
    assert [one.key for one in french] == [one.key for one in english]
    assert all(a.counts != b.counts for a, b in zip(french, english, strict=True))
    assert len({one.key for one in french} | set(names())) == len(french) + len(names())
    assert [group.title for group in groups("fr")] != [group.title for group in groups("en")]


def test_a_definition_without_a_word_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "definitions.yaml"
    path.write_text('definitions:\n  - key: x\n    since: 2026-01-01\n    fr: {name: ""}\n    en: {name: y}\n')
    with pytest.raises(DataFileError, match=r"definitions.yaml:4"):
        load(path)


@pytest.mark.django_db
def test_the_page_is_public_has_an_anchor_for_each_and_gives_no_cookie(client: Client) -> None:
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}/pilotage/definitions/")
        assert response.status_code == 200
        assert not response.cookies
        page = response.content.decode()
        assert all(f'id="{one.key}"' in page for one in all_definitions())
