"""From an approved draft to what people are given: the item, its next immutable version, a new release."""

from datetime import datetime
from typing import Any

from question_bank.models import Item, ItemExposure
from question_bank.services.loading import ITEM_FIELDS, tell
from question_bank.services.releasing import publish_release
from question_bank.services.versions import add_version, follow_expected_difficulty, version_digest


def write_item(data: dict[str, Any], item: Item | None, *, now: datetime) -> Item:
    """Write an item as `data` says it, a version if what it says changed, and put it into use. The caller is atomic."""
    item = item or Item(key=data["key"], created_at=now)
    for field in ITEM_FIELDS:
        setattr(item, field, data[field])
    item.cluster, item.is_edited, item.updated_at = data.get("cluster", ""), True, now
    item.save()
    if item.current_version is None or item.current_version.digest != version_digest(data):
        add_version(item, data, now=now)
        tell(item, now)
    follow_expected_difficulty(item)
    ItemExposure.objects.get_or_create(item=item)
    publish_release(now=now)
    return item
