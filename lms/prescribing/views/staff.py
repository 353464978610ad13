"""Pages of those who ask: what they asked, one of them, the form. Whoever may not see one finds no such page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from competencies.api import current_framework
from kernel import clock
from lms.assessments.api import Assignment, open_assessments
from lms.cohorts.api import Access, Institution, framing_access, years_around

from .. import drafting, forms, selectors, services, sheet
from ..errors import DraftRefused
from ..titles import journeys_by_key, title_of
from ..types import Draft
from .acting import DONE, REFUSED
from .answering import pages, see_other

LONGEST = 80  # of what is looked for
SHOWN_YEARS = {"before": 1, "after": 1}


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """Show what is asked, the latest first, fifty a page."""
    access, now = framing_access(request), clock.now()
    context = pages(request, selectors.assignments(access))
    journeys = journeys_by_key()
    context["rows"] = [sheet.row_of(asked, journeys, now) for asked in context["page"].object_list]
    context["now"] = now
    return render(request, "prescribing/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def create(request: HttpRequest) -> HttpResponse:
    """Show the form of something to ask, filled with what suits most and what the address says; ask it."""
    access, now = framing_access(request), clock.now()
    houses = drafting.institutions_for(access)
    if request.method == "POST":
        draft = forms.read_draft(request.POST)
        try:
            asked = services.create_assignment(draft=draft, access=access, now=now)
        except DraftRefused as error:
            return _form(request, access, draft, houses, errors=error.errors)
        return see_other(request, "assignment", asked.uuid, said="demandee")
    usual = Draft()
    if houses:
        house = _house_of(request, access, houses)
        usual = forms.prefilled(forms.usual_draft(house, now, journeys=journeys_by_key()), request.GET)
    return _form(request, access, usual, houses)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the form of something asked; change it."""
    access, now = framing_access(request), clock.now()
    asked = selectors.find_assignment(access, uuid)
    selectors.ensure_may_change(asked, access)
    draft = forms.draft_of(asked)
    if request.method == "POST":
        draft = forms.read_draft(request.POST)
        try:
            services.change_assignment(asked=asked, draft=draft, access=access, now=now)
        except DraftRefused as error:
            return _form(request, access, draft, [asked.institution], errors=error.errors, asked=asked)
        return see_other(request, "assignment", asked.uuid, said="changee")
    return _form(request, access, draft, [asked.institution], asked=asked)


def _house_of(request: HttpRequest, access: Access, houses: Any) -> Institution:
    """Return the institution that the address names, or that of the cohort it names; else the usual one."""
    named = request.GET.get("institution", "")
    if not named:
        rows = drafting.visible_cohorts(access, forms.named_cohorts(request.GET))
        named = rows.values_list("institution__key", flat=True).first() or ""
    return next((house for house in houses if house.key == named), None) or _first_house(access, houses)


def _first_house(access: Access, houses: Any) -> Institution:
    """Prefer an institution of one's own to one that is attached to it."""
    own = [one for one in houses if one.pk in access.managed]
    chosen: Institution = (own or list(houses))[0]
    return chosen


def _form(
    request: HttpRequest,
    access: Access,
    draft: Draft,
    houses: Any,
    *,
    errors: dict[str, str] | None = None,
    asked: Assignment | None = None,
) -> HttpResponse:
    language = get_language() or "fr"
    framework = current_framework()
    context = {
        "draft": draft,
        "errors": errors or {},
        "asked": asked,
        "is_begun": asked is not None and asked.participations.filter(begun_at__isnull=False).exists(),
        "houses": houses,
        "tests": [(one.key, one.title(language), one.minutes) for one in open_assessments()],
        "journeys": [(one.key, one.title(language)) for one in journeys_by_key().values()],
        "cohorts": _cohorts(access, draft, houses),
        "domains": [
            (one.code, one.title(language), draft.target_levels.get(one.code, "")) for one in framework.domains
        ],
        "levels": [(one.code, one.title(language)) for one in framework.levels],
        "may_open": any(access.may_see_names(house) for house in houses),
    }
    return render(request, "prescribing/form.html", context, status=422 if errors else 200)


def _cohorts(access: Access, draft: Draft, houses: Any) -> list[dict[str, Any]]:
    """Return the cohorts that can be chosen: of these years, and those chosen already."""
    years = set(years_around(access.at.date(), **SHOWN_YEARS))
    rows = {row.pk: row for house in houses for row in drafting.cohorts_for(house, access, access.at)}
    return [
        {"row": row, "is_chosen": str(row.uuid) in draft.cohorts}
        for row in rows.values()
        if row.academic_year in years or str(row.uuid) in draft.cohorts
    ]


@require_safe
@never_cache
def assignment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show where people are in something asked, and what can be done about it."""
    access, now = framing_access(request), clock.now()
    asked = selectors.find_assignment(access, uuid)
    context = sheet.page_of(asked, access, now)
    state, words = request.GET.get("etat", "not_begun"), _words(request, "q")
    context |= sheet.list_of(asked, access, state, words, lambda rows: pages(request, rows), now)
    context |= sheet.menu_of(asked, access, _words(request, "qui"), context["lines"], now)
    said = request.GET.get("fait", "")
    context |= {"done": DONE.get(said, ""), "refused": REFUSED.get(said, "")}
    context["title"] = title_of(asked, journeys_by_key())
    context["address"] = request.build_absolute_uri(reverse("prescribing:asked", args=[asked.written_code]))
    return render(request, "prescribing/assignment.html", context)


def _words(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]
