"""Pages of /cms/ on which the bank knows itself. A GET only reads; nothing here computes for long."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from competencies import api as competencies
from kernel import clock
from question_bank.errors import InvalidReport
from question_bank.models import Item, ItemExposure, ItemReport, ReportStatus

from . import bank_pages, presenting, selectors
from .access import may_act, readers_only
from .figures import Share
from .following import DECISIONS, MOST_CHARACTERS, settle_report
from .selectors import ItemSheet
from .words import report_label

ROWS = 50


@require_safe
@readers_only
def item(request: HttpRequest, key: str) -> HttpResponse:
    """Show what answers say of an item."""
    sheet = _sheet(request, key)
    context = presenting.item_page(sheet) | {
        "open_reports": selectors.open_reports(sheet.item),
        "draft": getattr(sheet.item, "draft", None),
    }
    return render(request, "question_bank/statistics/item.html", context)


@require_safe
@readers_only
def item_json(request: HttpRequest, key: str) -> HttpResponse:
    """Return the same as data."""
    return _data(presenting.item_json(_sheet(request, key)))


def _sheet(request: HttpRequest, key: str) -> ItemSheet:
    try:
        return selectors.sheet(key, request.GET.get("variante", "standard"))
    except Item.DoesNotExist as error:
        raise Http404 from error


@require_safe
@readers_only
def coverage(request: HttpRequest) -> HttpResponse:
    """Show what the bank covers, and its holes."""
    context = bank_pages.coverage_page(_coverage(), get_language() or "fr")
    return render(request, "question_bank/statistics/coverage.html", context)


@require_safe
@readers_only
def coverage_json(request: HttpRequest) -> HttpResponse:
    """Return the same as data."""
    return _data(bank_pages.coverage_json(_coverage()))


def _coverage() -> list[selectors.CoverageRow]:
    return selectors.coverage([one.code for one in competencies.current_framework().competencies])


@require_safe
@readers_only
def exposure(request: HttpRequest) -> HttpResponse:
    """Show how many people met each item."""
    rows = selectors.exposures()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_exposed(row) for row in page],
        "never": sum(row.served == 0 for row in rows),
        "picture": bank_pages.exposure_picture(rows) if rows else "",
    }
    return render(request, "question_bank/statistics/exposure.html", context)


def _exposed(row: ItemExposure) -> dict[str, Any]:
    draft = getattr(row.item, "draft", None)
    title = draft.title if draft else ""
    return {"row": row, "title": title or row.item.key, "share": presenting.percent(Share(row.served, row.finished))}


@require_safe
@readers_only
def exposure_json(request: HttpRequest) -> HttpResponse:
    """Return the same as data."""
    return _data(bank_pages.exposure_json(selectors.exposures()))


@require_safe
@readers_only
def reports(request: HttpRequest) -> HttpResponse:
    """Show the errors that learners reported."""
    status = request.GET.get("etat", ReportStatus.NEW)
    page = Paginator(selectors.reports(status), ROWS).get_page(request.GET.get("page"))
    counts = selectors.report_counts()
    tabs = [
        {"key": key, "label": report_label(key), "count": counts[key], "is_on": key == status}
        for key in ReportStatus.values
    ]
    context = {"page": page, "tabs": tabs, "status": status}
    return render(request, "question_bank/statistics/reports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def report(request: HttpRequest, report: UUID) -> HttpResponse:
    """Show one report, and take what is decided of it."""
    row = selectors.reports().filter(uuid=report).first()
    if row is None:
        raise Http404
    context = {"status": row.status, "reply": row.reply, "error": "", "field": ""}
    if request.method == "POST":
        context |= _settled(request, row)
        if not context["error"]:
            messages.success(
                request, _("C’est noté. La personne qui a signalé, si elle a un compte, lira votre réponse.")
            )
            return redirect("question_bank_reports")
    return render(
        request, "question_bank/statistics/report.html", _report_context(request, row, context), status=_code(context)
    )


def _settled(request: HttpRequest, row: ItemReport) -> dict[str, Any]:
    if not may_act(request.user):
        raise PermissionDenied
    status, reply = request.POST.get("status", ""), request.POST.get("reply", "")
    assert request.user.pk is not None
    try:
        settle_report(report=row.uuid, status=status, reply=reply, actor_id=request.user.pk, now=clock.now())
    except InvalidReport as error:
        return {"status": status, "reply": reply, "error": error.sentence, "field": error.field}
    return {}


def _report_context(request: HttpRequest, row: ItemReport, context: dict[str, Any]) -> dict[str, Any]:
    return {
        **context,
        "report": row,
        "state": report_label(row.status),
        "decisions": [{"key": key.value, "label": report_label(key.value)} for key in DECISIONS],
        "may_act": may_act(request.user),
        "most": MOST_CHARACTERS,
    }


def _code(context: dict[str, Any]) -> int:
    return 422 if context["error"] else 200


def _data(value: dict[str, Any]) -> JsonResponse:
    return JsonResponse(value, json_dumps_params={"ensure_ascii": False, "indent": 2})
