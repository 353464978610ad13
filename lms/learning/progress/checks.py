"""The final check of a module, once the sitting is over."""

from datetime import datetime

from django.db import transaction

from lms.learning.models import Module

from .completing import complete_if_done
from .recording import lock_progress


@transaction.atomic
def note_check(*, owner_id: int, module: Module, points: int, top: int, finished_at: datetime) -> int:
    """Note a finished check, of which the best counts; return its percentage, rounded down: 59.9 is not 60."""
    percentage = 100 * points // top if top else 0
    progress = lock_progress(owner_id, module, finished_at)
    if progress.best_check is None or percentage > progress.best_check:
        progress.best_check, progress.checked_at = percentage, finished_at
        progress.save(update_fields=["best_check", "checked_at"])
    complete_if_done(progress, module, now=finished_at)
    return percentage
