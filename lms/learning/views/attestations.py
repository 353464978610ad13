"""Asking for an attestation, and taking it away. Its holder's only: whoever else has the code reads /verification/."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certificates import api as certificates
from kernel import clock
from lms.accounts.api import User, name_person
from lms.learning.attestations import NameMissing, issue_attestation, own_attestation

from .reader import see_other, tells_refusals

LONGEST = 150  # letters of a first or a last name


@tells_refusals
def ask_attestation(request: HttpRequest) -> HttpResponse:
    """Issue what is completed, after asking for a name when the account has none."""
    if request.method != "POST":
        return see_other(request, reverse("dashboards:learner"))
    owner, asked = _person(request), {name: _field(request, name) for name in ("of", "key", "first_name", "last_name")}
    if asked["first_name"] and asked["last_name"] and not owner.get_full_name():
        name_person(user=owner, first_name=asked["first_name"], last_name=asked["last_name"])
    try:
        issue_attestation(owner=owner, of=asked["of"], key=asked["key"], now=clock.now())
    except NameMissing as error:
        context = {**asked, "error": error.sentence if "last_name" in request.POST else ""}
        return render(request, "learning/attestation_name.html", context, status=422 if context["error"] else 200)
    response = see_other(request, reverse("dashboards:learner"))
    response["Location"] += "#attestations"
    return response


@require_safe
@never_cache
def attestation_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Give its holder an attestation as a PDF. Raises Http404 for anybody else."""
    found = own_attestation(_person(request), code)
    if found is None:
        raise Http404
    address = request.build_absolute_uri(reverse("certificates:verify", args=[found.code]))
    response = HttpResponse(certificates.document(found, address=address), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="attestation-{found.code[:6]}.pdf"'
    return response


def _field(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()[:LONGEST]


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
