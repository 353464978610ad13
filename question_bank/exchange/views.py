"""The pages of /cms/banque/importer/ and /cms/banque/exporter/: plain forms, no JavaScript."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from kernel import clock
from kernel.errors import SocleError
from kernel.models import Job
from question_bank.authoring import labels

from . import exporting, importing, uploads
from .formats import FILES
from .forms import NAMES, ExportForm, ImportForm
from .notes import Note, Refused

PER_PAGE = 50
MOST_LOST = 200
View = Callable[..., HttpResponse]


def only_for(permission: str) -> Callable[[View], View]:
    """Refuse whoever has not the permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def said(notes: Iterable[Note]) -> list[dict[str, Any]]:
    """Return notes in the words of the screen."""
    return [{"line": note.line, "place": note.place, "sentence": _(note.msgid) % _named(note)} for note in notes]


def _named(note: Note) -> dict[str, Any]:
    """The values of a sentence; fields by the names that authors know."""
    values = dict(note.values)
    if fields := values.get("fields"):
        values["fields"] = "\u00a0; ".join(_field(path) for path in str(fields).split(", "))
    return values


def _field(path: str) -> str:
    return labels.place(tuple(int(key) - 1 if key.isdecimal() else key for key in path.split(".")))


@only_for(importing.ADD)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Ask for a file; look at it; keep it until it is confirmed."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        file, kind = form.cleaned_data["file"], form.cleaned_data["kind"]
        data = file.read()
        try:
            importing.preview(name=file.name, data=data, kind=kind)
        except Refused as error:
            (note,) = said([error.note])
            where = _("Ligne %(line)d : ") % note if note["line"] else ""
            form.add_error("file", f"{where}{note['sentence']}")
        else:
            upload = uploads.keep(data, name=file.name, kind=kind, owner=request.user.pk or 0)
            return HttpResponseRedirect(reverse("question_bank_import_preview", args=[upload.token]))
    status = 422 if form.is_bound else 200
    return render(request, "question_bank/exchange/begin.html", {"form": form}, status=status)


@only_for(importing.ADD)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Show what would be written and what would not; write it when it is confirmed."""
    try:
        upload = uploads.find(token, owner=request.user.pk or 0)
        if request.method == "POST":
            return _decided(request, upload)
        found = importing.preview(name=upload.name, data=upload.data, kind=upload.kind)
    except SocleError as error:
        return render(request, "question_bank/exchange/gone.html", {"sentence": error.sentence}, status=error.status)
    except Refused as error:  # the bank's rules changed since
        return render(request, "question_bank/exchange/gone.html", {"sentence": said([error.note])[0]["sentence"]})
    page = Paginator(found.new, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "upload": upload,
        "format": NAMES[found.reading.format],
        "found": found,
        "page": page,
        "rows": [
            {"item": one, "interaction": labels.interaction(one.data["interaction"]), "notes": said(one.notes)}
            for one in page
        ],
        "about": said(found.reading.about),
        "left_out": said(found.left_out[:MOST_LOST]),
        "is_long": len(found.new) > importing.MANY,
    }
    return render(request, "question_bank/exchange/check.html", context)


def _decided(request: HttpRequest, upload: uploads.Upload) -> HttpResponse:
    if request.POST.get("decision") != "confirm":
        uploads.drop(upload)
        messages.success(request, _("L’import est abandonné ; le fichier est effacé."))
        return HttpResponseRedirect(reverse("question_bank_import"))
    done = importing.confirm(upload, author=request.user, now=clock.now())
    if isinstance(done, Job):
        return HttpResponseRedirect(reverse("question_bank_import_job", args=[done.uuid]))
    count = len(done.new)
    messages.success(
        request, _("%(count)d brouillons sont écrits. Ils sont à compléter, puis à soumettre.") % {"count": count}
    )
    return HttpResponseRedirect(reverse("wagtailsnippets_question_bank_itemdraft:list"))


@only_for(importing.ADD)
@require_safe
def progress(request: HttpRequest, job: UUID) -> HttpResponse:
    """Show how far a long import is; the page comes back by itself."""
    row = get_object_or_404(Job, uuid=job, kind=importing.JOB, owner=request.user.pk)
    is_over = row.state in (Job.State.DONE, Job.State.FAILED)
    context = {
        "job": row,
        "is_over": is_over,
        "is_done": row.state == Job.State.DONE,
        "written": row.payload["count"],
    }
    return render(request, "question_bank/exchange/progress.html", context)


@only_for(exporting.VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """Ask for a format; tell what it would not hold, or give the file."""
    form = ExportForm(request.POST) if request.method == "POST" else ExportForm()
    written = None
    if form.is_valid():
        asked = form.cleaned_data
        if request.POST.get("decision") == "file":
            return _file(asked["kind"], exporting.export_for(reader=request.user, now=clock.now(), **asked).data)
        written = exporting.export_items(**asked)
    context = {"form": form, "written": written, "lost": said(written.lost[:MOST_LOST]) if written else []}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "question_bank/exchange/export.html", context, status=status)


def _file(kind: str, data: bytes) -> HttpResponse:
    name, content_type = FILES[kind]
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=content_type, headers=headers)
