"""The national pages: the pilot's, with universities one by one; the barometer, for everyone, without a session."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel import clock
from kernel.errors import NotFound
from lms.cohorts.api import Institution, Programme, access_for
from themes.answering import see_other

from ..figures import Scope
from ..snapshots import Protected, Snapshot, latest
from ..tables import Printed, Table, respond
from ..targets import NATIONAL
from .march import March, Place, march_picture, places_picture, years_picture
from .sheets import inside_table, programmes_table, universities_table, years_table


@login_not_required
@require_safe
def barometer(request: HttpRequest) -> HttpResponseBase:
    """Show everyone the march towards the target, as it was last published."""
    return _page(request, "dashboards/national/barometer.html")


@require_safe
@never_cache
def national(request: HttpRequest) -> HttpResponseBase:
    """Show the national pilot the same, with the way to each university."""
    _ensure_pilot(request)
    return _page(request, "dashboards/national/national.html")


@require_safe
@never_cache
def university(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show the national pilot the programmes of a university: never a cohort, never a person."""
    _ensure_pilot(request)
    found = _universities(None).filter(key=key).first()
    if found is None:
        return see_other(request, reverse("dashboards:pilot_university", args=[_successor(key).key]))
    snapshot = latest(Scope.university(found.pk))
    at = snapshot.taken_at if snapshot else clock.now()
    programmes = [place for place in _programmes(snapshot) if snapshot and place.pk in snapshot.programmes]
    place = Place(found.pk, found.key, found.name, snapshot.whole if snapshot else Protected(), found.is_demo)
    table = inside_table(place, programmes, at)

    def page() -> HttpResponse:
        picture = places_picture(programmes, found.name)
        context = {"place": place, "at": at, "table": table, "picture": picture}
        return render(request, "dashboards/national/university.html", context)

    return respond(request, table, page=Printed(found.name, at, page)) or page()


def _ensure_pilot(request: HttpRequest) -> None:
    if not access_for(request).is_pilot:
        raise NotFound


def _page(request: HttpRequest, template: str) -> HttpResponseBase:
    now = clock.now()
    snapshot = latest(Scope.national())
    march = March(snapshot, NATIONAL, timezone.localdate(now))
    at = snapshot.taken_at if snapshot else now
    universities, programmes = _places(snapshot), _programmes(snapshot)
    tables = {
        "universities": universities_table(march, universities, at),
        "programmes": programmes_table(march, programmes, at),
        "years": years_table(march, at),
    }

    def page() -> HttpResponse:
        return render(request, template, _context(march, universities, programmes, tables, at))

    return respond(request, *tables.values(), page=Printed(_("Baromètre national"), at, page)) or page()


def _context(
    march: March, universities: list[Place], programmes: list[Place], tables: dict[str, Table], at: datetime
) -> dict[str, Any]:
    return {
        "march": march,
        "target": NATIONAL,
        "at": at,
        "attempts": march.snapshot.march.get("attempts") if march.snapshot else None,
        "projection": march.projection,
        "universities": universities,
        "is_demo": any(place.is_demo for place in universities),
        "tables": tables,
        "pictures": {
            "march": march_picture(march),
            "years": years_picture(march),
            "universities": places_picture(universities, tables["universities"].title),
            "programmes": places_picture(programmes, tables["programmes"].title),
        },
    }


def _universities(snapshot: Snapshot | None) -> Any:
    """Return the universities of the target, and whatever else is published.

    One that another has taken over since keeps its row until the next snapshot: its people are in no other yet.
    """
    told = list(snapshot.universities) if snapshot else []
    counted = Q(merged_into=None) & (Q(is_counted=True) | Q(is_demo=True))
    rows = Institution.objects.filter(kind=Institution.Kind.UNIVERSITY)
    return rows.filter(counted | Q(pk__in=told)).order_by("name", "pk")


def _successor(key: str) -> Institution:
    """Return the university that has taken over the one at `key`. Raises NotFound."""
    found: Institution | None = Institution.objects.filter(key=key).select_related("merged_into").first()
    while found is not None and found.merged_into is not None:
        found = found.merged_into
    if found is None or found.key == key or not _universities(None).filter(pk=found.pk).exists():
        raise NotFound
    return found


def _places(snapshot: Snapshot | None) -> list[Place]:
    rows = _universities(snapshot).values_list("pk", "key", "name", "is_demo")
    return [
        Place(pk, key, name, snapshot.university(pk) if snapshot else Protected(), is_demo)
        for pk, key, name, is_demo in rows
    ]


def _programmes(snapshot: Snapshot | None) -> list[Place]:
    rows = Programme.objects.order_by("number", "title").values_list("pk", "key", "title", "hours")
    return [
        Place(pk, key, title, snapshot.programme(pk) if snapshot else Protected(), hours=float(hours))
        for pk, key, title, hours in rows
    ]
