"""The pages of a cohort. Whoever may not see it finds no such page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from competencies.api import current_framework
from kernel import clock
from lms.cohorts.api import find_cohort, framing_access

from ..tables import Printed, Table, respond
from . import listing, overview, sheets, student


def _language() -> str:
    return get_language() or "fr"


def _answer(request: HttpRequest, name: str, context: dict[str, Any], *tables: Table) -> HttpResponseBase:
    """Send the file that the address asks for, else the page."""

    def page() -> HttpResponse:
        return render(request, f"dashboards/cohort/{name}.html", context)

    return respond(request, *tables, page=Printed(context["cohort"].name, context["as_of"], page)) or page()


@require_safe
@never_cache
def cohort(request: HttpRequest, cohort: UUID) -> HttpResponseBase:
    """Show where a cohort is, what to teach next, whom to help."""
    found = find_cohort(framing_access(request), cohort)
    context = overview.page_of(found, language=_language(), now=clock.now())
    tables = sheets.overview_sheets(context)
    context |= {"tables": {table.key: table for table in tables}}
    return _answer(request, "overview", context, *tables)


@require_safe
@never_cache
def people(request: HttpRequest, cohort: UUID) -> HttpResponseBase:
    """Show the students of a cohort, fifty a page."""
    found = find_cohort(framing_access(request), cohort)
    context = listing.page_of(found, listing.Asked.of(request.GET), now=clock.now())
    framework = current_framework()
    table = sheets.people_sheet(context["rows"], framework, _language(), context["as_of"])
    levels = {level.code: level.title(_language()) for level in framework.levels}
    return _answer(request, "people", context | {"table": table, "levels": levels}, table)


@require_safe
@never_cache
def heat_map(request: HttpRequest, cohort: UUID) -> HttpResponseBase:
    """Show the levels of fifty students, competency by competency."""
    found = find_cohort(framing_access(request), cohort)
    context = listing.page_of(found, listing.Asked.of(request.GET), now=clock.now())
    framework = current_framework()
    table = sheets.map_sheet(context["rows"], framework, _language(), context["as_of"])
    context |= {"table": table} | listing.map_of(context["page"], framework, _language())
    return _answer(request, "map", context, table)


@require_safe
@never_cache
def one_student(request: HttpRequest, cohort: UUID, student_uuid: UUID) -> HttpResponseBase:
    """Show one student of a cohort: what was begun and finished, and the detail if they share it."""
    context = student.page_of(framing_access(request), cohort, student_uuid, language=_language(), now=clock.now())
    return _answer(request, "student", context)
