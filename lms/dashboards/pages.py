"""What pages with a form share: a day, going on after it, saying what was done, putting a refusal where it belongs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.errors import Invalid, SocleError
from themes.preferences import carry


class DayField(forms.DateField):
    """A day, written by the browser's own calendar or typed."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        messages = {"invalid": _("Écrivez une date : 31/12/2026.")}
        super().__init__(widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y"], error_messages=messages, **options)


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
