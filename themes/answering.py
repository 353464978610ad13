"""How a page answers a form: going on, saying what was done, putting a refusal where it belongs."""

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise

from kernel.errors import Invalid, SocleError

from .preferences import carry


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
