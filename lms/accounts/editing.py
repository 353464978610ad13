"""What /cms/ keeps of a person: comments, drafts not saved, uploads not finished, notes about their account."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import TextField
from django.db.models.functions import Cast
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import (
    COMMENTS_RELATION_NAME,
    Comment,
    CommentReply,
    ModelLogEntry,
    PageLogEntry,
    PageSubscription,
    Revision,
    UploadedFile,
)

from .models import User
from .own import file_told, forget_file
from .telling import told, told_rows

SHARES = {
    "comments": Comment,
    "replies": CommentReply,
    "subscriptions": PageSubscription,
    "sessions": EditingSession,
    "drafts": FormState,
}


def export(user_id: int) -> dict[str, Any]:
    """Return what a person wrote beside pages, and what they had not finished."""
    mine = UploadedFile.objects.filter(uploaded_by_user_id=user_id).order_by("pk")
    uploads = [{**told(row), "file": file_told(row.file)} for row in mine]
    return {name: told_rows(model.objects.filter(user_id=user_id)) for name, model in SHARES.items()} | {
        "uploads": uploads
    }


def erase(user_id: int) -> None:
    """Remove it, from the revisions of pages too, which hold the comments of their time."""
    if PageLogEntry.objects.filter(user_id=user_id).exists():
        _forget_comments(user_id)
    for row in UploadedFile.objects.filter(uploaded_by_user_id=user_id).order_by("pk"):
        forget_file(row.file)
        row.delete()
    accounts = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=accounts, object_id=str(user_id)).delete()


def _forget_comments(user_id: int) -> None:
    said = Revision.objects.annotate(said=Cast("content", TextField()))
    commented = said.filter(said__contains=f'"{COMMENTS_RELATION_NAME}": [{{')
    for pk, content in commented.order_by("pk").values_list("pk", "content").iterator(chunk_size=100):
        found = content[COMMENTS_RELATION_NAME]
        left = [_without_replies(one, user_id) for one in found if one["user"] != user_id]
        if left != found:
            Revision.objects.filter(pk=pk).update(content={**content, COMMENTS_RELATION_NAME: left})


def _without_replies(comment: dict[str, Any], user_id: int) -> dict[str, Any]:
    return {**comment, "replies": [one for one in comment.get("replies", ()) if one["user"] != user_id]}
