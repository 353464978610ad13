"""A sitting that was the final check of a module counts for its progress, once it is over."""

from kernel.events import listen
from lms.assessments.events import AttemptCompleted
from lms.learning import selectors
from lms.learning.checks import module_key

from .checks import note_check
from .people import is_here


@listen(AttemptCompleted, only=lambda event: event.owner is not None and bool(event.context))
def count_check(event: AttemptCompleted) -> None:
    """Note the check of somebody signed in, who has not left since."""
    module = selectors.module(module_key(event.context)) if event.context and event.owner else None
    if module is not None and event.owner is not None and is_here(event.owner):
        note_check(owner_id=event.owner, module=module, points=event.points, top=event.top, finished_at=event.at)
