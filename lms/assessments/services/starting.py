"""Starting an attempt: everything it will use is frozen in its row."""

from datetime import datetime, timedelta

from django.db import transaction

from competencies import api as competencies
from kernel.clock import database_now
from kernel.events import publish
from lms.cohorts.api import Adjustment
from question_bank import api as bank

from .. import delivery, focusing, selectors, steps
from ..errors import BankTooSmall
from ..events import AttemptStarted
from ..models import Assessment, Attempt, Wording
from ..types import Focus, Step
from .admitting import Admission, admit

NO_ADJUSTMENT = Adjustment()


@transaction.atomic
def start_attempt(
    *,
    assessment: str = "",
    locale: str,
    owner_id: int | None,
    wording: str = Wording.STANDARD,
    focus: Focus | None = None,
    assignment: str = "",
) -> Step:
    """Open an attempt and serve its first item; `focus` makes it a check; `assignment` is the code of what is asked.

    Raises AssessmentUnknown or BankTooSmall; for an assignment, what `admitting.admit` raises.
    """
    now = database_now()
    admission = admit(code=assignment, owner_id=owner_id, now=now) if assignment else None
    offer = _offer(admission, assessment, is_focused=focus is not None)
    attempt = Attempt(
        assessment=offer,
        purpose=offer.purpose,
        owner_id=owner_id,
        framework_id=competencies.current_framework_id(),
        bank_release_id=bank.current_release_id(),
        locale=locale,
        wording=wording,
        started_at=now,
        served_at=now,
        deadline_at=_deadline(offer, now, NO_ADJUSTMENT),
        erase_after=None if owner_id else now + selectors.anonymous_lifetime(),
    )
    if admission is not None:
        _prescribe(attempt, admission)
    if focus is not None:
        _narrow(attempt, focus)
    delivery.begin(attempt, selectors.items_seen(owner_id=owner_id, since=now - selectors.SEEN_LATELY))
    attempt.save(force_insert=True)
    publish(
        AttemptStarted(aggregate=attempt.uuid, at=now, assessment=offer.key, owner=owner_id, context=attempt.context)
    )
    return steps.current(attempt)


def _narrow(attempt: Attempt, focus: Focus) -> None:
    """Freeze what a check is about, what it must not serve, and what was believed of the person before it."""
    here = delivery.setting(attempt)  # still that of the whole assessment
    attempt.avoid = [index for index, entry in enumerate(here.release.entries) if entry.key in focus.avoid]
    attempt.context, competencies = focus.context, focusing.places(here, focus.competencies)
    previous = selectors.last_measure(attempt.owner_id, attempt.framework_id, attempt.started_at)
    if previous is not None:
        known = delivery.believed(previous, selectors.scores(previous))
        attempt.prior = focusing.widened(known, competencies, here.prior).to_bytes()
    attempt.focus = list(focus.competencies)
    _leave_out_what_was_shown(attempt, here)
    if delivery.setting(attempt).eligible.sum() < here.blueprint.length_min:
        raise BankTooSmall


def _leave_out_what_was_shown(attempt: Attempt, here: delivery.Setting) -> None:
    """Serve nothing of the person’s earlier checks of the same thing (they were explained), if enough is left."""
    shown = selectors.keys_shown(owner_id=attempt.owner_id, context=attempt.context)
    asked, more = attempt.avoid, [i for i, entry in enumerate(here.release.entries) if entry.key in shown]
    attempt.avoid = sorted({*(asked or ()), *more})
    if delivery.setting(attempt).eligible.sum() < here.blueprint.length_max:
        attempt.avoid = asked


def _offer(admission: Admission | None, key: str, *, is_focused: bool) -> Assessment:
    """Return what is taken: what was asked, open to all or not, else the assessment `key`."""
    if admission is not None and admission.assignment.assessment is not None:
        return admission.assignment.assessment
    return selectors.open_assessment(key, is_focused=is_focused)


def _prescribe(attempt: Attempt, admission: Admission) -> None:
    """Keep what it answers, for whom, and the conditions that apply: the adjustment itself, never its reason."""
    asked, adjustment = admission
    attempt.assignment_id, attempt.institution_id = asked.pk, asked.institution_id
    attempt.time_percent, attempt.pause_minutes = adjustment.time_percent, adjustment.pause_minutes
    attempt.deadline_at = _deadline(attempt.assessment, attempt.started_at, adjustment)


def _deadline(offer: Assessment, now: datetime, adjustment: Adjustment) -> datetime | None:
    """Return when the time allowed ends: the usual time at its percentage, to the second above, then the pauses."""
    limit = offer.blueprint.time_limit
    if limit is None:
        return None
    seconds = -(-limit * adjustment.time_percent // timedelta(seconds=100))
    return now + timedelta(seconds=seconds, minutes=adjustment.pause_minutes)
