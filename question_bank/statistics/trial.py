"""Which new items are tried before they count (docs/decisions/0013).

An item enters a release on trial when the bank can do without it: its competency has enough operational items, and
enough of its difficulty. It leaves trial when its parameters are estimated (`is_ready` says when they can be): the
calibration writes them and the state; nothing here does.
"""

from collections import Counter
from collections.abc import Iterable

from question_bank.models import CalibrationState, Item, ItemCalibration, ReleaseItem, Status

from .thresholds import limit

STANDARD = "standard"


def put_on_trial() -> int:
    """Before a release is made: put on trial the new items that can wait; return how many.

    The first release has none: nothing else would be served. An item that was served for good never goes back.
    """
    states = set(ReleaseItem.objects.order_by().values_list("item_version__item_id", "state").distinct())
    if not states:
        return 0
    for_good = {item for item, state in states if state != CalibrationState.PRETEST}
    on_trial = {item for item, state in states if state == CalibrationState.PRETEST}
    items = list(Item.objects.filter(status=Status.PUBLISHED).exclude(current_version=None).order_by("key"))
    known = Counter(place for item in items if item.pk in for_good for place in _places(item))
    waiting = []
    for item in items:
        if item.pk in for_good:
            continue
        if item.pk in on_trial or _can_wait(item, known):
            waiting.append(item.current_version_id)
        else:
            known.update(_places(item))
    fresh = ItemCalibration.objects.filter(variant=STANDARD, state=CalibrationState.EXPECTED)
    return fresh.filter(item_version__in=waiting).update(state=CalibrationState.PRETEST)


def _places(item: Item) -> Iterable[tuple[str, int]]:
    return (item.competency, 0), (item.competency, item.difficulty)


def _can_wait(item: Item, known: Counter[tuple[str, int]]) -> bool:
    return known[item.competency, 0] >= limit("enough_per_competency") and known[
        item.competency, item.difficulty
    ] >= limit("enough_per_difficulty")


def is_ready(*, responses: int, standard_error_b: float | None) -> bool:
    """Say whether an item on trial is known well enough to count (low stakes): what the calibration asks."""
    return (
        responses >= limit("promotion_responses")
        and standard_error_b is not None
        and standard_error_b <= limit("promotion_error")
    )
