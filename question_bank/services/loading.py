"""From item files to rows: whole, or not at all; the same files twice change nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from kernel.events import publish
from question_bank.authoring import following
from question_bank.errors import ItemFilesRefused
from question_bank.events import ItemPublished
from question_bank.itemfiles.reading import CONTENT, read_bank
from question_bank.models import Item, ItemExposure, Status, digest_of
from question_bank.types import LoadReport

from .dumping import item_data
from .releasing import publish_release
from .versions import add_version, follow_expected_difficulty, version_digest

ITEM_FIELDS = ("competency", "capacity", "audiences", "professions", "enemies", "difficulty", "status")
CREATED, UPDATED, UNCHANGED, EDITED = "created", "updated", "unchanged", "edited"


def load_items(*, now: datetime, path: Path = CONTENT, force: bool = False) -> LoadReport:
    """Load every item file under `path` and publish a release if what is in use changed.

    Raises ItemFilesRefused, with every line that breaks a rule and nothing written.
    An item edited in /cms/ is reported and left as it is, unless `force`.
    """
    bank = read_bank(path)
    if bank.problems:
        raise ItemFilesRefused(list(bank.problems))
    with transaction.atomic():
        outcome = _load([item.data for item in bank.items], now=now, force=force)
        release, is_new = publish_release(now=now)
    return LoadReport(
        **{name: tuple(outcome[name]) for name in (CREATED, UPDATED, UNCHANGED, EDITED, "absent")},
        release=release.number if is_new else None,
    )


def _load(files: list[dict[str, Any]], *, now: datetime, force: bool) -> dict[str, list[str]]:
    outcome: dict[str, list[str]] = defaultdict(list)
    known, kept = _known(), set() if force else following.keys_being_written()
    for data in files:
        item = known.pop(data["key"], None)
        done = EDITED if data["key"] in kept else _load_one(item, data, now=now, force=force)
        outcome[done].append(data["key"])
    outcome["absent"] = sorted(known)
    _add_exposures()
    following.follow_items(keys=[*outcome[CREATED], *outcome[UPDATED]], now=now)
    return outcome


def _known() -> dict[str, Item]:
    """Every item, locked until the load is over, so that two loads wait for each other."""
    rows: Iterable[Item] = Item.objects.select_for_update(of=("self",)).select_related("current_version").order_by("pk")
    return {item.key: item for item in rows}


def _load_one(item: Item | None, data: dict[str, Any], *, now: datetime, force: bool) -> str:
    digest = digest_of(data)
    if item is None:
        _write(Item(key=data["key"], created_at=now), data, digest, now=now)
        return CREATED
    if item.is_edited and not force and digest != digest_of(item_data(item)):
        return EDITED
    if item.file_digest == digest and not item.is_edited:
        return UNCHANGED
    _write(item, data, digest, now=now)
    return UPDATED


def _write(item: Item, data: dict[str, Any], digest: str, *, now: datetime) -> None:
    for field in ITEM_FIELDS:
        setattr(item, field, data[field])
    item.cluster, item.file_digest, item.is_edited, item.updated_at = data.get("cluster", ""), digest, False, now
    item.save()
    was = item.current_version
    if was is None or was.digest != version_digest(data):
        was = add_version(item, data, now=now)
        tell(item, now)
    follow_expected_difficulty(item)


def tell(item: Item, now: datetime) -> None:
    """Say that the current version of a published item is in use."""
    version = item.current_version
    if item.status == Status.PUBLISHED and version:
        publish(
            ItemPublished(aggregate=item.uuid, at=now, key=item.key, item_version=version.uuid, number=version.number)
        )


def _add_exposures() -> None:
    missing = Item.objects.filter(exposure=None).order_by("pk").values_list("pk", flat=True)
    ItemExposure.objects.bulk_create(ItemExposure(item_id=pk) for pk in missing)
