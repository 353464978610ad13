"""The pages for the jury: the lists of validated students, declaring some, taking a declaration back."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from competencies.api import current_framework
from kernel import clock
from kernel.errors import NotFound, SocleError
from lms.cohorts.api import academic_year, framing_access
from themes.answering import put_refusal, see_other, what_was_done

from ... import figures
from ...models import Declaration, LearnerSummary
from ...tables import Printed, respond
from ..asked import Asked, choose
from ..declared import declare_validated, withdraw_declaration
from ..filters import filters_of, offered
from ..forms import DeclarationForm
from ..jury import MEANS, Session, Told, declared_here, table_of, titles_of, told, validated
from ..reading import House, find_house

PAGE = 25  # of each of two lists, and one to take back: fifty of each would be more than a page may hold
LISTS = (MEANS.MEASURED, MEANS.DECLARED)
DONE = {
    "declare": _("La déclaration est enregistrée : ces étudiants sont comptés à part, comme déclarés."),
    "deja": _("Ces étudiants étaient déjà déclarés : rien n’a changé."),
    "retire": _("La déclaration est retirée."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def jury(request: HttpRequest, key: str) -> HttpResponseBase:
    """List the validated students, measured and declared apart; declare some of one's own."""
    access = framing_access(request)
    house, now = find_house(access, key), clock.now()
    may_declare = access.coordinates(house.institution)
    form, status = DeclarationForm(request.POST or None, cohorts=house.cohorts), 200
    if request.method == "POST":
        if not may_declare:
            raise NotFound
        status = 422
        if form.is_valid():
            try:
                facts = {name: form.cleaned_data[name] for name in ("cohort", "enrolments", "validated_date", "means")}
                count = declare_validated(**facts, actor_id=access.user_id, now=now)
            except SocleError as error:
                status = put_refusal(form, error)
            else:
                return see_other(request, _address(house), "declare" if count else "deja")
    return _page(request, house, form if may_declare else None, status)


@require_POST
@never_cache
def withdraw(request: HttpRequest, key: str, student: UUID) -> HttpResponse:
    """Take back what was declared of a student."""
    access = framing_access(request)
    house = find_house(access, key)
    if not access.coordinates(house.institution):
        raise NotFound
    rows = Declaration.objects.filter(enrolment__student__uuid=student, enrolment__cohort__in=house.cohorts)
    found = rows.select_related("enrolment__student", "enrolment__cohort__institution").order_by("pk").first()
    if found is None:
        raise NotFound
    withdraw_declaration(declaration=found, actor_id=access.user_id, now=clock.now())
    return see_other(request, _address(house), "retire")


def _address(house: House) -> str:
    return reverse("dashboards:jury", args=[house.institution.key])


def _page(request: HttpRequest, house: House, form: DeclarationForm | None, status: int) -> HttpResponseBase:
    asked, session, now = Asked.of(request.GET), Session.of(request.GET), clock.now()
    chosen = choose(asked, house.cohorts, academic_year(timezone.localdate(now)))
    if form:
        form.offer([chosen.cohort] if chosen.cohort else offered(chosen))
    rows = validated(house, chosen, session)
    levels = {one.code: one.title(get_language() or "fr") for one in current_framework().levels}
    fresh = figures.freshness(now, [one.pk for one in chosen.shown])
    cohorts = {one.pk: one for one in house.cohorts}
    facts = Told(fresh.as_of, levels, titles_of(chosen, session), cohorts, chosen.year)

    def page() -> HttpResponse:
        pages, people = _read(rows, request)
        context: dict[str, Any] = {
            "institution": house.institution,
            "chosen": chosen,
            "session": session,
            "filters": filters_of(house, chosen),
            "form": form,
            "done": what_was_done(request, DONE),
            "as_of": facts.as_of,
            "fresh": fresh,
            "lists": [
                {"table": table_of(means, people[means], facts), **_turning(pages[means], means, asked, session)}
                for means in LISTS
            ],
            "declared_people": [row for row in people[MEANS.DECLARED] if declared_here(row)] if form else [],
        }
        return render(request, "dashboards/institution/jury.html", context, status=status)

    tables = [table_of(means, told(rows.filter(trained_means=means)), facts) for means in LISTS]
    printed = Printed(house.institution.name, facts.as_of, page)
    return (respond(request, *tables, page=printed) if request.method == "GET" else None) or page()


def _read(
    rows: QuerySet[LearnerSummary], request: HttpRequest
) -> tuple[dict[MEANS, Page[Any]], dict[MEANS, list[LearnerSummary]]]:
    """Return a page of each list, and its people: two queries for both.

    To find fifty names the database puts them all in order: once for both lists. The rest is asked of those fifty.
    """
    ids: dict[str, list[int]] = {means: [] for means in LISTS}
    for means, pk in rows.values_list("trained_means", "pk"):
        ids.setdefault(means, []).append(pk)
    pages = {means: Paginator(ids[means], PAGE).get_page(request.GET.get(means)) for means in LISTS}
    found = told(LearnerSummary.objects.filter(pk__in=[pk for one in pages.values() for pk in one]))
    read = {row.pk: row for row in found}
    return pages, {means: [read[pk] for pk in one if pk in read] for means, one in pages.items()}


def _turning(page: Page[Any], means: str, asked: Asked, session: Session) -> dict[str, Any]:
    """Return a page and the way to those beside it."""
    newer = session.query(asked, **{means: str(page.number - 1)}) if page.has_previous() else ""
    older = session.query(asked, **{means: str(page.number + 1)}) if page.has_next() else ""
    return {"page": page, "newer": newer, "older": older}
