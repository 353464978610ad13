"""What the person is shown next. The same rows always give the same step: that is what a replay needs."""

from typing import Any

from django.utils.translation import override

from question_bank import api as bank

from . import delivery, selectors
from .models import Attempt, Response
from .types import Step


def current(attempt: Attempt) -> Step:
    """Return the item on screen, or that nothing is left."""
    if not attempt.is_open:
        return finished(attempt)
    return _serving(attempt, attempt.position, attempt.remaining)


def after(attempt: Attempt, response: Response) -> Step:
    """Return what the person was told when `response` was acknowledged."""
    if len(attempt.selection_log) <= response.position:
        return finished(attempt, is_replay=True)
    return _serving(attempt, response.position + 1, response.remaining, is_replay=True)


def finished(attempt: Attempt, *, is_replay: bool = False) -> Step:
    """Return the end of the attempt."""
    answered = attempt.position
    return Step(attempt, delivery.progress(attempt, answered, 0), "", 0, None, is_replay)


def _serving(attempt: Attempt, position: int, remaining: int, *, is_replay: bool = False) -> Step:
    entry = delivery.entry_at(attempt, position)
    return Step(
        attempt=attempt,
        progress=delivery.progress(attempt, position, remaining),
        served=delivery.served_id(attempt, position),
        domain_number=domain_number(attempt, entry.competency),
        draw=lambda: _drawn(attempt, position, entry.item_version_id),
        is_replay=is_replay,
    )


def _drawn(attempt: Attempt, position: int, item_version_id: int) -> dict[str, Any]:
    content = bank.item_content(item_version_id)
    done = selectors.gestures(attempt, position) if bank.is_played(content) else []
    with override(attempt.locale):  # the few words of ours inside an item
        return bank.present(content, attempt.item_wording, delivery.mask(attempt), done)


def domain_number(attempt: Attempt, competency: str) -> int:
    """Return the number (from 1) of the domain of a competency, in the framework of the attempt."""
    framework = delivery.setting(attempt).framework
    place = [entry.code for entry in framework.competencies].index(competency)
    return framework.domain_of[place] + 1
