"""Where a reader is in a module. A signed-out reader is nowhere: nothing is kept of them."""

from django.http import HttpRequest

from kernel import clock
from lms.learning import progress
from lms.learning.models import ModulePage
from lms.learning.progress import Place

__all__ = ["Place", "place_of", "ticket_of"]


def place_of(request: HttpRequest, page: ModulePage) -> Place:
    """Return where the person signed in is in `page`."""
    steps = [step.value["key"] for step in page.steps]
    return progress.place_of(owner_id=_reader_id(request), key=page.slug, steps=steps)


def ticket_of(request: HttpRequest, page: ModulePage, step: str) -> str:
    """Return what lets the page of `step` say how long it was seen; "" for a reader who is not signed in."""
    owner_id = _reader_id(request)
    if owner_id is None:
        return ""
    return progress.issue_ticket(owner_id=owner_id, module=page.slug, step=step, now=clock.now())


def _reader_id(request: HttpRequest) -> int | None:
    user = getattr(request, "user", None)  # a preview in /cms/ may have none
    return user.pk if user is not None and user.is_authenticated else None
