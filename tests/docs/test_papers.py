"""The papers a university signs say what the code does: how long, and of which tables."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from kernel.datafile import read
from tests.strict.ours import ROOT

PAPERS = sorted((ROOT / "docs" / "papers").glob("*.md"))
RECORD = (ROOT / "docs" / "papers" / "registre.md").read_text(encoding="utf-8")
DAYS = {row["kind"]: row["days"] for row in read(ROOT / "kernel" / "data" / "retention.yaml").value["retention"]}
TOLD = re.compile(r"(\d+)\s+jours?\s+\(`(\w+)`\)")
TABLE = re.compile(r"`([a-z]\w*\.[A-Z]\w+)`")
LINK = re.compile(r"\]\(([^)#]+\.md)")
# What the one who writes, in /cms/, leaves of themselves there is the history of a content.
OF_THE_EDITOR = ("wagtail",)


def test_the_table_of_durations_is_the_one_the_code_obeys() -> None:
    rows = re.findall(r"^\|[^|]+\| `(\w+)` \| (\d+) \|$", RECORD, re.MULTILINE)
    assert {kind: int(days) for kind, days in rows} == DAYS


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_a_duration_said_in_passing_is_the_same(paper: Path) -> None:
    told = TOLD.findall(paper.read_text(encoding="utf-8"))
    assert [(kind, days) for days, kind in told if DAYS.get(kind) != int(days)] == []


def test_every_duration_is_said_by_a_sheet_too() -> None:
    sheets = RECORD.split("## Table des durées")[0]
    assert {kind for _days, kind in TOLD.findall(sheets)} == set(DAYS)


def test_every_table_named_is_there() -> None:
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert {label for label in TABLE.findall(RECORD) if label not in known} == set()


def test_every_table_that_leads_to_a_person_is_on_a_sheet() -> None:
    from lms.accounts.policies import installed

    ours = {policy.label for policy in installed() if not policy.label.startswith(OF_THE_EDITOR)}
    assert ours - set(TABLE.findall(RECORD)) == set()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_a_link_leads_somewhere(paper: Path) -> None:
    links = LINK.findall(paper.read_text(encoding="utf-8"))
    assert [link for link in links if not (paper.parent / link).resolve().is_file()] == []
