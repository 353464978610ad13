"""What staff does to pages is noted, and the rows of modules and journeys follow their pages, in one transaction."""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from kernel import audit, clock

from .catalogue import indexing
from .models import JourneyPage, ModulePage
from .services import follow_journey, follow_module, forget_page


@receiver(page_published, dispatch_uid="lms.learning.page_published")
def note_published(sender: type[Page], instance: Page, revision: Any = None, **kwargs: Any) -> None:
    """Note who published `instance` (nobody when a command did)."""
    actor_id = getattr(revision, "user_id", None)
    audit.record(actor_id=actor_id, action="page_published", target=_name(instance), at=clock.now())
    _follow(instance, is_edited=actor_id is not None)


@receiver(page_unpublished, dispatch_uid="lms.learning.page_unpublished")
def note_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Note that `instance` was withdrawn."""
    audit.record(actor_id=None, action="page_unpublished", target=_name(instance), at=clock.now())
    if isinstance(instance, ModulePage | JourneyPage):
        _forget(instance)


@receiver(page_slug_changed, dispatch_uid="lms.learning.page_slug_changed")
def follow_address(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """The key follows the address."""
    _follow(instance, is_edited=False)


@receiver(pre_delete, sender=ModulePage, dispatch_uid="lms.learning.module_deleted")
@receiver(pre_delete, sender=JourneyPage, dispatch_uid="lms.learning.journey_deleted")
def note_deleted(sender: type[Page], instance: Any, **kwargs: Any) -> None:
    """Note that a page goes; its row stays."""
    audit.record(actor_id=None, action="page_deleted", target=_name(instance), at=clock.now())
    _forget(instance)


def _follow(page: Page, *, is_edited: bool) -> None:
    if isinstance(page, ModulePage):
        follow_module(page, is_edited=is_edited)
        indexing.index_page(page)
    elif isinstance(page, JourneyPage):
        follow_journey(page, is_edited=is_edited)


def _forget(page: ModulePage | JourneyPage) -> None:
    forget_page(page)
    if isinstance(page, ModulePage):
        indexing.forget_page(page)


def _name(page: Page) -> str:
    return f"{page.specific_class._meta.label}:{page.pk}"
