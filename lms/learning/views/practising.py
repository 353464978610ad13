"""An answer, or a gesture, to an item inside a step: the step is shown again, with what was right and why."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language

from kernel import clock
from kernel.origin import same_origin_only
from lms.assessments import api as assessments
from lms.assessments.api import ItemNotOffered, Practice, TicketUnreadable
from lms.learning import reading, selectors
from lms.learning.models import ModulePage
from lms.learning.practice import Place, keep_practice
from lms.learning.raw import items_of_step
from lms.learning.reading import Brought

from .reader import reader_id, see_other, tells_refusals

LONGEST = 24_000  # characters of an answer that a page keeps: the most gestures that a scenario takes are below


@same_origin_only
@tells_refusals
def practise(request: HttpRequest) -> HttpResponse:
    """Take what a practice form sent, and show its step again. Nothing is kept of a reader who is not signed in."""
    language = get_language() or "fr"
    if request.method != "POST":
        return see_other(request, selectors.catalogue_url(language))
    key, step = request.POST.get("module", "")[:100], request.POST.get("etape", "")[:100]
    page = selectors.module_page(key, language) if "\x00" not in key else None
    if page is None:
        return reading.gone(request, key.replace("\x00", ""), language)
    keys = items_of_step(page.steps, step)
    turn = _turn(request, page, keys)
    if turn is None or turn.key not in keys:
        return shown(request, page, step, Brought())
    if turn.is_answered:
        _keep(request, turn, Place(page.slug, step))
    return shown(request, page, step, Brought({keys.index(turn.key) + 1: turn}, _sent(request.POST, turn)))


def answered_before(sent: str, page: ModulePage, step: str, now: datetime) -> dict[int, Practice]:
    """Return the practice that another form of the page brings again (`sent`), by its number; nothing is kept of it.

    What cannot be read any more is left out: that form is not about it.
    """
    keys = items_of_step(page.steps, step)
    try:
        turn = assessments.practise(data=QueryDict(sent[:LONGEST]), now=now)
    except (ItemNotOffered, TicketUnreadable):
        return {}
    return {keys.index(turn.key) + 1: turn} if turn.key in keys and turn.is_answered else {}


def shown(request: HttpRequest, page: ModulePage, step: str, brought: Brought) -> HttpResponse:
    """Draw the step as if it had been asked for at its own address: its links, its language, its display panel."""
    address = selectors.page_url(page.slug, page.locale.language_code, step)
    request.path = request.path_info = address
    response = reading.step(page, request, step, brought)
    response["Content-Location"] = address
    return response


def _sent(data: QueryDict, turn: Practice) -> str:
    """Return the form that said an answer, for the page to keep it; nothing when there is none, or it is too long."""
    said = data.urlencode()
    return said if turn.is_answered and len(said) <= LONGEST else ""


def _turn(request: HttpRequest, page: ModulePage, keys: list[str]) -> Practice | None:
    """Return where the practice stands; an unreadable form brings the item of its place anew, with the sentence."""
    try:
        return assessments.practise(data=request.POST, now=clock.now())
    except ItemNotOffered:  # the step says so, at its place
        return None
    except TicketUnreadable as error:
        number = request.POST.get("essai", "")
        place = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 4 else -1
        asked = assessments.practices(
            keys=keys[place : place + 1] if place >= 0 else [], wording=reading.wording_of(page), now=clock.now()
        )
        return next((replace(one, notice=error.sentence, status=error.status) for one in asked.values()), None)


def _keep(request: HttpRequest, turn: Practice, place: Place) -> None:
    owner_id = reader_id(request)
    if owner_id is not None:
        keep_practice(owner_id=owner_id, practice=turn, place=place, now=clock.now())
