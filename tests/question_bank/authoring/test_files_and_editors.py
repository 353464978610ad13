"""Files and /cms/ side by side: what was edited is never overwritten unless asked, and goes back to files as it was."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from question_bank import api
from question_bank.authoring import reviewing, selectors, writing
from question_bank.authoring.models import ItemDraft, Stage
from question_bank.itemfiles.reading import read_bank
from question_bank.models import Item
from tests.question_bank.samples import item, write

pytestmark = pytest.mark.django_db
People = dict[str, Any]
KEY = "item-two"


def edit(people: People, now: datetime, title: str = "Écrit dans /cms/", key: str = KEY) -> ItemDraft:
    draft = ItemDraft.objects.get(key=key)
    content = selectors.latest_content(draft)
    content["fr"]["title"] = title
    return writing.save_draft(
        draft_id=draft.pk, content=content, base=selectors.base_of(draft), author=people["ines"], now=now
    )


def publish(people: People, draft: ItemDraft, now: datetime) -> None:
    writing.submit_draft(draft_id=draft.pk, author=people["ines"], now=now)
    reviewing.approve_draft(draft_id=draft.pk, reviewer=people["hugo"], now=now)


def from_file(title: str = "Venu du fichier") -> dict[str, Any]:
    changed = item("order", KEY)
    changed["fr"]["title"] = title
    return changed


def test_every_item_has_a_draft_that_says_what_its_file_says(loaded: Path) -> None:
    found = {draft.key: (draft.stage, draft.live, draft.title) for draft in ItemDraft.objects.all()}
    assert found == {
        "item-new": ("draft", False, "Un compte rendu"),
        "item-one": ("published", True, "Un compte rendu"),
        "item-two": ("published", True, "Un compte rendu"),
    }
    draft = ItemDraft.objects.get(key="item-one")
    assert (draft.audiences, draft.languages, draft.difficulty) == (",student,professional,", ",fr,en,", 2)


def test_a_file_that_changed_reaches_the_draft(loaded: Path, now: datetime) -> None:
    report = api.load_items(now=now, path=write(loaded, from_file()))
    assert report.updated == (KEY,)
    assert ItemDraft.objects.get(key=KEY).title == "Venu du fichier"


def test_what_somebody_is_writing_is_reported_and_left(people: People, loaded: Path, now: datetime) -> None:
    edit(people, now)
    report = api.load_items(now=now, path=write(loaded, from_file()))
    assert (report.edited, report.updated) == ((KEY,), ())
    assert Item.objects.get(key=KEY).current_version.content["fr"]["title"] == "Un compte rendu"
    assert selectors.latest_content(ItemDraft.objects.get(key=KEY))["fr"]["title"] == "Écrit dans /cms/"


def test_force_overwrites_and_the_text_stays_in_the_revisions(people: People, loaded: Path, now: datetime) -> None:
    draft = edit(people, now)
    writing.submit_draft(draft_id=draft.pk, author=people["ines"], now=now)
    report = api.load_items(now=now, path=write(loaded, from_file()), force=True)
    draft.refresh_from_db()
    assert report.updated == (KEY,)
    assert (draft.stage, draft.title, draft.workflow_in_progress) == ("published", "Venu du fichier", False)
    assert selectors.latest_content(draft)["fr"]["title"] == "Venu du fichier"
    assert draft.revisions.get().as_object().content["fr"]["title"] == "Écrit dans /cms/"


def test_what_was_published_in_the_cms_is_reported_then_dumped_then_in_step(
    people: People, loaded: Path, now: datetime
) -> None:
    publish(people, edit(people, now), now)
    assert api.load_items(now=now, path=loaded).edited == (KEY,)
    assert api.dump_items(path=loaded)[1] == 1
    assert api.dump_items(path=loaded) == (3, 0)
    assert read_bank(loaded).problems == ()
    api.load_items(now=now, path=loaded)
    assert Item.objects.get(key=KEY).is_edited is False
    assert ItemDraft.objects.get(key=KEY).stage == Stage.PUBLISHED


def test_a_new_item_of_the_cms_is_not_taken_by_a_file_of_the_same_key(
    people: People, loaded: Path, now: datetime
) -> None:
    draft = writing.create_draft(content=item(key="item-mine"), author=people["ines"], now=now)
    report = api.load_items(now=now, path=write(loaded, item(key="item-mine")))
    assert report.edited == ("item-mine",)
    publish(people, draft, now)
    api.dump_items(path=loaded)
    assert (loaded / "D3.C1" / "item-mine.yaml").exists()
    assert read_bank(loaded).problems == ()


def test_loading_again_leaves_the_drafts_as_they_are(loaded: Path, now: datetime) -> None:
    before = list(ItemDraft.objects.order_by("key").values())
    api.load_items(now=now, path=loaded)
    assert list(ItemDraft.objects.order_by("key").values()) == before
