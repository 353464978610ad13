"""The first page of those who frame others: their institutions and cohorts, and what to do when there are none."""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils import timezone

from lms.cohorts.api import Access, Cohort, Institution, academic_year

from . import figures
from .cohort.standing import Share
from .figures import Figures

PAGE = 60
PRINTED = 300


def page_of(access: Access, *, year: str, page: str, now: datetime, is_printed: bool = False) -> dict[str, Any]:
    """Return a page of the cohorts of one academic year by institution, each with its figures; five queries."""
    cohorts = list(_cohorts(access))
    years = sorted({cohort.academic_year for cohort in cohorts}, reverse=True)
    chosen = _chosen(years, year, academic_year(timezone.localdate(now)))
    of_year = [cohort for cohort in cohorts if cohort.academic_year == chosen]
    turned = Paginator(of_year, PRINTED if is_printed else PAGE).get_page(page)
    shown = list(turned.object_list)
    fresh = figures.freshness(now, [cohort.pk for cohort in shown])
    counted = figures.by_cohort({cohort.institution_id for cohort in shown}, chosen) if shown else {}
    return {
        "houses": _houses(access, shown, counted, elsewhere={one.institution_id for one in of_year}),
        "page": turned,
        "newer": _address(chosen, turned.number - 1) if turned.has_previous() else "",
        "older": _address(chosen, turned.number + 1) if turned.has_next() else "",
        "cohorts": cohorts,
        "years": years,
        "year": chosen,
        "as_of": fresh.as_of,
        "fresh": fresh,
        "coordinates": bool(access.managed),
    }


def _cohorts(access: Access) -> Any:
    rows = Cohort.objects.visible_to(access).select_related("institution", "programme")
    return rows.order_by("institution__name", "programme__title", "name", "pk")


def _chosen(years: Sequence[str], asked: str, current: str) -> str:
    """Return the year to show: the one asked for, else this one, else the last there is."""
    known = [year for year in (asked, current) if year in years]
    return (known or [*years, current])[0]


def _address(year: str, number: int) -> str:
    return f"?{urlencode({'annee': year, 'page': number})}"


def _houses(
    access: Access, cohorts: Sequence[Cohort], counted: dict[int, Figures], *, elsewhere: Collection[int]
) -> list[dict[str, Any]]:
    """Return the institutions of the page with the cards of its cohorts, and those that have no cohort at all.

    `elsewhere`: those that have some, on this page or another.
    """
    cards = {
        institution: [_card(cohort, counted.get(cohort.pk, Figures())) for cohort in rows]
        for institution, rows in groupby(cohorts, key=lambda cohort: cohort.institution_id)
    }
    rows = Institution.objects.visible_to(access).standing().order_by("name", "pk")
    return [
        {
            "institution": one,
            "cards": cards.get(one.pk, []),
            "coordinates": access.coordinates(one),
        }
        for one in rows
        if one.pk in cards or one.pk not in elsewhere
    ]


def _card(cohort: Cohort, found: Figures) -> dict[str, Any]:
    return {
        "cohort": cohort,
        "figures": found,
        "measured": Share(min(found.measured, found.enrolled), found.enrolled),
        "target": Share(found.shared_at_target, found.shared_measured),
    }
