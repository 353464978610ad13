"""The final check of a module, once the sitting is over."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from lms.assessments.api import check_percentages
from lms.learning.checks import context_of
from lms.learning.models import Module, ModuleProgress

from .completing import complete_if_done
from .recording import lock_progress


def best_checks(rows: Iterable[ModuleProgress], owner_id: int) -> dict[str, int | None]:
    """Return the best percentage for each module of `rows`, by its key.

    What the worker has not noted yet counts already: who has just passed is not told the contrary.
    """
    noted = {row.module.key: row.best_check for row in rows}
    live = check_percentages(owner_id, [context_of(key) for key in noted]) if noted else {}
    found = {key: (best, live.get(context_of(key))) for key, best in noted.items()}
    return {key: max((one for one in pair if one is not None), default=None) for key, pair in found.items()}


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
