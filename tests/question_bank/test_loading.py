"""From files to rows and back: idempotent, whole or not at all, versions and releases that never change."""

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from kernel.models import OutboxEvent
from question_bank import api
from question_bank.errors import ItemFilesRefused, ItemVersionIsImmutable, NoRelease
from question_bank.itemfiles.reading import read_bank
from question_bank.models import BankRelease, Item, ItemCalibration, ItemExposure, ItemVersion, ReleaseItem
from tests.question_bank.samples import KINDS, english, item, write

pytestmark = pytest.mark.django_db
PUBLISHED = len(KINDS)
ALL = PUBLISHED + 1  # with the draft


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    api.forget()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One item of each interaction, one of them also in English, one a draft."""
    items = [item(kind, f"item-{kind.replace('_', '-')}") for kind in KINDS]
    return write(tmp_path, english(items[0]), *items[1:], item(key="item-draft", status="draft"))


def counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Item, ItemVersion, ItemCalibration, BankRelease, ReleaseItem, ItemExposure)
    )


def again(folder: Path, now: datetime, *items: dict[str, Any], **options: Any) -> Any:
    return api.load_items(now=now, path=write(folder, *items), **options)


def test_loading_writes_items_versions_priors_and_a_release(folder: Path, now: datetime) -> None:
    report = api.load_items(now=now, path=folder)
    assert len(report.created) == ALL
    assert report.release == 1
    assert counts() == (ALL, ALL, ALL, 1, PUBLISHED, ALL)
    kinds = sorted(OutboxEvent.objects.values_list("kind", flat=True))
    assert kinds == ["question_bank.BankReleased"] + ["question_bank.ItemPublished"] * PUBLISHED


def test_loading_twice_changes_nothing(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    before, events = counts(), OutboxEvent.objects.count()
    report = api.load_items(now=now, path=folder)
    assert (len(report.unchanged), report.release) == (ALL, None)
    assert counts() == before
    assert OutboxEvent.objects.count() == events


def test_one_bad_line_and_nothing_is_loaded(folder: Path, now: datetime) -> None:
    write(folder, item(key="item-wrong", difficulty=12), item(key="item-worse", status="x"))
    with pytest.raises(ItemFilesRefused) as refusal:
        api.load_items(now=now, path=folder)
    assert [problem.split(": ", 1)[0].rpartition("/")[2] for problem in refusal.value.problems] == [
        "item-worse.yaml:7",
        "item-wrong.yaml:6",
    ]
    assert counts() == (0,) * 6


def test_a_failure_half_way_leaves_nothing(folder: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    from question_bank.services import loading

    monkeypatch.setattr(loading, "_add_exposures", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        api.load_items(now=now, path=folder)
    assert counts() == (0,) * 6


def test_the_command_says_every_line_and_fails(folder: Path) -> None:
    write(folder, item(key="item-wrong", difficulty=12))
    errors = StringIO()
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_items", "--path", str(folder), stderr=errors)
    assert "item-wrong.yaml:6: " in errors.getvalue()


def test_the_command_says_what_it_did(folder: Path) -> None:
    out = StringIO()
    call_command("load_items", "--path", str(folder), stdout=out)
    assert f"{ALL} created, 0 updated, 0 unchanged, 0 edited, 0 absent\nrelease 1 published" in out.getvalue()


def test_other_content_is_another_version_and_another_release(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    changed = item("order", "item-order")
    changed["fr"]["title"] = "Un autre titre"
    report = again(folder, now + timedelta(days=1), changed)
    assert report.updated == ("item-order",)
    assert report.release == 2
    versions = ItemVersion.objects.filter(item__key="item-order").order_by("number")
    assert [version.content["fr"]["title"] for version in versions] == ["Un compte rendu", "Un autre titre"]
    assert BankRelease.objects.get(is_current=True).number == 2
    assert BankRelease.objects.get(number=1).items.count() == PUBLISHED


def test_a_release_is_frozen_whatever_happens_to_its_items(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    first = api.current_release_id()
    before = api.release(first)
    again(
        folder,
        now,
        item("order", "item-order", status="retired"),
        item("text", "item-text", difficulty=4, audiences=["citizen"]),
    )
    api.forget()
    assert api.release(first) == before
    after = api.release(api.current_release_id())
    assert [entry.key for entry in before.entries if entry not in after.entries] == ["item-order", "item-text"]
    assert next(entry for entry in after.entries if entry.key == "item-text").difficulty == 1.5


def test_going_back_brings_the_same_release_back(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    again(folder, now, item("order", "item-order", status="retired"))
    report = again(folder, now, item("order", "item-order"))
    assert report.release == 1
    assert BankRelease.objects.count() == 2


def test_metadata_alone_makes_no_version(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    again(folder, now, item("order", "item-order", professions=["infirmier"]))
    assert ItemVersion.objects.filter(item__key="item-order").count() == 1
    entry = next(e for e in api.release(api.current_release_id()).entries if e.key == "item-order")
    assert entry.professions == ("infirmier",)


def test_what_was_measured_is_kept_when_only_the_source_was_read_again(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    ItemCalibration.objects.filter(item_version__item__key="item-order").update(
        difficulty=0.77, responses=300, state="calibrated"
    )
    reread = item("order", "item-order", review_by="2028-01-01")
    again(folder, now, reread)
    kept = ItemCalibration.objects.get(item_version__item__key="item-order", item_version__number=2)
    assert (kept.difficulty, kept.responses, kept.state) == (0.77, 300, "calibrated")
    reread["fr"]["question"] = "Dans quel ordre agissez-vous."
    again(folder, now, reread)
    anew = ItemCalibration.objects.get(item_version__item__key="item-order", item_version__number=3)
    assert (anew.difficulty, anew.state) == (-0.5, "expected")


def test_a_version_is_written_once(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    version = ItemVersion.objects.first()
    assert version is not None
    for change in (version.save, ItemVersion.objects.all().delete, ReleaseItem.objects.all().delete):
        with pytest.raises(ItemVersionIsImmutable):
            change()
    for rows in (ItemVersion.objects.all(), ReleaseItem.objects.all()):
        with pytest.raises(ItemVersionIsImmutable):
            rows.update(item_version=None)


def test_an_item_edited_in_the_cms_is_reported_and_kept(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    Item.objects.filter(key="item-order").update(is_edited=True, difficulty=4)
    report = api.load_items(now=now, path=folder)
    assert report.edited == ("item-order",)
    assert Item.objects.get(key="item-order").difficulty == 4
    out = StringIO()
    call_command("load_items", "--path", str(folder), stdout=out)
    assert "item-order: edited in /cms/, left as it is" in out.getvalue()
    assert again(folder, now, force=True).updated == ("item-order",)
    assert Item.objects.get(key="item-order").difficulty == 2


def test_an_edited_item_that_was_dumped_is_in_step_again(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    Item.objects.filter(key="item-order").update(is_edited=True, difficulty=4)
    assert api.dump_items(path=folder) == (ALL, 1)
    assert api.load_items(now=now, path=folder).edited == ()
    assert not Item.objects.get(key="item-order").is_edited


def test_a_file_that_says_the_item_keeps_its_layout_and_comments(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    path = folder / "D3.C1" / "item-order.yaml"
    mine = "# Why this order: see the notice.\n" + path.read_text(encoding="utf-8").replace(
        "key: item-order", "key:   item-order"
    )
    path.write_text(mine, encoding="utf-8")
    assert api.dump_items(path=folder)[1] == 0
    assert path.read_text(encoding="utf-8") == mine
    path.write_text("key: [", encoding="utf-8")
    assert api.dump_items(path=folder)[1] == 1
    assert path.read_text(encoding="utf-8").startswith("key: item-order\n")


def test_an_item_that_moved_leaves_no_file_behind(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    Item.objects.filter(key="item-order").update(competency="D3.C2", is_edited=True)
    api.dump_items(path=folder)
    assert [path.parent.name for path in folder.rglob("item-order.yaml")] == ["D3.C2"]


def test_an_item_without_a_file_is_only_said(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    (folder / "D3.C1" / "item-order.yaml").unlink()
    report = api.load_items(now=now, path=folder)
    assert (report.absent, report.release) == (("item-order",), None)


def test_what_is_dumped_loads_as_the_same_and_dumps_as_the_same_bytes(
    folder: Path, tmp_path: Path, now: datetime
) -> None:
    api.load_items(now=now, path=folder)
    dumped = tmp_path / "dumped"
    assert api.dump_items(path=dumped) == (ALL, ALL)
    written = {path.name: path.read_bytes() for path in dumped.rglob("*.yaml")}
    assert {found.data["key"]: found.data for found in read_bank(dumped).items} == {
        found.data["key"]: found.data for found in read_bank(folder).items
    }
    report = api.load_items(now=now, path=dumped)
    assert (len(report.unchanged), report.release) == (ALL, None)
    assert api.dump_items(path=dumped) == (ALL, 0)
    assert {path.name: path.read_bytes() for path in dumped.rglob("*.yaml")} == written


def test_priors_come_from_the_expected_difficulty_and_the_interaction(folder: Path, now: datetime) -> None:
    api.load_items(now=now, path=folder)
    entries = {entry.key: entry for entry in api.release(api.current_release_id()).entries}
    assert {entry.discrimination for entry in entries.values()} == {1.0}
    assert {entry.difficulty for entry in entries.values()} == {-0.5}
    assert entries["item-single-choice"].guessing == 0.25
    assert entries["item-number"].guessing == entries["item-text"].guessing == 0.0
    assert entries["item-order"].guessing == pytest.approx(1 / 6, abs=1e-6)


def test_a_release_names_what_selection_needs(folder: Path, now: datetime) -> None:
    again(folder, now, item(key="item-foe", enemies=["item-order", "item-draft"], cluster="of-mine"))
    bank = api.release(api.current_release_id())
    places = {entry.key: place for place, entry in enumerate(bank.entries)}
    assert [entry.key for entry in bank.entries] == sorted(places)
    foe, order = bank.entries[places["item-foe"]], bank.entries[places["item-order"]]
    assert (foe.enemies, order.enemies) == ((places["item-order"],), (places["item-foe"],))
    assert (foe.cluster, order.cluster, foe.domain) == ("of-mine", "D3.C1.K2", "D3")
    assert bank.entries[places["item-single-choice"]].locales == ("fr", "en")
    assert bank.index_of_version[foe.item_version_id] == places["item-foe"]
    assert bank.is_provisional


def test_reading_the_bank_costs_nothing_once_read(
    folder: Path, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api.load_items(now=now, path=folder)
    with django_assert_num_queries(1):
        current = api.current_release_id()
    with django_assert_num_queries(2):
        bank = api.release(current)
    with django_assert_num_queries(1):
        api.item_content(bank.entries[0].item_version_id)
    with django_assert_num_queries(1):
        api.exposure_prices(bank)
    with django_assert_num_queries(0):
        assert api.release(current) is bank
        assert api.item_content(bank.entries[0].item_version_id) is api.item_content(bank.entries[0].item_version_id)
        api.exposure_prices(bank)


def test_loading_again_costs_the_same_for_any_number_of_items(
    folder: Path, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api.load_items(now=now, path=folder)
    with django_assert_num_queries(13):
        api.load_items(now=now, path=folder)
    again(folder, now, *(item(key=f"more-{n}") for n in range(12)))
    with django_assert_num_queries(13):
        api.load_items(now=now, path=folder)


def test_before_the_first_load_there_is_no_release() -> None:
    with pytest.raises(NoRelease):
        api.current_release_id()
    with pytest.raises(NoRelease):
        api.release(12345)


def test_the_bank_we_ship_loads_and_every_item_can_be_asked(now: datetime) -> None:
    from tests.question_bank.samples import MASK

    api.load_items(now=now)
    bank = api.release(api.current_release_id())
    for entry in bank.entries:
        content = api.item_content(entry.item_version_id)
        assert api.present(content, "fr", MASK)["question"]
        assert api.check(content, content.expected).is_correct
        assert api.explain(content, content.expected, "fr")["is_correct"]
