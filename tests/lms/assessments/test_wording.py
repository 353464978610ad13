"""How items are said: ordinary French, plain French, English; the same items, the same measure."""

import shutil
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from lms.assessments import delivery
from lms.assessments.models import Attempt, Wording
from question_bank import api
from question_bank.types import ItemContent, ReleaseEntry
from tests.lms.assessments.loaded import CONTENT, forget
from tests.lms.assessments.reading import Reader, hidden_of
from tests.lms.assessments.taking import Taker

WORDED = 9  # items of each competency: enough for the exposure of a placement
PLAIN_BUTTON = 'name="wording" value="plain"'


@pytest.fixture
def worded(db: None, tmp_path: Path) -> None:
    """Load items that are said in every way."""
    forget()
    for name in ("load_retention", "load_framework", "load_assessments"):
        call_command(name, stdout=StringIO())
    for competency in sorted(path for path in CONTENT.iterdir() if path.is_dir()):
        (tmp_path / competency.name).mkdir()
        ready = [path for path in sorted(competency.glob("*.yaml")) if is_in_every_wording(path)]
        for path in ready[:WORDED]:
            shutil.copy(path, tmp_path / competency.name)
    call_command("load_items", path=tmp_path, stdout=StringIO())


def is_in_every_wording(path: Path) -> bool:
    """Say whether an item is published in plain French and English, and has no enemy that would be missing."""
    text = path.read_text()
    return all(part in text for part in ("\nplain:\n", "\nen:\n", "\nstatus: published\n", "\nenemies: []\n"))


def served(attempt: Attempt) -> list[ReleaseEntry]:
    """Return the items an attempt met."""
    entries = api.release(attempt.bank_release_id).entries
    return [entries[place] for place in attempt.selection_log]


def begin_in_plain_french() -> Reader:
    """Take the citizens' assessment by its second button."""
    reader = Reader()
    opened = reader.client.post("/evaluation/citizen/commencer", {"wording": "plain"})
    reader.address = opened["Location"]
    return reader


def test_plain_french_is_offered_to_citizens_in_french_only(worded: None) -> None:
    client = Client()
    assert PLAIN_BUTTON in client.get("/evaluation/citizen/").content.decode()
    assert PLAIN_BUTTON not in client.get("/en/evaluation/citizen/").content.decode()
    assert PLAIN_BUTTON not in client.get("/evaluation/placement/").content.decode()


def test_an_attempt_in_plain_french_says_every_item_so(worded: None) -> None:
    reader = begin_in_plain_french()
    page = reader.look()
    while reader.hidden:
        attempt = Attempt.objects.get()
        wording = bank_content(attempt).wordings["plain"]
        assert wording.title in page.content.decode().replace("&#x27;", "'")
        page = reader.answer()
        reader.hidden = hidden_of(page)
    assert Attempt.objects.get().wording == Wording.PLAIN
    assert all("plain" in entry.locales for entry in served(Attempt.objects.get()))


def bank_content(attempt: Attempt) -> ItemContent:
    """Return the content of the item on screen."""
    return api.item_content(served(attempt)[-1].item_version_id)


@pytest.mark.parametrize("assessment", ["placement", "citizen", "professional", "training"])
def test_an_attempt_in_english_meets_english_items(worded: None, assessment: str) -> None:
    taker = Taker().start(assessment, locale="en")
    while "item" in taker.body:
        assert taker.item["language"] == "en"
        taker.answer()
    assert all("en" in entry.locales for entry in served(taker.attempt))


def test_the_english_page_no_longer_warns_of_french_items(worded: None) -> None:
    assert "in French" not in Client().get("/en/evaluation/citizen/").content.decode()


def test_a_bank_short_of_a_wording_serves_ordinary_french_and_says_so(
    bank: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery.adaptive, "shortfalls", lambda *args, **kwargs: ("something",))
    delivery.forget()
    try:
        assert "in French" in Client().get("/en/evaluation/citizen/").content.decode()
        assert PLAIN_BUTTON not in Client().get("/evaluation/citizen/").content.decode()
        assert Taker().start(locale="en").item["title"]
    finally:
        delivery.forget()
