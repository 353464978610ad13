"""Pages of institutions: the list, one's facts and attachments, mergers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel import clock
from kernel.errors import NotFound, SocleError
from themes.answering import put_refusal, see_other, what_was_done

from ...access import NOT_YOURS, find_managed_institution
from ...models import Attachment, Institution
from ...pages import PAGE, ensure_near
from ...requests import access_for
from ...searching import search
from ...types import Access
from ..attaching import attach, end_attachment
from ..forms import AllFactsForm, AttachmentEndForm, AttachmentForm, MergerForm, OwnFactsForm
from ..keeping import change_facts, create_institution
from ..merging import Plan, merge_institution, plan_merger

DONE = {
    "faits": _("Les informations sont enregistrées."),
    "cree": _("L’établissement est créé."),
    "rattache": _("Le rattachement est enregistré."),
    "detache": _("La fin du rattachement est enregistrée."),
    "reuni": _("La réunion est faite. L’ancienne adresse mène ici."),
}


@require_safe
@never_cache
def institutions(request: HttpRequest) -> HttpResponse:
    """List the institutions one keeps; every one of them for the platform's administrators."""
    access = _keeper(request)
    wanted = request.GET.get("q", "").strip()
    rows = Institution.objects.managed_by(access).standing().order_by("name", "pk")
    if wanted:
        rows = search(rows, wanted, "name", "city")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "wanted": wanted, "is_platform_staff": access.is_platform_staff}
    return render(request, "cohorts/institutions/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Create an institution: an institute, a hospital, a university."""
    access = _keeper(request)
    if not access.is_platform_staff:
        raise NotFound(NOT_YOURS)
    form = AllFactsForm(request.POST or None, initial={"kind": Institution.Kind.INSTITUTE})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = create_institution(facts=_facts(form), actor_id=access.user_id, now=clock.now())
            except SocleError as error:
                status = put_refusal(form, error)
            else:
                return see_other(request, _address(made), "cree")
    return render(request, "cohorts/institutions/new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def institution(request: HttpRequest, key: str) -> HttpResponse:
    """Show an institution's facts, what it is attached to, and change them."""
    access = access_for(request)
    found = find_managed_institution(access, key)
    if found.key != key:
        return see_other(request, _address(found))
    form_class = AllFactsForm if access.is_platform_staff else OwnFactsForm
    form = form_class(request.POST or None, instance=_copy(found))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_facts(institution=found, facts=_facts(form), actor_id=access.user_id, now=clock.now())
            except SocleError as error:
                status = put_refusal(form, error)
            else:
                return see_other(request, _address(found), "faits")
    return _page(request, access, found, form=form, status=status)


@require_POST
@never_cache
def attachments(request: HttpRequest, key: str) -> HttpResponse:
    """Attach an institution to a university."""
    access = access_for(request)
    found = find_managed_institution(access, key)
    form, status = AttachmentForm(request.POST, institution=found), 422
    if form.is_valid():
        try:
            _ensure_near(form.cleaned_data)
            attach(institution=found, actor_id=access.user_id, now=clock.now(), **form.cleaned_data)
        except SocleError as error:
            status = put_refusal(form, error)
        else:
            return see_other(request, _address(found), "rattache")
    return _page(request, access, found, attachment_form=form, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def attachment(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Say when an attachment ends."""
    access = access_for(request)
    found = find_managed_institution(access, key)
    row = Attachment.objects.filter(pk=pk, institution=found).select_related("institution", "parent").first()
    if row is None:
        raise NotFound(NOT_YOURS)
    form, status = AttachmentEndForm(request.POST or None, initial={"end_date": row.end_date}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            day = form.cleaned_data["end_date"]
            try:
                _ensure_near(form.cleaned_data)
                end_attachment(attachment=row, end_date=day, actor_id=access.user_id, now=clock.now())
            except SocleError as error:
                status = put_refusal(form, error)
            else:
                return see_other(request, _address(found), "detache")
    return render(request, "cohorts/institutions/attachment.html", {"form": form, "attachment": row}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def merger(request: HttpRequest, key: str) -> HttpResponse:
    """Choose who takes over, read what will move, and do it."""
    access = access_for(request)
    source = find_managed_institution(access, key)
    if not access.is_platform_staff or source.key != key:
        raise NotFound(NOT_YOURS)
    form = MergerForm(request.POST or request.GET or None, source=source)
    plan, status = None, 200
    if form.is_bound and form.is_valid():
        try:
            plan = _merge(request, access, source, form.cleaned_data["into"])
        except SocleError as error:
            status = put_refusal(form, error)
        else:
            if request.method == "POST":
                return see_other(request, _address(plan.into), "reuni")
    elif request.method == "POST":
        status = 422
    context = {"form": form, "plan": plan, "institution": source}
    return render(request, "cohorts/institutions/merger.html", context, status=status)


def _merge(request: HttpRequest, access: Access, source: Institution, into: Institution) -> Plan:
    if request.method != "POST":
        return plan_merger(source=source, into=into)
    return merge_institution(source=source, into=into, actor_id=access.user_id, now=clock.now())


def _ensure_near(said: dict[str, Any]) -> None:
    """Refuse, on its field, a day more than ten years away."""
    for field in ("start_date", "end_date"):
        ensure_near(said.get(field), clock.now(), field=field)


def _keeper(request: HttpRequest) -> Access:
    """Return the access of whoever keeps at least one institution; nobody else has these pages."""
    access = access_for(request)
    if not (access.managed or access.is_platform_staff):
        raise NotFound(NOT_YOURS)
    return access


def _copy(found: Institution) -> Institution:
    """A form writes on its instance even when it is refused: give it one of its own."""
    return Institution.objects.get(pk=found.pk)


def _facts(form: OwnFactsForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.fields}


def _address(found: Institution) -> str:
    return reverse("cohorts:institution", args=[found.key])


def _page(
    request: HttpRequest,
    access: Access,
    found: Institution,
    *,
    form: Any = None,
    attachment_form: AttachmentForm | None = None,
    status: int,
) -> HttpResponse:
    form_class = AllFactsForm if access.is_platform_staff else OwnFactsForm
    today = timezone.localdate(clock.now())
    is_university = found.kind == Institution.Kind.UNIVERSITY
    context = {
        "institution": found,
        "form": form or form_class(instance=_copy(found)),
        "attachment_form": attachment_form
        or (None if is_university else AttachmentForm(institution=found, initial={"start_date": today})),
        "attachments": list(found.attachments.select_related("parent").order_by("-start_date", "pk")),
        "attached": list(found.attached.select_related("institution").order_by("institution__name", "pk")[:PAGE]),
        "taken_over": list(found.taken_over.order_by("merged_at", "pk")),
        "is_platform_staff": access.is_platform_staff,
        "today": today,
        "done": what_was_done(request, DONE),
    }
    return render(request, "cohorts/institutions/institution.html", context, status=status)
