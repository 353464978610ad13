"""Pages whose day has come: published, or withdrawn, by the worker."""

from datetime import datetime

from django.core.exceptions import ValidationError
from wagtail.models import Page, Revision

from kernel import audit


def publish_due(*, now: datetime) -> None:
    """Publish each page planned for `now` or before, withdraw each whose time is over.

    One that no longer keeps its promises stays as it is, and that is noted.
    """
    for revision in Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at"):
        _publish(revision, now)
    for page in Page.objects.live().filter(expire_at__lte=now).order_by("pk"):
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision, now: datetime) -> None:
    try:
        revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as error:
        # Once, not every minute: whoever opens the page again is told by the gates.
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        target, details = str(revision.content_object), {"reasons": error.messages}
        audit.record(actor_id=None, action="publication_refused", target=target, details=details, at=now)
