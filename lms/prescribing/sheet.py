"""What the pages of those who ask say: a line of the list, one thing asked with its picture and its people."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from competencies.api import current_framework
from lms.assessments.api import Assignment, Window, day_of, window, written_day
from lms.cohorts.api import Access, search
from lms.learning import api as learning
from themes import pictures

from . import selectors
from .models import Reminder
from .titles import title_of
from .types import LABELS, Counts, Line, State

OUTSIDE = "code"
LISTS = (State.NOT_BEGUN, State.BEGUN, State.FINISHED)
STUDENT = ("student__first_name", "student__last_name", "student__usage_name", "student__student_number", "group")
ACCOUNT = ("user__first_name", "user__last_name")
MENU = 50  # people in one menu: more are reached by looking for them
FEW = 12  # cohorts drawn one by one


def window_word(asked: Assignment, now: datetime) -> str:
    """Say where one is in its dates."""
    return {
        Window.AHEAD: _("à venir"),
        Window.OPEN: _("en cours"),
        Window.OVER: _("date passée"),
        Window.CLOSED: _("close"),
    }[window(asked, asked.closes_at, now)]


def opens_day(asked: Assignment, now: datetime) -> str:
    """Return the day it opens, while that is still to come."""
    is_ahead = window(asked, asked.closes_at, now) is Window.AHEAD
    return written_day(asked.opens_at, asked.institution) if is_ahead else ""


def row_of(asked: Any, journeys: Mapping[str, learning.Journey], now: datetime) -> dict[str, Any]:
    """Return a line of the list."""
    total = asked.placed_count + asked.outside_count
    return {
        "asked": asked,
        "title": title_of(asked, journeys),
        "window": window_word(asked, now),
        "is_open": window(asked, asked.closes_at, now) is Window.OPEN,
        "opens_day": written_day(asked.opens_at, asked.institution),
        "closes_day": written_day(asked.closes_at, asked.institution) if asked.closes_at else "",
        "counts": Counts(asked=total, begun=asked.begun_count, finished=asked.finished_count),
    }


def page_of(asked: Assignment, access: Access, now: datetime) -> dict[str, Any]:
    """Return what the page of one thing asked says but its people."""
    counts = selectors.counts(asked, access, now)
    cohorts = list(asked.cohorts.select_related("institution").order_by("name", "pk"))
    where = window(asked, asked.closes_at, now)
    return {
        "asked": asked,
        "window": window_word(asked, now),
        "is_closed": where is Window.CLOSED,
        "is_over": where is Window.OVER,
        "opens_day": written_day(asked.opens_at, asked.institution),
        "closes_day": written_day(asked.closes_at, asked.institution) if asked.closes_at else "",
        "counts": counts,
        "shares": pictures.percentages([counts.finished, counts.under_way, counts.not_begun]),
        "cohorts": cohorts,
        "targets": targets(asked),
        "may_change": selectors.may_change(asked, access),
        "groups": selectors.groups(asked, access, now),
        "next_day": day_of(max(now, asked.closes_at or now), asked.institution).isoformat(),
        "reminders": list(Reminder.objects.filter(assignment=asked).order_by("-asked_at", "-pk")[:5]),
        "now": now,
        **_drawn(asked, counts, access, now),
    }


def _drawn(asked: Assignment, counts: Counts, access: Access, now: datetime) -> dict[str, Any]:
    """Return the picture: everybody, then each cohort when there are several."""
    names = [_("Terminé"), _("Commencé"), _("Pas commencé")]
    whole = [counts.finished, counts.under_way, counts.not_begun]
    rows = [{"label": _("Ensemble"), "group": "", "hue": 3, "counts": whole[::-1]}] if counts.asked else []
    several = selectors.counts_by_cohort(asked, access, now)
    if 1 < len(several) <= FEW:
        rows += [{"label": name, "group": "", "hue": 3, "counts": told[::-1]} for name, told in several]
    title = _("Où en sont les personnes à qui cela est demandé")
    return {
        "picture": pictures.levels(rows, names[::-1], title) if rows else "",
        "picture_phone": pictures.levels_phone(rows, names[::-1], title) if rows else "",
        "by_cohort": several if len(several) > 1 else [],
    }


def targets(asked: Assignment) -> list[tuple[str, str]]:
    """Return the levels that are aimed at, by domain."""
    language, framework = get_language() or "fr", current_framework()
    levels = {one.code: one.title(language) for one in framework.levels}
    return [
        (one.title(language), levels[asked.target_levels[one.code]])
        for one in framework.domains
        if asked.target_levels.get(one.code) in levels
    ]


def list_of(
    asked: Assignment, access: Access, state: str, words: str, pages: Callable[[Any], dict[str, Any]], now: datetime
) -> dict[str, Any]:
    """Return the people of one list who are looked for, fifty a page: in a state, or those who came by the code."""
    state = state if state in (*LISTS, OUTSIDE) else State.NOT_BEGUN
    if state == OUTSIDE:
        found = pages(search(selectors.outside(asked, access, now), words, *ACCOUNT))
        lines = selectors.lines_of_joined(list(found["page"].object_list), asked, now)
    else:
        rows = selectors.in_state(selectors.enrolments(asked, access, now), asked, state)
        found = pages(search(rows, words, *STUDENT))
        lines = selectors.lines_of_places(list(found["page"].object_list), asked, now)
    here = reverse("prescribing:assignment", args=[asked.uuid])
    looked_for = f"&{urlencode({'q': words})}" if words else ""
    tabs = [(key, LABELS[key], f"{here}?etat={key}{looked_for}") for key in LISTS]
    if asked.is_open and access.may_see_names(asked.institution):
        tabs.append((OUTSIDE, _("venus par le code"), f"{here}?etat={OUTSIDE}{looked_for}"))  # type: ignore[arg-type]
    return {**found, "lines": lines, "state": state, "tabs": tabs, "words": words, "here": here}


def menu_of(asked: Assignment, access: Access, words: str, lines: Sequence[Line], now: datetime) -> dict[str, Any]:
    """Return who may be given more time: those of the list shown, or those looked for, whatever they have done."""
    found = _found(asked, access, words, now) if words else [(one.key, one.name, one.number) for one in lines]
    return {"people": found[:MENU], "are_more": len(found) > MENU, "menu_size": MENU, "who": words}


def _found(asked: Assignment, access: Access, words: str, now: datetime) -> list[tuple[str, str, str]]:
    """Return (what an extension is granted to, name, number) of those looked for, one more than the menu holds."""
    rows = search(selectors.enrolments(asked, access, now), words, *STUDENT)[: MENU + 1]
    found = [
        (f"student:{one.student.uuid}", one.student.name or one.student.student_number, one.student.student_number)
        for one in rows
    ]
    others = search(selectors.outside(asked, access, now), words, *ACCOUNT)[: MENU + 1 - len(found)]
    return found + [(f"user:{one.user.uuid}", one.user.get_full_name() or _("Sans nom"), "") for one in others]
