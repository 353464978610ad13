"""Writing a draft: nothing here reaches the people who answer."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import WorkflowState

from kernel import audit
from question_bank.models import digest_of

from .errors import DraftLocked, DraftMoved, ItemRefused, KeyTaken, NotAllowed, NotUnderReview, UnderReview
from .gates import judge
from .models import ItemDraft, Stage
from .selectors import is_known, latest_content
from .summary import summary

ADD, CHANGE = "question_bank.add_itemdraft", "question_bank.change_itemdraft"


def ensure_allowed(user: Any, permission: str) -> None:
    """Raise NotAllowed unless `user` has the permission."""
    if not user.has_perm(permission):
        raise NotAllowed()


def lock_draft(draft_id: int) -> ItemDraft:
    """Return the draft, held until the transaction ends. Raises ItemDraft.DoesNotExist."""
    found: ItemDraft = ItemDraft.objects.select_for_update(of=("self",)).get(pk=draft_id)
    return found


@transaction.atomic
def create_draft(*, content: dict[str, Any], author: Any, now: datetime) -> ItemDraft:
    """Begin an item; its key is its own from now on. Raises KeyTaken, NotAllowed."""
    ensure_allowed(author, ADD)
    key = content["key"]
    if is_known(key):
        raise KeyTaken(field="key")
    draft = ItemDraft.objects.create(
        key=key, author=author, content=content, live=False, updated_at=now, **summary(content)
    )
    draft.save_revision(user=author, log_action=True, clean=False)
    audit.record(actor_id=author.pk, action="item.draft_created", target=draft, details={"key": key}, at=now)
    return draft


@transaction.atomic
def save_draft(*, draft_id: int, content: dict[str, Any], base: str, author: Any, now: datetime) -> ItemDraft:
    """Keep what the author wrote as a new revision; what is published stays as it is.

    `base`: selectors.base_of(draft) when they began. Raises DraftMoved, DraftLocked, UnderReview, NotAllowed.
    """
    ensure_allowed(author, CHANGE)
    draft = lock_draft(draft_id)
    _ensure_free(draft, author)
    latest = latest_content(draft)
    if digest_of(latest) != base:
        raise DraftMoved(latest)
    if digest_of(latest) != digest_of(content):
        _write(draft, content, author, now)
        audit.record(actor_id=author.pk, action="item.draft_saved", target=draft, details={"key": draft.key}, at=now)
    return draft


def _ensure_free(draft: ItemDraft, author: Any) -> None:
    if draft.stage == Stage.UNDER_REVIEW:
        raise UnderReview()
    if draft.locked and draft.locked_by_id != author.pk:
        raise DraftLocked()


def _write(draft: ItemDraft, content: dict[str, Any], author: Any, now: datetime) -> None:
    written = draft.get_latest_revision_as_object()
    columns = summary(content)
    for name, value in {**columns, "content": {**content, "key": draft.key}}.items():
        setattr(written, name, value)
    written.save_revision(user=author, log_action=True, clean=False)
    columns |= {"stage": resting_stage(draft), "updated_at": now, "author_id": draft.author_id or author.pk}
    if not draft.live:
        columns["content"] = written.content
    ItemDraft.objects.filter(pk=draft.pk).update(**columns)
    draft.refresh_from_db()


def resting_stage(draft: ItemDraft) -> Stage:
    """Return the stage of a draft that has changes and that nobody reviews."""
    return Stage.UNDER_REVISION if draft.live else Stage.DRAFT


@transaction.atomic
def submit_draft(*, draft_id: int, author: Any, now: datetime) -> ItemDraft:
    """Ask for a second person, once the gates let it through.

    Raises ItemRefused, UnderReview, DraftLocked, NotAllowed.
    """
    ensure_allowed(author, CHANGE)
    draft = lock_draft(draft_id)
    _ensure_free(draft, author)
    problems = judge(latest_content(draft)).problems
    if problems:
        raise ItemRefused(list(problems))
    if draft.latest_revision_id is None:  # it came from a file: what is submitted is a revision
        draft.save_revision(user=author, clean=False)
    _start(draft, author)
    ItemDraft.objects.filter(pk=draft.pk).update(stage=Stage.UNDER_REVIEW, updated_at=now)
    audit.record(actor_id=author.pk, action="item.submitted", target=draft, details={"key": draft.key}, at=now)
    draft.refresh_from_db()
    return draft


def _start(draft: ItemDraft, author: Any) -> None:
    """Begin a workflow anew: one that asked for changes is closed by what answers it."""
    former = draft.current_workflow_state
    if former:
        former.cancel(user=author)
    workflow = draft.get_workflow()
    if workflow is None:
        raise LookupError("No workflow: run `manage.py prepare_authoring`.")
    workflow.start(draft, author)


@transaction.atomic
def withdraw_draft(*, draft_id: int, author: Any, now: datetime) -> ItemDraft:
    """Take a draft back from review, to change it. Raises NotUnderReview, NotAllowed."""
    ensure_allowed(author, CHANGE)
    draft = lock_draft(draft_id)
    state = draft.current_workflow_state
    if draft.stage != Stage.UNDER_REVIEW or state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise NotUnderReview()
    state.cancel(user=author)
    ItemDraft.objects.filter(pk=draft.pk).update(stage=resting_stage(draft), updated_at=now)
    audit.record(actor_id=author.pk, action="item.withdrawn", target=draft, details={"key": draft.key}, at=now)
    draft.refresh_from_db()
    return draft
