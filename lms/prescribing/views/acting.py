"""What staff does about something asked: close it, open it again, give more time, remind. Then the page again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kernel import clock
from kernel.errors import Conflict, Invalid
from lms.cohorts.api import framing_access

from .. import forms, reminding, selectors, services
from ..errors import DayTooFar, NobodyToRemind, ReminderTooSoon
from ..models import Reminder
from .answering import see_other

DONE = {
    "demandee": _("La demande est enregistrée. Donnez son code, ou attendez : elle paraît sur la page de chacun."),
    "changee": _("Les changements sont enregistrés."),
    "close": _("La demande est close. Qui avait commencé peut terminer."),
    "rouverte": _("La demande est de nouveau ouverte, dans ses dates."),
    "prolongee": _("Le délai est prolongé."),
    "relance": _("La relance part dans les minutes qui viennent."),
}
REFUSED = {
    "date": _("Rien n’a changé : donnez une date après la fin de la demande."),
    "trop-loin": DayTooFar.default_sentence,
    "qui": _("Rien n’a changé : choisissez une personne ou un groupe de cette demande."),
    "sans-fin": _("Cette demande n’a pas de fin : il n’y a rien à prolonger."),
    "trop-tot": ReminderTooSoon.default_sentence,
    "personne": NobodyToRemind.default_sentence,
}


@require_POST
def close(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """End something asked."""
    access = framing_access(request)
    services.close_assignment(asked=selectors.find_assignment(access, uuid), access=access, now=clock.now())
    return see_other(request, "assignment", uuid, said="close")


@require_POST
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Open it again, in its dates."""
    access = framing_access(request)
    services.reopen_assignment(asked=selectors.find_assignment(access, uuid), access=access, now=clock.now())
    return see_other(request, "assignment", uuid, said="rouverte")


@require_POST
def extend(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give more time to a person or a group."""
    access = framing_access(request)
    asked, said = selectors.find_assignment(access, uuid), "prolongee"
    day, to = forms.read_day(request.POST.get("day", "")), request.POST.get("to", "")
    try:
        services.extend(asked=asked, to=to, day=day, access=access, now=clock.now())
    except DayTooFar:
        said = "trop-loin"
    except Invalid as error:
        said = "date" if error.field == "day" else "qui"
    except Conflict:
        said = "sans-fin"
    return see_other(request, "assignment", uuid, said=said)


@require_POST
def remind(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have a letter written to those who have not begun, or not finished."""
    access = framing_access(request)
    asked, said = selectors.find_assignment(access, uuid), "relance"
    is_all = request.POST.get("to") == Reminder.To.NOT_FINISHED
    to = Reminder.To.NOT_FINISHED if is_all else Reminder.To.NOT_BEGUN
    try:
        reminding.remind(asked=asked, to=to, access=access, now=clock.now())
    except ReminderTooSoon:
        said = "trop-tot"
    except NobodyToRemind:
        said = "personne"
    return see_other(request, "assignment", uuid, said=said)
