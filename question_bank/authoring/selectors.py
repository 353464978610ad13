"""Reading drafts: what they say now, who wrote them, what is due."""

from copy import deepcopy
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from question_bank.models import Item, digest_of

from .models import ItemDraft, Stage


def latest_content(draft: ItemDraft) -> dict[str, Any]:
    """Return what the draft says now, published or not; the caller may change it."""
    found: dict[str, Any] = deepcopy(draft.get_latest_revision_as_object().content)
    return found


def base_of(draft: ItemDraft) -> str:
    """Return what a form started from: saving compares it with what is there then."""
    return digest_of(latest_content(draft))


def writers(draft: ItemDraft) -> set[int]:
    """Return the ids of everybody whose text this is, or who submitted it: none of them reviews it."""
    revisions = draft.revisions.order_by("pk")
    if draft.live_revision_id:
        revisions = revisions.filter(created_at__gt=draft.live_revision.created_at)
    state = draft.current_workflow_state
    found = {*revisions.values_list("user_id", flat=True), draft.author_id, state and state.requested_by_id}
    return {pk for pk in found if pk}


def may_review(draft: ItemDraft, user: Any) -> bool:
    """Say whether `user` may decide about what is written: a reviewer, and none of its writers."""
    return user.has_perm("question_bank.review_itemdraft") and user.pk not in writers(draft)


def due(*, author_id: int | None, today: date) -> QuerySet[ItemDraft]:
    """Return the published items whose review is due or whose rule has ended: an author's own, and nobody's."""
    published = ItemDraft.objects.filter(stage__in=(Stage.PUBLISHED, Stage.UNDER_REVISION))
    mine = Q(author_id=author_id) | Q(author_id=None) if author_id else Q()
    ended = Q(review_by__lte=today) | Q(valid_to__lt=today)
    return published.filter(mine & ended).order_by("review_by", "key")


def to_review() -> QuerySet[ItemDraft]:
    """Return what waits for a second person, the oldest first."""
    return ItemDraft.objects.filter(stage=Stage.UNDER_REVIEW).order_by("updated_at", "pk")


def is_known(key: str) -> bool:
    """Say whether an item, published or only being written, has this key."""
    return ItemDraft.objects.filter(key=key).exists() or Item.objects.filter(key=key).exists()
