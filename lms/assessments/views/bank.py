"""What the bank can measure, in /cms/: information by domain and level, and the last simulation. A GET only reads."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kernel import audit, clock
from question_bank import api as bank
from question_bank.errors import NoRelease
from themes import pictures

from .. import selectors
from ..models import Assessment
from ..simulation import sentences
from ..simulation.house import house_of
from ..simulation.information import information, picture
from ..simulation.job import OPEN, ask, last
from ..simulation.running import USUAL, shortfalls
from ..simulation.sentences import two


@require_safe
@bank.readers_only
def measure(request: HttpRequest) -> HttpResponse:
    """Show what the current release can measure with the rules of an assessment."""
    offers = list(selectors.open_assessments())
    offer = _chosen(request, offers)
    language = get_language() or "fr"
    tabs = [{"key": one.key, "title": one.title(language), "is_on": one == offer} for one in offers]
    context = {"tabs": tabs, "offer": offer, "told": None, "lacks": [], "run": None, "job": None}
    if offer is not None:
        context |= _found(request, offer, language)
    return render(request, "assessments/bank/measure.html", context)


def _chosen(request: HttpRequest, offers: list[Assessment]) -> Assessment | None:
    asked = request.GET.get("evaluation", "placement")
    return next((one for one in offers if one.key == asked), offers[0] if offers else None)


def _found(request: HttpRequest, offer: Assessment, language: str) -> dict[str, Any]:
    try:
        here = house_of(offer)
    except NoRelease:
        return {}
    told, run, job = information(here, language), bank.last_simulation(offer.key), last(offer.key)
    return {
        "told": told,
        "picture": picture(told, _("Information par domaine")),
        "lacks": shortfalls(here),
        "run": run,
        "is_current": bool(run and run.release_id == here.release.id),
        "sentences": sentences(run.result, language) if run else [],
        "rows": _rows(run.result, language) if run else [],
        "run_picture": _run_picture(run.result) if run else "",
        "job": job,
        "is_running": bool(job and job.state in OPEN),
        "may_act": bank.may_act(request.user),
        "people": USUAL,
    }


def _rows(result: dict[str, Any], language: str) -> list[dict[str, Any]]:
    titles = "title_en" if language == "en" else "title"
    whole = {"key": "", "title": _("Ensemble"), **result["overall"]}
    rows = [whole, *({**domain, "title": domain[titles]} for domain in result["domains"])]
    return [{**row, "coverage": 100 * row["coverage"], "coverage_shown": 100 * row["coverage_shown"]} for row in rows]


def _run_picture(result: dict[str, Any]) -> str:
    bars = [
        {"label": domain["key"], "value": domain["mean_se"], "value_label": f"±{two(domain['mean_se'])}"}
        for domain in result["domains"]
    ]
    return pictures.columns(bars, title=_("Erreur type moyenne par domaine, en logits"))


@require_safe
@bank.readers_only
def measure_json(request: HttpRequest) -> HttpResponse:
    """Return the same as data."""
    offer, language = _chosen(request, list(selectors.open_assessments())), get_language() or "fr"
    if offer is None:
        return JsonResponse({"assessment": None})
    here, run = house_of(offer), bank.last_simulation(offer.key)
    value = {
        "assessment": offer.key,
        "release": here.release.number,
        "information": information(here, language),
        "shortfalls": shortfalls(here),
        "simulation": {**run.result, "sentences": sentences(run.result, language)} if run else None,
    }
    return JsonResponse(value, json_dumps_params={"ensure_ascii": False, "indent": 2})


@require_POST
@bank.readers_only
@transaction.atomic
def simulate(request: HttpRequest) -> HttpResponse:
    """Ask the worker for a simulation, and go back to the page that shows how far it is."""
    if not bank.may_act(request.user):
        raise PermissionDenied
    offer = selectors.open_assessment(request.POST.get("evaluation", ""))
    assert request.user.pk is not None
    job = ask(assessment=offer.key, owner_id=request.user.pk)
    details = {"assessment": offer.key}
    audit.record(actor_id=request.user.pk, action="bank.simulate", target=job, details=details, at=clock.now())
    return redirect(f"{reverse('assessments_bank_measure')}?evaluation={offer.key}")
