"""Who may publish what somebody wrote, and how: the rules behind the workflow of pages."""

from typing import Any

from django.db import transaction
from wagtail.models import Page, PagePermissionTester, TaskState, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from . import gates
from .models.reviewing import SecondPersonNeeded

MOST_COMMENT = 2000


def is_reviewer(page: Page, user: Any) -> bool:
    """Say whether `user` reads what others write in this part of the tree: Wagtail's right to publish."""
    return bool(PagePermissionTester.can_publish(PagePermissionTester(user, page)))


def writers(page: Page) -> set[int]:
    """Return the ids of everybody whose text this is since it was last published, or who submitted it."""
    revisions = page.revisions.order_by("pk")
    is_live = page.live_revision_id is not None
    if is_live:
        revisions = revisions.filter(created_at__gt=page.live_revision.created_at)
    state = page.current_workflow_state
    found = {*revisions.values_list("user_id", flat=True), state and state.requested_by_id}
    return {pk for pk in (*found, None if is_live else page.owner_id) if pk}


def may_review(page: Page, user: Any) -> bool:
    """Say whether `user` may decide about what is written: a reviewer, and none of its writers."""
    return is_reviewer(page, user) and user.pk not in writers(page)


def translation_of(page: Page) -> Translation | None:
    """Return the translation that makes `page` from another; None when it is written for itself."""
    found = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    )
    return found.select_related("source").order_by("pk").first()


def may_publish_translation(page: Page, user: Any) -> bool:
    """Say whether `user` may publish a translation: it is one, and somebody else translated it."""
    found = translation_of(page)
    if found is None:
        return False
    said = StringTranslation.objects.filter(
        locale_id=page.locale_id, translation_of__segments__source=found.source, last_translated_by=user
    )
    return not said.order_by("pk").exists()


@transaction.atomic
def approve(*, task_state: TaskState, reviewer: Any, comment: str = "") -> None:
    """Publish what was read, now or on the day its author asked for.

    Raises SecondPersonNeeded; ValidationError when a gate has something to say.
    """
    page = _being_read(task_state, reviewer)
    gates.ensure_publishable(task_state.revision.as_object())
    task_state.approve(user=reviewer, update=False, comment=comment[:MOST_COMMENT])
    _end(task_state.workflow_state, WorkflowState.STATUS_APPROVED)
    page.publish(task_state.revision, user=reviewer, skip_permission_checks=True)


@transaction.atomic
def send_back(*, task_state: TaskState, reviewer: Any, comment: str = "") -> None:
    """Send a page back to its author, with what is to mend. Raises SecondPersonNeeded."""
    _being_read(task_state, reviewer)
    task_state.reject(user=reviewer, update=False, comment=comment.strip()[:MOST_COMMENT])
    _end(task_state.workflow_state, WorkflowState.STATUS_NEEDS_CHANGES)


def waiting_for(user: Any, task: Any) -> Any:
    """Return the states of `task` that a reviewer has still to decide; nothing for anybody else."""
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task=task.task_ptr).order_by("started_at")
    kept = [state.pk for state in states if may_review(_page_of(state), user)]
    return states.filter(pk__in=kept)


def _being_read(task_state: TaskState, reviewer: Any) -> Any:
    """Return the page, locked until the decision is written."""
    Page.objects.select_for_update().get(pk=_page_of(task_state).pk)
    task_state.refresh_from_db()
    page = _page_of(task_state)
    if task_state.status != TaskState.STATUS_IN_PROGRESS or not may_review(page, reviewer):
        raise SecondPersonNeeded
    return page


def _page_of(task_state: TaskState) -> Any:
    return task_state.workflow_state.content_object.specific


def _end(state: WorkflowState, status: str) -> None:
    """Set the outcome ourselves: Wagtail's own ending asks neither the gates nor who wrote it, and sends e-mail."""
    state.status = status
    state.save()
