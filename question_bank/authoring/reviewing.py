"""The second person: approving publishes, refusing sends back with a reason. Nobody decides about their own text."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import TaskState, WorkflowState

from kernel import audit

from .errors import CommentMissing, ItemRefused, NotUnderReview, SecondPersonNeeded
from .gates import judge
from .models import ItemDraft, Remark, Stage
from .publishing import write_item
from .selectors import may_review
from .writing import ensure_allowed, lock_draft, resting_stage

REVIEW, VIEW = "question_bank.review_itemdraft", "question_bank.view_itemdraft"
MOST_COMMENT = 2000


@transaction.atomic
def approve_draft(*, draft_id: int, reviewer: Any, now: datetime, comment: str = "") -> ItemDraft:
    """Publish what was read, as the item's next version, in a new release of the bank.

    Raises SecondPersonNeeded, NotUnderReview, NotAllowed; ItemRefused when the gates have something to say.
    """
    draft, state, reading = _being_read(draft_id, reviewer)
    verdict = judge(reading.revision.as_object().content)
    if verdict.problems:
        raise ItemRefused(list(verdict.problems))
    reading.approve(user=reviewer, update=False, comment=comment[:MOST_COMMENT])
    _end(state, WorkflowState.STATUS_APPROVED)
    draft.put_live(reading.revision, reviewer)
    item = write_item(verdict.data, draft.item, now=now)
    ItemDraft.objects.filter(pk=draft.pk).update(stage=Stage.PUBLISHED, item=item, updated_at=now)
    _note("item.approved", draft, reviewer, now, version=item.current_version and item.current_version.number)
    draft.refresh_from_db()
    return draft


@transaction.atomic
def refuse_draft(*, draft_id: int, reviewer: Any, comment: str, now: datetime) -> ItemDraft:
    """Send a draft back to its author, with what is to mend. Raises CommentMissing and as approve_draft."""
    draft, state, reading = _being_read(draft_id, reviewer)
    if not comment.strip():
        raise CommentMissing(field="comment")
    reading.reject(user=reviewer, update=False, comment=comment.strip()[:MOST_COMMENT])
    _end(state, WorkflowState.STATUS_NEEDS_CHANGES)
    ItemDraft.objects.filter(pk=draft.pk).update(stage=resting_stage(draft), updated_at=now)
    _note("item.refused", draft, reviewer, now)
    draft.refresh_from_db()
    return draft


@transaction.atomic
def remark(*, draft_id: int, reader: Any, text: str, now: datetime) -> Remark:
    """Keep what a reviewer or an author says of an item without deciding. Raises CommentMissing, NotAllowed."""
    ensure_allowed(reader, REVIEW if not reader.has_perm("question_bank.change_itemdraft") else VIEW)
    draft = lock_draft(draft_id)
    if not text.strip():
        raise CommentMissing(field="text")
    said = Remark.objects.create(draft=draft, author=reader, text=text.strip()[:MOST_COMMENT], created_at=now)
    _note("item.remarked", draft, reader, now)
    return said


def _being_read(draft_id: int, reviewer: Any) -> tuple[ItemDraft, WorkflowState, TaskState]:
    ensure_allowed(reviewer, REVIEW)
    draft = lock_draft(draft_id)
    state = draft.current_workflow_state
    if draft.stage != Stage.UNDER_REVIEW or state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise NotUnderReview()
    if not may_review(draft, reviewer):
        raise SecondPersonNeeded()
    return draft, state, state.current_task_state


def _end(state: WorkflowState, status: str) -> None:
    """Set the outcome ourselves: Wagtail's own ending publishes without asking, and sends e-mail within the request."""
    state.status = status
    state.save()


def _note(action: str, draft: ItemDraft, actor: Any, now: datetime, **details: Any) -> None:
    audit.record(actor_id=actor.pk, action=action, target=draft, details={"key": draft.key, **details}, at=now)
