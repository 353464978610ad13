"""The decision about what waits for a review, on its own edit page in /cms/: approve it, or send it back in words."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from . import reviewing
from .models.reviewing import ModuleReading, SecondPersonNeeded

APPROVE, SEND_BACK = "approve", "reject"  # as the task names them


class Decision(ActionMenuItem):  # type: ignore[misc]
    """A button that decides. Wagtail's own are for pages that the reviewer may change, and this one is locked."""

    template_name = "learning/decision.html"

    def __init__(self, name: str, label: str, icon_name: str) -> None:
        super().__init__()
        self.name, self.label, self.icon_name = name, label, icon_name


def offer_to_decide(menu: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Begin the actions of a page with the two decisions, for those who may take them."""
    if context["view"] == "edit" and _waits_for(context["page"], request.user):
        approve = Decision(APPROVE, _("Approuver et publier"), "check")
        menu[:0] = [approve, Decision(SEND_BACK, _("Demander des changements"), "undo")]


def decide(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Carry out the decision that was sent, and say what came of it; what is sent back is asked why first."""
    decision, comment = request.POST.get("decision"), request.POST.get("decision_comment", "").strip()
    if decision not in (APPROVE, SEND_BACK):
        return None
    if not _waits_for(page, request.user):
        messages.error(request, str(SecondPersonNeeded.default_sentence))
    elif decision == SEND_BACK and not comment:
        is_again = "decision_comment" in request.POST
        return render(request, "learning/send_back.html", {"page": page, "is_again": is_again})
    elif _is_done(request, page, decision, comment):
        return redirect("wagtailadmin_home")
    return redirect("wagtailadmin_pages:edit", page.pk)


def say_why_it_came_back(request: HttpRequest, page: Page) -> None:
    """Say, above a page that was sent back, who asked for changes and why: each time it is opened, until it goes again.

    Wagtail keeps these words in a window that nothing opens.
    """
    state = page.current_workflow_state if request.method == "GET" else None
    if state is None or state.status != state.STATUS_NEEDS_CHANGES:
        return
    said = state.current_task_state
    if said is not None and said.comment:
        told = _("%(who)s demande des changements : « %(why)s »")
        name = said.finished_by.get_full_name() if said.finished_by else ""
        messages.warning(request, told % {"who": name or _("La relecture"), "why": said.comment})


def _is_done(request: HttpRequest, page: Page, decision: str, comment: str) -> bool:
    try:
        page.current_workflow_task.on_action(page.current_workflow_task_state, request.user, decision, comment=comment)
    except SecondPersonNeeded as error:  # somebody else decided meanwhile
        messages.error(request, error.sentence)
        return False
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return False
    said = _("« %(title)s » est approuvé.") if decision == APPROVE else _("« %(title)s » retourne à son auteur.")
    messages.success(request, said % {"title": page.title})
    return True


def _waits_for(page: Page, user: Any) -> bool:
    return isinstance(page.current_workflow_task, ModuleReading) and reviewing.may_review(page, user)
