"""What became of the errors a person reported."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from question_bank import api as bank


@require_safe
@never_cache
def my_reports(request: HttpRequest) -> HttpResponse:
    """Show a signed-in person their reports, and the answers to them."""
    assert request.user.pk is not None
    language = getattr(request, "LANGUAGE_CODE", "fr")
    reports = [
        {
            "title": one.titles.get(language, one.titles["fr"]),
            "text": one.text,
            "state": bank.report_label(one.status),
            "reply": one.reply,
            "created_at": one.created_at,
            "handled_at": one.handled_at,
        }
        for one in bank.reports_of(request.user.pk)
    ]
    return render(request, "assessments/reports.html", {"reports": reports})
