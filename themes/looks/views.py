"""Pages of /cms/ where the look of a university is seen, tried and kept."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from kernel import clock
from kernel.errors import Invalid
from themes.models import Look

from .access import editable, may_add
from .forms import LookForm, initial_of
from .preview import MODES, sheet_of, tried
from .saving import save_look
from .sheet import in_words, logo_rule

COLOURS = ("brand", "wash")


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """List the looks one may change."""
    found = list(editable(request.user))
    if not found and not may_add(request.user):
        raise PermissionDenied
    return render(request, "looks/list.html", {"looks": found, "may_add": may_add(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, key: str = "") -> HttpResponse:
    """Show the form of a look (without a key: of a new one); on POST, keep it, try it, or take a colour proposed."""
    row = _asked(request, key)
    is_administrator = may_add(request.user)
    if request.method != "POST":
        return _page(
            request, LookForm(initial=initial_of(row) if row else {}, look=row, is_administrator=is_administrator), row
        )
    typed = _with_taken(request)
    form = LookForm(typed, request.FILES, look=row, is_administrator=is_administrator)
    is_kept = form.is_valid() and "essai" not in typed and "prendre" not in request.POST
    if not is_kept:
        return _page(request, form, row, status=422 if form.errors else 200)
    key = key or form.cleaned_data["key"]
    try:
        kept = save_look(key=key, wishes=form.wishes(), actor_id=request.user.pk, now=clock.now())
    except Invalid as error:  # somebody took a host name in the meantime
        form.add_error(error.field or None, error.sentence)
        return _page(request, form, row, status=error.status)
    response = HttpResponseRedirect(f"{reverse('themes_look', args=[kept.key])}?gardee=1")
    response.status_code = 303
    return response


@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest) -> HttpResponse:
    """Show a fragment of a page in colours that are not saved."""
    row = editable(request.user).filter(key=request.GET.get("cle", "")).first()
    mode = request.GET.get("mode", "")
    context = {
        "trial": tried(request.GET.get("brand", ""), request.GET.get("wash", "")),
        "name": request.GET.get("nom", "")[:60],
        "logo": row is not None and row.logo_digest,
        "mode": mode if mode in MODES else "jour",
        "query": request.GET.urlencode(),
    }
    return render(request, "looks/preview.html", context)


@require_safe
def preview_sheet(request: HttpRequest) -> HttpResponse:
    """Return the stylesheet of a preview, with the saved logo."""
    trial = tried(request.GET.get("brand", ""), request.GET.get("wash", ""))
    text = sheet_of(trial, request.GET.get("mode", ""))
    row = editable(request.user).filter(key=request.GET.get("cle", "")).first()
    if row and row.logo:
        text += logo_rule(row.logo_width, row.logo_height, in_words(bytes(row.logo)))
    return HttpResponse(text, content_type="text/css; charset=utf-8", headers={"Cache-Control": "no-store"})


def _asked(request: HttpRequest, key: str) -> Look | None:
    """Return the look to change, or nothing for a new one. Raises PermissionDenied, Http404."""
    if key:
        return get_object_or_404(editable(request.user), key=key)
    if not may_add(request.user):
        raise PermissionDenied
    return None


def _with_taken(request: HttpRequest) -> Any:
    """Return what was typed, with the colour taken by `prendre` (`brand #0a5a57`) in its place."""
    typed = request.POST.copy()
    field, _, colour = request.POST.get("prendre", "").partition(" ")
    if field in COLOURS:
        typed[field] = colour
    return typed


def _page(request: HttpRequest, form: LookForm, row: Look | None, *, status: int = 200) -> HttpResponse:
    shown = {name: form[name].value() or "" for name in ("name", *COLOURS)}
    context = {
        "form": form,
        "look": row,
        "trial": tried(shown["brand"], shown["wash"]),
        "shown": shown,
        "is_kept": "gardee" in request.GET and request.method == "GET",
    }
    return render(request, "looks/edit.html", context, status=status)
