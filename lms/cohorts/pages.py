"""What the pages of cohorts share: going on after a form, saying what was done, putting a refusal where it belongs."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise

from kernel.errors import Invalid, SocleError
from themes.preferences import carry

from .errors import DayTooEarly, DayTooLate
from .years import is_too_early, is_too_late

PAGE = 50


def see_other(request: HttpRequest, url: str, done: str = "") -> HttpResponse:
    """Return a 303 to `url`, which will say what was `done`, with the reader's preferences."""
    if done:
        url += f"{'&' if '?' in url else '?'}fait={done}"
    response = HttpResponseRedirect(carry(request, url))
    response.status_code = 303
    return response


def what_was_done(request: HttpRequest, sentences: Mapping[str, str | Promise]) -> str:
    """Return the sentence for what the form before this page did, or nothing."""
    return str(sentences.get(request.GET.get("fait", ""), ""))


def put_refusal(form: forms.BaseForm, error: SocleError) -> int:
    """Write a refusal in `form`, at the field it names when it names one; return its HTTP status."""
    name = error.field if isinstance(error, Invalid) else ""
    form.add_error(name if name in form.fields else None, error.sentence)
    return error.status


def after_last_day(day: date | None, zone: str) -> datetime | None:
    """Return the moment at which `day`, the last one, is over where the institution is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)) if day else None


def ensure_near(day: date | None, now: datetime, *, field: str) -> None:
    """Raise DayTooEarly or DayTooLate, on `field`, for a day that can only have been mistyped."""
    if day is not None and is_too_early(day, now):
        raise DayTooEarly(field=field)
    if day is not None and is_too_late(day, now):
        raise DayTooLate(field=field)


def last_day(moment: datetime | None, zone: str) -> date | None:
    """Return the last day before `moment` where the institution is."""
    return (moment.astimezone(ZoneInfo(zone)) - timedelta(microseconds=1)).date() if moment else None
