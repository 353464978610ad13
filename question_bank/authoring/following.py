"""Files and editors: what the loader brings reaches the drafts, unless somebody is writing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from question_bank.models import Item, Status
from question_bank.services.dumping import item_data

from .models import ItemDraft, Stage
from .summary import summary

STAGES = {Status.PUBLISHED: Stage.PUBLISHED, Status.RETIRED: Stage.RETIRED}
COLUMNS = [
    "content", "stage", "live", "has_unpublished_changes", "updated_at", "title", "competency", "capacity",
    "interaction", "difficulty", "audiences", "languages", "review_by", "valid_to", "words",
]  # fmt: skip


def keys_being_written() -> set[str]:
    """Return the keys of items somebody is writing in /cms/: the loader leaves them alone."""
    writing = Q(has_unpublished_changes=True) | Q(item=None) | Q(stage=Stage.UNDER_REVIEW)
    return set(ItemDraft.objects.filter(writing).order_by("pk").values_list("key", flat=True))


def follow_items(*, keys: Iterable[str], now: datetime) -> None:
    """Give a draft to each item that has none, and bring those of the items of `keys` to what their files say.

    What somebody was writing stays in its revisions.
    """
    changed = set(keys)
    items = Item.objects.exclude(current_version=None).select_related("current_version", "draft").order_by("pk")
    drafts = {draft.key: draft for draft in ItemDraft.objects.filter(key__in=changed).order_by("pk")}
    due = list(items.filter(Q(draft=None) | Q(key__in=changed)))
    for draft in drafts.values():
        _stop_review(draft)
    kept = [_filled(drafts.get(item.key) or ItemDraft(key=item.key, item=item), item, now) for item in due]
    ItemDraft.objects.bulk_create([draft for draft in kept if draft.pk is None])
    ItemDraft.objects.bulk_update([draft for draft in kept if draft.pk], ["item", *COLUMNS], batch_size=100)


def _stop_review(draft: ItemDraft) -> None:
    """What a reviewer was reading is no longer what would be published."""
    if draft.stage == Stage.UNDER_REVIEW and (state := draft.current_workflow_state):
        state.cancel()


def _filled(draft: ItemDraft, item: Item, now: datetime) -> ItemDraft:
    content = item_data(item)
    values: dict[str, Any] = {"item": item, "content": content, "updated_at": now, **summary(content)}
    values["stage"] = STAGES.get(Status(item.status), Stage.DRAFT)
    values["live"] = item.status == Status.PUBLISHED
    values["has_unpublished_changes"] = False
    for name, value in values.items():
        setattr(draft, name, value)
    return draft
