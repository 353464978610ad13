"""What finished attempts tell the bank of how much its items are used."""

from collections.abc import Iterable

from question_bank import adaptive
from question_bank import api as bank
from question_bank.types import Exposures

from . import delivery
from .models import Attempt


def record_exposure(attempts: Iterable[Attempt]) -> None:
    """Tell the bank which items finished attempts used, among those they could have: their prices follow."""
    by_release: dict[int, list[Exposures]] = {}
    for attempt in attempts:
        by_release.setdefault(attempt.bank_release_id, []).append(_exposures(attempt))
    for release_id in sorted(by_release):
        bank.record_exposure(release_id=release_id, sittings=by_release[release_id])


def _exposures(attempt: Attempt) -> Exposures:
    here = delivery.setting(attempt)
    used = [item for index, item in enumerate(attempt.selection_log, 1) if index not in attempt.pretest_log]
    eligible = here.eligible & ~here.pool.is_pretest
    limit = adaptive.exposure_limit(here.blueprint.length_max, int(eligible.sum()))
    return Exposures(used, eligible.tolist(), max(limit, attempt.assessment.blueprint.exposure_limit))
