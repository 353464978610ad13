"""Pages of an institution's cohorts: the list, a new one, a name, closing, a new year."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kernel import clock
from kernel.errors import NotFound, SocleError
from themes.answering import put_refusal, see_other, what_was_done

from ...access import NOT_YOURS, find_managed_institution
from ...models import Cohort, Institution
from ...pages import PAGE
from ...requests import access_for
from ...types import Access
from ...years import academic_year, is_academic_year, next_year
from ..cohorts import begin_year, close_cohort, open_cohort, rename_cohort, reopen_cohort
from ..forms import CohortForm, CohortNameForm

DONE = {
    "cree": _("La cohorte est créée. Il reste à y inscrire des étudiants."),
    "nom": _("Le nom est enregistré."),
    "close": _("La cohorte est close : ses étudiants et ses chiffres restent, personne ne s’y ajoute."),
    "rouverte": _("La cohorte est de nouveau ouverte."),
    "annee": _("Les cohortes de la nouvelle année sont là, sans étudiants."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cohorts(request: HttpRequest, key: str) -> HttpResponse:
    """List the cohorts of an institution, the latest year first, and open a new one."""
    access = access_for(request)
    found = find_managed_institution(access, key)
    today = timezone.localdate(clock.now())
    form = CohortForm(request.POST or None, today=today, initial={"academic_year": academic_year(today)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                open_cohort(institution=found, actor_id=access.user_id, now=clock.now(), **form.cleaned_data)
            except SocleError as error:
                status = put_refusal(form, error)
            else:
                return see_other(request, _address(found), "cree")
    return _page(request, found, form, status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cohort(request: HttpRequest, key: str, uuid: str) -> HttpResponse:
    """Rename a cohort, close it, open it again."""
    access = access_for(request)
    row = _cohort(access, key, uuid)
    form, status = CohortNameForm.of(row, request.POST or None), 200
    if request.method == "POST":
        status = 422
        try:
            done = _change(request, access, row, form)
        except SocleError as error:
            status = put_refusal(form, error)
        else:
            if done:
                return see_other(request, _address(row.institution), done)
    return render(request, "cohorts/institutions/cohort.html", {"cohort": row, "form": form}, status=status)


@require_POST
@never_cache
def new_year(request: HttpRequest, key: str) -> HttpResponse:
    """Copy the open cohorts of one year into the next, without their people."""
    access = access_for(request)
    found = find_managed_institution(access, key)
    year = request.POST.get("annee", "")
    if not is_academic_year(year):
        raise NotFound(NOT_YOURS)
    begin_year(institution=found, year=year, actor_id=access.user_id, now=clock.now())
    return see_other(request, _address(found), "annee")


def _cohort(access: Access, key: str, uuid: str) -> Cohort:
    found = find_managed_institution(access, key)
    rows = Cohort.objects.filter(institution=found, uuid=uuid).select_related("institution", "programme")
    row = rows.first()
    if row is None:
        raise NotFound(NOT_YOURS)
    return row


def _change(request: HttpRequest, access: Access, row: Cohort, form: CohortNameForm) -> str:
    """Do what the button said; return what was done, or nothing when the form has to be filled in again."""
    who: dict[str, Any] = {"actor_id": access.user_id, "now": clock.now()}
    if "clore" in request.POST:
        close_cohort(cohort=row, **who)
        return "close"
    if "rouvrir" in request.POST:
        reopen_cohort(cohort=row, **who)
        return "rouverte"
    if not form.is_valid():
        return ""
    rename_cohort(cohort=row, **form.cleaned_data, **who)
    return "nom"


def _address(found: Institution) -> str:
    return reverse("cohorts:institution_cohorts", args=[found.key])


def _page(request: HttpRequest, found: Institution, form: CohortForm, status: int) -> HttpResponse:
    standing = Count("enrolments", filter=Q(enrolments__end_date=None))
    rows = Cohort.objects.filter(institution=found).select_related("programme").annotate(enrolled=standing)
    page = Paginator(rows.order_by("-academic_year", "name", "pk"), PAGE).get_page(request.GET.get("page"))
    latest = rows.order_by("-academic_year").values_list("academic_year", flat=True).first()
    context = {
        "institution": found,
        "page": page,
        "form": form,
        "latest": latest,
        "following": next_year(latest) if latest and is_academic_year(latest) else "",
        "done": what_was_done(request, DONE),
    }
    return render(request, "cohorts/institutions/cohorts.html", context, status=status)
