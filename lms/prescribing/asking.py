"""What is asked of somebody: read from rows as they are, the nearest end first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lms.accounts.api import User
from lms.assessments.api import (
    Assignment,
    AssignmentExtension,
    Attempt,
    Participation,
    Window,
    closing,
    day_of,
    window,
    written_day,
)
from lms.cohorts.api import Enrolment
from lms.learning import api as learning

from .titles import assessment_title, journey_title, journeys_by_key, title_of
from .types import Asked, Part, State

STILL_SHOWN = timedelta(days=30)  # after its end, for who has not finished


@dataclass(frozen=True)
class Known:
    """What is known of one person about all that is asked of them."""

    user: User
    now: datetime
    places: Sequence[Enrolment]
    participations: Mapping[int, Participation]
    extensions: Sequence[AssignmentExtension]
    attempts: Mapping[int, Attempt]
    journeys: Mapping[str, learning.Journey]
    modules: Sequence[learning.ModuleLine]
    published: Mapping[str, Sequence[str]]


def assignments_of(user_id: int, now: datetime) -> QuerySet[Assignment]:
    """Return what is asked of somebody: of a cohort that stands where they have a place, or joined by its code."""
    standing = Enrolment.objects.standing(timezone.localdate(now)).filter(user_id=user_id, cohort__closed_at=None)
    through = Assignment.cohorts.through.objects.filter(cohort_id__in=standing.order_by().values("cohort_id"))
    joined = Participation.objects.filter(user_id=user_id, joined_at__isnull=False).order_by()
    return Assignment.objects.filter(
        Q(pk__in=through.order_by().values("assignment_id")) | Q(pk__in=joined.values("assignment_id"))
    )


def asked_of(user: User, now: datetime) -> list[Asked]:
    """Return what is asked of `user` now, what is left to do first and the nearest end first.

    One query when nothing is asked; as many for one thing as for ten.
    """
    standing = assignments_of(user.pk, now).filter(closed_at=None, opens_at__lte=now)
    rows = list(standing.select_related("assessment", "institution", "created_by").order_by("pk"))
    if not rows:
        return []
    known = known_of(user, rows, now)
    found = [one for row in rows if (one := asked(row, known)) and _is_worth_showing(one, now)]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(found, key=lambda one: (one.is_finished, one.closes_at or far, one.code))


def _is_worth_showing(one: Asked, now: datetime) -> bool:
    if one.closes_at is None:
        return True
    return now <= one.closes_at if one.is_finished else now <= one.closes_at + STILL_SHOWN


def known_of(user: User, rows: Sequence[Assignment], now: datetime) -> Known:
    """Return what is known of `user` about `rows`."""
    asks_journey = any(row.journey_key for row in rows)
    standing = Enrolment.objects.standing(timezone.localdate(now)).filter(user_id=user.pk).order_by("pk")
    participations = Participation.objects.filter(user_id=user.pk, assignment__in=rows).order_by("pk")
    open_attempts = Attempt.objects.filter(owner_id=user.pk, assignment__in=rows, state=Attempt.State.OPEN)
    return Known(
        user=user,
        now=now,
        places=list(standing),
        participations={row.assignment_id: row for row in participations},
        extensions=list(AssignmentExtension.objects.filter(assignment__in=rows).order_by("pk")),
        attempts={row.assignment_id: row for row in open_attempts.order_by("pk") if row.assignment_id},
        journeys=journeys_by_key() if asks_journey else {},
        modules=learning.module_lines(owner_id=user.pk, language=get_language() or "fr") if asks_journey else (),
        published=learning.professions_of_modules() if asks_journey else {},
    )


def asked(row: Assignment, known: Known) -> Asked:
    """Return `row` as its reader is told."""
    closes_at = closing_for(row, known)
    parts = tuple(_parts(row, known, closes_at))
    return Asked(
        code=row.code,
        url=reverse("prescribing:asked", args=[row.written_code]),
        title=title_of(row, known.journeys),
        institution=row.institution.name,
        asker=row.created_by.get_full_name() if row.created_by else "",
        message=row.message,
        closes_at=closes_at,
        closes_day=written_day(closes_at, row.institution) if closes_at else "",
        days_left=_days_left(row, closes_at, known.now),
        state=_state(parts, closes_at, known.now),
        parts=parts,
    )


def closing_for(row: Assignment, known: Known) -> datetime | None:
    """Return the last moment at which this person may begin."""
    return closing(
        row,
        [one for one in known.extensions if one.assignment_id == row.pk],
        user_id=known.user.pk,
        student_ids={place.student_id for place in known.places},
        groups={(place.cohort_id, place.group) for place in known.places if place.group},
    )


def _days_left(row: Assignment, closes_at: datetime | None, now: datetime) -> int | None:
    if closes_at is None:
        return None
    return (day_of(closes_at, row.institution) - day_of(now, row.institution)).days


def _state(parts: Sequence[Part], closes_at: datetime | None, now: datetime) -> State:
    if all(part.is_done for part in parts):
        return State.FINISHED
    if closes_at is not None and now > closes_at:
        return State.LATE
    return State.BEGUN if any(part.is_begun for part in parts) else State.NOT_BEGUN


def _parts(row: Assignment, known: Known, closes_at: datetime | None) -> list[Part]:
    parts = [_test_part(row, known, closes_at)] if row.assessment else []
    return [*parts, _journey_part(row, known)] if row.journey_key else parts


def _test_part(row: Assignment, known: Known, closes_at: datetime | None) -> Part:
    seen, under_way = known.participations.get(row.pk), known.attempts.get(row.pk)
    done_at = seen.test_finished_at if seen else None
    may_begin = window(row, closes_at, known.now) is Window.OPEN
    url = reverse("prescribing:asked", args=[row.written_code]) if may_begin else ""
    if under_way is not None:
        url = reverse("assessments:question", args=[under_way.token])
    return Part(
        kind="test",
        title=assessment_title(row),
        remains=_test_remains(row, done_at, is_under_way=under_way is not None, may_begin=may_begin),
        url="" if done_at and not under_way else url,
        is_done=done_at is not None,
        is_begun=done_at is not None or under_way is not None or bool(seen and seen.attempts),
    )


def _test_remains(row: Assignment, done_at: datetime | None, *, is_under_way: bool, may_begin: bool) -> str:
    if done_at is not None:
        return _("Passé le %(day)s.") % {"day": written_day(done_at, row.institution)}
    if is_under_way:
        return _("Commencé : il reste à le terminer.")
    if not may_begin:
        return _("Il ne peut plus être commencé.")
    minutes = row.assessment.minutes if row.assessment else 0
    return _("À passer, %(minutes)d min environ.") % {"minutes": minutes}


def _journey_part(row: Assignment, known: Known) -> Part:
    journey = known.journeys.get(row.journey_key)
    if journey is None:
        said = _("Ce parcours n’est plus proposé : rien ne vous manque.")
        return Part("journey", row.journey_key, said, "", is_done=True, is_begun=False)
    line = _journey_line(journey, known)
    return Part(
        kind="journey",
        title=journey_title(row, known.journeys),
        remains=_journey_remains(line),
        url="" if line.is_completed else _next_url(line, known),
        is_done=line.is_completed,
        is_begun=bool(line.done) or any(one.key in journey.every_key for one in known.modules),
        segments=tuple(line.segments),
    )


def _journey_line(journey: learning.Journey, known: Known) -> learning.JourneyLine:
    language = get_language() or "fr"
    return learning.journey_line(journey, modules=known.modules, published=known.published, language=language)


def _journey_remains(line: learning.JourneyLine) -> str:
    if line.is_completed:
        return _("Tous ses modules sont terminés.")
    left = line.total - line.done
    said = ngettext("Reste %(left)d module sur %(total)d.", "Restent %(left)d modules sur %(total)d.", left)
    return said % {"left": left, "total": line.total}


def _next_url(line: learning.JourneyLine, known: Known) -> str:
    """Lead to the module under way, else to the next one, else to the journey itself."""
    for module in known.modules:
        if module.key == line.following:
            return module.resume_url
    return learning.page_url(line.following, get_language() or "fr") if line.following else line.url
