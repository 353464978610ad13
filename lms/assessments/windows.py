"""From when to when something asked may be begun: dates of the institution's own time zone, extensions included."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.cohorts.api import Institution

from .models import Assignment, AssignmentExtension

PARIS = ZoneInfo("Europe/Paris")
LAST_SECOND = time(23, 59, 59)


class Window(StrEnum):
    """Where `now` is in what is asked."""

    AHEAD = "ahead"
    OPEN = "open"
    OVER = "over"  # its date has passed
    CLOSED = "closed"  # somebody ended it


def zone_of(institution: Institution) -> ZoneInfo:
    """Return the time zone of an institution; Paris when the name it was given is not one."""
    try:
        return ZoneInfo(institution.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return PARIS


def first_moment(day: date, institution: Institution) -> datetime:
    """Return when `day` begins there."""
    return datetime.combine(day, time(), tzinfo=zone_of(institution))


def last_moment(day: date, institution: Institution) -> datetime:
    """Return the last second of `day` there."""
    return datetime.combine(day, LAST_SECOND, tzinfo=zone_of(institution))


def day_of(moment: datetime, institution: Institution) -> date:
    """Return the day it is there."""
    return moment.astimezone(zone_of(institution)).date()


def written_day(moment: datetime, institution: Institution) -> str:
    """Return the day as people read it, with whose clock it is by when that is not Paris."""
    day = date_format(day_of(moment, institution), "j F Y")
    if zone_of(institution).key == PARIS.key:
        return day
    place = zone_of(institution).key.rpartition("/")[2].replace("_", " ")
    return _("%(day)s (heure de %(place)s)") % {"day": day, "place": {"Noumea": "Nouméa"}.get(place, place)}


def closing(
    assignment: Assignment,
    extensions: Iterable[AssignmentExtension],
    *,
    user_id: int | None = None,
    student_ids: Collection[int] = (),
    groups: Collection[tuple[int, str]] = (),
) -> datetime | None:
    """Return the last moment at which somebody may begin: the latest of everybody's and of their extensions.

    `groups`: theirs, each with the cohort (its pk) that has it. An extension never shortens. None: there is no end.
    """
    if assignment.closes_at is None:
        return None
    theirs = [
        one.closes_at
        for one in extensions
        if (one.user_id is not None and one.user_id == user_id)
        or (one.student_id is not None and one.student_id in student_ids)
        or (one.group and (one.cohort_id, one.group) in groups)
    ]
    return max([assignment.closes_at, *theirs])


def window(assignment: Assignment, closes_at: datetime | None, now: datetime) -> Window:
    """Return where `now` is; the moments of opening and closing are both in."""
    if assignment.closed_at is not None:
        return Window.CLOSED
    if now < assignment.opens_at:
        return Window.AHEAD
    return Window.OVER if closes_at is not None and now > closes_at else Window.OPEN
