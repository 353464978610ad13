"""Attaching an institute to a university: both see its people on those days, and each student counts once."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from kernel import audit
from kernel.events import publish

from ..errors import AttachedElsewhere, AttachedInCircle, AttachedToItself, AttachedTwice, AttachmentEndsFirst
from ..events import AttachmentChanged
from ..models import Attachment, Institution


@transaction.atomic
def attach(
    *,
    institution: Institution,
    parent: Institution,
    start_date: date,
    end_date: date | None,
    actor_id: int | None,
    now: datetime,
) -> Attachment:
    """Attach `institution` to the university `parent` from `start_date` to the eve of `end_date`.

    Raises an AttachmentRefused that says which rule: one level, no circle, never two at a time.
    """
    _lock(institution, parent)
    _check(institution, parent, start_date, end_date)
    attachment = Attachment.objects.create(
        institution=institution, parent=parent, start_date=start_date, end_date=end_date
    )
    _tell(attachment, "attached", actor_id, now)
    return attachment


@transaction.atomic
def end_attachment(*, attachment: Attachment, end_date: date, actor_id: int | None, now: datetime) -> None:
    """Make `end_date` the first day without it. Raises AttachmentEndsFirst when that is not after its start."""
    if end_date <= attachment.start_date:
        raise AttachmentEndsFirst(field="end_date")
    attachment.end_date = end_date
    attachment.save(update_fields=["end_date"])
    _tell(attachment, "attachment_ended", actor_id, now)


def _lock(*institutions: Institution) -> None:
    """Two attachments asked at once wait for each other: the second is checked against the first."""
    ids = [institution.pk for institution in institutions]
    list(Institution.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _check(institution: Institution, parent: Institution, start: date, end: date | None) -> None:
    if institution.pk == parent.pk:
        raise AttachedToItself(field="parent")
    if end is not None and end <= start:
        raise AttachmentEndsFirst(field="end_date")
    during = _during(start, end)
    if Attachment.objects.filter(during, institution=parent, parent=institution).exists():
        raise AttachedInCircle(field="parent")
    if parent.kind != Institution.Kind.UNIVERSITY or parent.merged_into_id is not None:
        raise AttachedElsewhere(field="parent")
    if Attachment.objects.filter(during, Q(institution=parent) | Q(parent=institution)).exists():
        raise AttachedElsewhere(field="parent")
    if Attachment.objects.filter(during, institution=institution).exists():
        raise AttachedTwice(field="start_date")


def _during(start: date, end: date | None) -> Q:
    """Match what is in force on one of the days from `start` to the eve of `end`."""
    begins_before = Q() if end is None else Q(start_date__lt=end)
    return begins_before & (Q(end_date=None) | Q(end_date__gt=start))


def _tell(attachment: Attachment, action: str, actor_id: int | None, now: datetime) -> None:
    parent, institution = attachment.parent, attachment.institution
    details = {
        "parent": parent.key,
        "start_date": attachment.start_date.isoformat(),
        "end_date": attachment.end_date.isoformat() if attachment.end_date else None,
    }
    audit.record(actor_id=actor_id, action=f"institution.{action}", target=institution, details=details, at=now)
    publish(AttachmentChanged(aggregate=institution.uuid, at=now, parent=parent.uuid))
