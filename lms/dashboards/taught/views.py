"""The pages of hours of class: record some, correct an entry, take it back. For those who frame the cohort."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from competencies.api import current_framework
from competencies.types import FrameworkTree
from kernel import clock
from kernel.errors import SocleError
from lms.cohorts.api import Access, Cohort, Institution, framing_access
from themes.answering import put_refusal, see_other, what_was_done

from ..institution.reading import find_seen_institution
from ..models import TaughtHours
from ..tables import Printed, respond
from .forms import HoursForm, initial_of
from .selectors import find_hours, hours_of
from .services import correct_hours, record_hours, remove_hours
from .sheet import hours_table, tell

PAGE = 50
DONE = {
    "note": _("Les heures sont notées : elles s’ajoutent à celles du programme dans quelques instants."),
    "corrige": _("La correction est enregistrée."),
    "retire": _("Ces heures sont retirées."),
}


def _form(data: Any, cohorts: Collection[Cohort], framework: FrameworkTree, **options: Any) -> HoursForm:
    return HoursForm(data, cohorts=cohorts, framework=framework, language=get_language() or "fr", **options)


def _titles(framework: FrameworkTree) -> dict[str, str]:
    return {part.code: part.title(get_language() or "fr") for part in framework.competencies}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def taught(request: HttpRequest, key: str) -> HttpResponseBase:
    """List the hours of class of an institution's cohorts, the latest first, and record some."""
    access = framing_access(request)
    institution, cohorts = find_seen_institution(access, key)
    standing, framework = [cohort for cohort in cohorts if cohort.closed_at is None], current_framework()
    initial = {"cohort": request.GET.get("cohorte", "")}
    form, status = _form(request.POST or None, standing, framework, initial=initial), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                facts = form.facts()
                record_hours(cohort=form.chosen_cohort(), actor_id=access.user_id, now=clock.now(), **facts)
            except SocleError as error:
                status = put_refusal(form, error)
            else:
                return see_other(request, _address(institution), "note")
    rows, titles = hours_of(cohorts), _titles(framework)
    table = hours_table(rows, clock.now(), titles)

    def page() -> HttpResponse:
        shown = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        tell(shown.object_list, titles)
        context = {
            "institution": institution,
            "form": form,
            "page": shown,
            "table": table,
            "may_see_all": access.may_see_names(institution),
            "newer": f"?page={shown.number - 1}" if shown.has_previous() else "",
            "older": f"?page={shown.number + 1}" if shown.has_next() else "",
            "done": what_was_done(request, DONE),
        }
        return render(request, "dashboards/taught/hours.html", context, status=status)

    printed = Printed(institution.name, table.as_of, page)
    return (respond(request, table, page=printed) if request.method == "GET" else None) or page()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def entry(request: HttpRequest, key: str, uuid: UUID) -> HttpResponse:
    """Correct what was recorded, or take it back."""
    access = framing_access(request)
    institution, _cohorts = find_seen_institution(access, key)
    found = find_hours(access, uuid)
    form, status = _form(request.POST or None, [found.cohort], current_framework(), initial=initial_of(found)), 200
    if request.method == "POST":
        if "retirer" in request.POST:
            remove_hours(taught=found, actor_id=access.user_id, now=clock.now())
            return see_other(request, _address(institution), "retire")
        status = _correct(access, found, form)
        if status == 200:
            return see_other(request, _address(institution), "corrige")
    context = {"institution": institution, "form": form, "entry": found}
    return render(request, "dashboards/taught/entry.html", context, status=status)


def _correct(access: Access, found: TaughtHours, form: HoursForm) -> int:
    """Correct an entry; return 200, or the status of a refusal that is now in the form."""
    if not form.is_valid():
        return 422
    try:
        correct_hours(taught=found, actor_id=access.user_id, now=clock.now(), **form.facts())
    except SocleError as error:
        return put_refusal(form, error)
    return 200


def _address(institution: Institution) -> str:
    return reverse("dashboards:taught", args=[institution.key])
