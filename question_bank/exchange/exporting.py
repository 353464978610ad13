"""From the bank to a file, by competency and stage, with what the format could not hold."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from kernel import audit
from question_bank.authoring.errors import NotAllowed
from question_bank.authoring.models import ItemDraft, Stage

from . import formats
from .notes import Written

VIEW = "question_bank.view_itemdraft"
WRITING = {Stage.DRAFT: "draft", Stage.UNDER_REVIEW: "draft", Stage.RETIRED: "retired"}


def bank_items(*, competency: str = "", stage: str = "") -> Iterator[dict[str, Any]]:
    """Yield the items of the bank in the order of their keys; a published one as it is published."""
    drafts = ItemDraft.objects.order_by("key").only("content", "key", "stage")
    if competency:
        drafts = drafts.filter(competency=competency)
    if stage:
        drafts = drafts.filter(stage=stage)
    for draft in drafts.iterator():
        yield {**draft.content, "status": WRITING.get(Stage(draft.stage), "published")}


def export_items(*, kind: str, competency: str = "", stage: str = "") -> Written:
    """Return a file in one of formats.WRITERS."""
    return formats.write(kind, bank_items(competency=competency, stage=stage))


def export_for(*, reader: Any, kind: str, competency: str, stage: str, now: datetime) -> Written:
    """Return a file for somebody who may read the bank, and keep that they took it. Raises NotAllowed."""
    ensure_may_export(reader)
    written = export_items(kind=kind, competency=competency, stage=stage)
    details = {"format": kind, "competency": competency, "stage": stage, "items": written.count}
    audit.record(actor_id=reader.pk, action="items.exported", target="question_bank.ItemDraft", details=details, at=now)
    return written


def ensure_may_export(reader: Any) -> None:
    """Raise NotAllowed for whoever does not read the bank."""
    if not reader.has_perm(VIEW):
        raise NotAllowed()
