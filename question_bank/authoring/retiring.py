"""Taking items out of use, and putting labels on them: several at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kernel import audit
from question_bank.models import Item, Status
from question_bank.services.releasing import publish_release

from .models import ItemDraft, Stage
from .writing import CHANGE, ensure_allowed

MOST_TAGS, MOST_TAG = 10, 60


@transaction.atomic
def retire_drafts(*, draft_ids: Sequence[int], actor: Any, now: datetime) -> int:
    """Retire items: no new attempt draws them, those under way keep them. What is under review waits for its reviewer.

    Return how many were retired. Raises NotAllowed.
    """
    ensure_allowed(actor, CHANGE)
    rows = ItemDraft.objects.select_for_update(of=("self",)).filter(pk__in=draft_ids)
    drafts = list(rows.exclude(stage__in=(Stage.UNDER_REVIEW, Stage.RETIRED)).order_by("pk"))
    items = [draft.item_id for draft in drafts if draft.item_id]
    Item.objects.filter(pk__in=items).update(status=Status.RETIRED, is_edited=True, updated_at=now)
    ItemDraft.objects.filter(pk__in=[draft.pk for draft in drafts]).update(
        stage=Stage.RETIRED, live=False, updated_at=now
    )
    for draft in drafts:
        audit.record(actor_id=actor.pk, action="item.retired", target=draft, details={"key": draft.key}, at=now)
    if items:
        publish_release(now=now)
    return len(drafts)


@transaction.atomic
def tag_drafts(*, draft_ids: Sequence[int], tags: Sequence[str], actor: Any, now: datetime) -> int:
    """Add labels to items, whatever their stage; return how many items there were. Raises NotAllowed."""
    ensure_allowed(actor, CHANGE)
    names = [name.strip()[:MOST_TAG] for name in tags if name.strip()][:MOST_TAGS]
    drafts = list(ItemDraft.objects.filter(pk__in=draft_ids).order_by("pk")) if names else []
    for draft in drafts:
        draft.tags.add(*names)
        details = {"key": draft.key, "tags": names}
        audit.record(actor_id=actor.pk, action="item.tagged", target=draft, details=details, at=now)
    return len(drafts)
