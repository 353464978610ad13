"""What staff does to pages is noted: an audit entry for each page published or withdrawn."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from kernel import audit, clock


@receiver(page_published, dispatch_uid="lms.learning.page_published")
def note_published(sender: type[Page], instance: Page, revision: Any = None, **kwargs: Any) -> None:
    """Note who published `instance` (nobody when a command did)."""
    actor_id = getattr(revision, "user_id", None)
    audit.record(actor_id=actor_id, action="page_published", target=_name(instance), at=clock.now())


@receiver(page_unpublished, dispatch_uid="lms.learning.page_unpublished")
def note_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Note that `instance` was withdrawn."""
    audit.record(actor_id=None, action="page_unpublished", target=_name(instance), at=clock.now())


def _name(page: Page) -> str:
    return f"{page.specific_class._meta.label}:{page.pk}"
