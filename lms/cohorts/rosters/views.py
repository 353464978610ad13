"""/pilotage/inscriptions/: from the file to what it changed, one page after the other, without JavaScript."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import clock
from kernel.errors import NotFound, SocleError
from kernel.models import Job
from themes.answering import put_refusal, see_other, what_was_done

from ..access import NOT_YOURS
from ..institutions.cohorts import open_cohort
from ..models import Cohort
from ..pages import PAGE
from ..requests import access_for
from ..types import Access
from . import layouts, previewing, samples, services, telling
from .forms import MappingForm, RosterForm
from .models import RosterImport
from .wording import DONE, changes, sentences

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOUBTS = 20
ERRORS = 50
WAITING = (RosterImport.State.READING, RosterImport.State.APPLYING)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rosters(request: HttpRequest) -> HttpResponse:
    """Ask for a cohort and its list; show the imports there were."""
    access, now = _coordinating(request), clock.now()
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RosterForm(*bound, access=access, today=timezone.localdate(now), initial={"cohort": _asked(request, access)})
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            roster = _begin(access, form.cleaned_data, now)
        except SocleError as error:
            status = put_refusal(form, error)
        else:
            return see_other(request, _address(roster))
    context = {
        "form": form,
        "page": _history(request, access),
        "cohorts": _cohorts(access),
        "done": what_was_done(request, DONE),
    }
    return render(request, "cohorts/rosters/rosters.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def roster(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show where an import is: its columns to name, its preview, its progress, its result."""
    row = _found(request, uuid)
    if row.state == RosterImport.State.MAPPING:
        return _mapping(request, row)
    if request.method == "POST":
        return _decided(request, row)
    if row.state == RosterImport.State.READY:
        return _preview(request, row)
    return _progress(request, row) if row.state in WAITING else _result(request, row)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def columns(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Name the columns again."""
    row = _found(request, uuid)
    if not row.is_open:
        return see_other(request, _address(row))
    return _mapping(request, row)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def doubts(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the lines that may be somebody already known, or another line; keep what is decided."""
    row = _found(request, uuid)
    if row.state != RosterImport.State.READY:
        return see_other(request, _address(row))
    if request.method == "POST":
        return _decide(request, row)
    found = row.said.get("doubts", [])
    if not found:
        return see_other(request, _address(row))
    page = Paginator(found, DOUBTS).get_page(request.GET.get("page"))
    shown = [{**doubt, "why": _(doubt["why"]) % doubt.get("values", {})} for doubt in page]
    return render(request, "cohorts/rosters/doubts.html", {"roster": row, "page": page, "doubts": shown})


@require_safe
@never_cache
def errors(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send the lines left out as CSV: line, column, who, why. After the import, for a day."""
    row = _found(request, uuid)
    return _download(telling.as_csv(row), "text/csv; charset=utf-8", "lignes-laissees.csv")


@require_safe
def sample(request: HttpRequest, kind: str) -> HttpResponse:
    """Send the model file."""
    _coordinating(request)
    if kind == "csv":
        return _download(samples.sample_csv(), "text/csv; charset=utf-8", "modele-inscriptions.csv")
    return _download(samples.sample_xlsx(), XLSX, "modele-inscriptions.xlsx")


@require_POST
@never_cache
def abandon(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give an import up."""
    row = _found(request, uuid)
    is_cohort_gone = services.abandon(roster=row, access=access_for(request), now=clock.now())
    return see_other(request, reverse("cohorts:rosters"), "abandon-cohorte" if is_cohort_gone else "abandon")


def _coordinating(request: HttpRequest) -> Access:
    """Return what the person may see; raises NotFound for whoever coordinates nothing."""
    access = access_for(request)
    if not access.coordinated:
        raise NotFound(NOT_YOURS)
    return access


def _found(request: HttpRequest, uuid: UUID) -> RosterImport:
    rows = RosterImport.objects.visible_to(_coordinating(request))
    row = (
        rows.select_related("cohort__institution", "cohort__programme", "created_by", "confirmed_by")
        .filter(uuid=uuid)
        .first()
    )
    if row is None:
        raise NotFound(NOT_YOURS)
    return row


def _asked(request: HttpRequest, access: Access) -> int | None:
    """Return the cohort that the address names, for whoever comes from its page."""
    try:
        uuid = UUID(request.GET.get("cohorte", ""))
    except ValueError:
        return None
    rows = Cohort.objects.filter(institution_id__in=access.coordinated, uuid=uuid)
    return rows.order_by().values_list("pk", flat=True).first()


@transaction.atomic
def _begin(access: Access, said: dict[str, Any], now: datetime) -> RosterImport:
    """Keep the file, and open the cohort it is for if it is a new one: both or neither."""
    cohort = said["cohort"] or open_cohort(
        institution=said["institution"],
        programme=said["programme"],
        academic_year=said["academic_year"],
        name=said["name"],
        year_of_study=None,
        actor_id=access.user_id,
        now=now,
    )
    file, is_new = said["file"], said["cohort"] is None
    return services.begin(
        access=access, cohort=cohort, mode=said["mode"], file=file.file, name=file.name, now=now, opens_cohort=is_new
    )


def _history(request: HttpRequest, access: Access) -> Any:
    rows = RosterImport.objects.visible_to(access).defer("said", "decisions", "header")
    rows = rows.select_related("cohort__institution", "created_by").order_by("-created_at", "-pk")
    return Paginator(rows, PAGE).get_page(request.GET.get("page"))


def _cohorts(access: Access) -> list[Cohort]:
    rows = Cohort.objects.filter(institution_id__in=access.coordinated, closed_at=None).select_related("institution")
    return list(rows.order_by("-academic_year", "name", "pk")[:PAGE])


def _mapping(request: HttpRequest, row: RosterImport) -> HttpResponse:
    header = previewing.header_of(row)
    form = MappingForm(request.POST or None, header=header, mapping=row.mapping)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            services.name_columns(roster=row, mapping=form.mapping, access=access_for(request), now=clock.now())
        except SocleError as error:
            status = put_refusal(form, error)
        else:
            return see_other(request, _address(row))
    return render(
        request, "cohorts/rosters/mapping.html", {"roster": row, "form": form, "header": header}, status=status
    )


def _preview(request: HttpRequest, row: RosterImport, refused: SocleError | None = None) -> HttpResponse:
    context = {
        "roster": row,
        "said": sentences(row.counts, is_replacing=row.is_replacing),
        "lines": [{**line, "what": changes(line["changed"])} for line in row.said.get("lines", [])],
        "errors": telling.left_out(row)[:ERRORS],
        "remarks": telling.notes(row, "remarks")[:ERRORS],
        "blocking": services.blocking(row),
        "refused": refused.sentence if refused else "",
        "left_aside": layouts.left_aside(previewing.header_of(row), row.mapping),
        "has_decisions": bool(row.decisions),
    }
    return render(request, "cohorts/rosters/preview.html", context, status=refused.status if refused else 200)


def _decided(request: HttpRequest, row: RosterImport) -> HttpResponse:
    access, now = access_for(request), clock.now()
    try:
        if "revoir" in request.POST:
            row = services.reconsider(roster=row, access=access, now=now)
            return see_other(request, _after_doubts(row))
        services.confirm(roster=row, digest=request.POST.get("apercu", ""), access=access, now=now)
    except SocleError as error:
        row = _found(request, row.uuid)
        if row.state != RosterImport.State.READY:
            return see_other(request, _address(row))
        return _preview(request, row, error)
    return see_other(request, _address(row))


def _decide(request: HttpRequest, row: RosterImport) -> HttpResponse:
    said = {key.removeprefix("ligne-"): str(value) for key, value in request.POST.items() if key.startswith("ligne-")}
    decisions = {int(line): choice for line, choice in said.items() if line.isdecimal()}
    row = services.decide(roster=row, decisions=decisions, access=access_for(request), now=clock.now())
    return see_other(request, _after_doubts(row))


def _progress(request: HttpRequest, row: RosterImport) -> HttpResponse:
    job = Job.objects.filter(uuid=row.job).first() if row.job else None
    context = {
        "roster": row,
        "percent": job.progress if job else 0,
        "has_failed": job is None or job.state == Job.State.FAILED,
        "is_reading": row.state == RosterImport.State.READING,
    }
    return render(request, "cohorts/rosters/progress.html", context)


def _result(request: HttpRequest, row: RosterImport) -> HttpResponse:
    context: Mapping[str, Any] = {
        "roster": row,
        "said": sentences(row.counts, is_replacing=row.is_replacing, is_done=True) if row.counts else [],
        "is_applied": row.state == RosterImport.State.APPLIED,
        "left_out": telling.left_out(row)[:ERRORS],
        "refusal": telling.refusal(row),
    }
    return render(request, "cohorts/rosters/result.html", dict(context))


def _after_doubts(row: RosterImport) -> str:
    """Return where one goes on: to the doubts that are left, else to the import itself."""
    has_doubts = row.state == RosterImport.State.READY and row.counts["doubts"]
    return reverse("cohorts:roster_doubts", args=[row.uuid]) if has_doubts else _address(row)


def _address(row: RosterImport) -> str:
    return reverse("cohorts:roster", args=[row.uuid])


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
