"""Every figure that a page names has its definition, in both languages."""

import re
from pathlib import Path

import pytest
from django.test import Client

from kernel.datafile import DataFileError
from lms.dashboards.definitions import all_definitions, definition
from lms.dashboards.definitions.reading import load

ROOM = Path(__file__).parents[4] / "lms" / "dashboards"
ANCHOR = re.compile(r"definitions/\{\{ p \}\}#([\w-]+)")
TAG = re.compile(r'\{% definition "([\w-]+)"')
COLUMN = re.compile(
    r'Column\(\s*(?:f?"[^"]*"|\w+),\s*(?:_\("[^"]*"\)|"[^"]*"|\w+|[\w.]+\(\w+\)),\s*(?:"\w+"|[\w.]+),\s*"(\w+)"'
)


def used() -> set[str]:
    """Return the keys that templates and columns name."""
    pages = "\n".join(path.read_text() for path in ROOM.rglob("*.html"))
    code = "\n".join(path.read_text() for path in ROOM.rglob("*.py"))
    return {*ANCHOR.findall(pages), *TAG.findall(pages), *COLUMN.findall(code)}


def test_every_figure_named_by_a_page_has_a_definition() -> None:
    assert len(used()) >= 8
    assert sorted(key for key in used() if definition(key) is None) == []


def test_both_languages_define_the_same() -> None:
    french, english = all_definitions("fr"), all_definitions("en")
    assert [one.key for one in french] == [one.key for one in english]
    assert all(a.counts != b.counts for a, b in zip(french, english, strict=True))


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
