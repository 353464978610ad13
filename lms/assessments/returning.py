"""Attempts that came back with an older backup, after they were erased, go again; so do those whose time is over."""

from kernel.clock import database_now
from kernel.erasures import Watched, watch

from .models import Attempt
from .services import erase_attempt
from .tasks import erase_due_attempts


def erase(attempt: Attempt) -> None:
    """Erase an attempt again, as it was: counted first, without its owner."""
    erase_attempt(token=attempt.token, viewer_id=attempt.owner_id)


def is_due(attempt: Attempt) -> bool:
    """Say whether its own date had come when it was erased: that date comes back with it, no note is needed."""
    return attempt.erase_after is not None and attempt.erase_after < database_now()


def register() -> None:
    """Tell the kernel."""
    watch(Watched(Attempt, erase, is_due, erase_due_attempts))
