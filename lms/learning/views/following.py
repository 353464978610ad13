"""What a page of a step sends: that one goes on, and how long it was seen."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from kernel import clock
from kernel.origin import same_origin_only
from lms.learning import progress, reading, selectors

from .reader import reader_id, see_other, tells_refusals

MOST = 5  # digits of a number of seconds


@same_origin_only
@tells_refusals
def step_seen(request: HttpRequest) -> HttpResponse:
    """Go on to what follows a step, after noting it for somebody signed in (a session may have ended meanwhile)."""
    language = get_language() or "fr"
    key, step = (request.POST.get(name, "")[:100].replace("\x00", "") for name in ("module", "step"))
    module = selectors.module(key)
    if request.method != "POST" or module is None:
        return see_other(request, selectors.catalogue_url(language))
    if not module.is_published:
        return reading.gone(request, key, language)
    owner_id = reader_id(request)
    if owner_id is None:
        following = progress.after(module, step)
    else:
        following = progress.see_step(owner_id=owner_id, module=module, step=step, now=clock.now())
    url = selectors.page_url(key, language if language in module.languages else "fr", following)
    return see_other(request, url if following else f"{url}?absente={step}")


@require_POST
@same_origin_only
@tells_refusals
def time_spent(request: HttpRequest) -> HttpResponse:
    """Take the time a page says it was seen. It answers nothing: nobody is there any more to read it."""
    now, claimed = clock.now(), request.POST.get("seconds", "")
    ticket = progress.read_ticket(request.POST.get("ticket", "")[:400], now=now)
    is_number = claimed.isascii() and claimed.isdigit() and len(claimed) <= MOST
    module = selectors.module(ticket.module) if ticket and ticket.owner_id == reader_id(request) else None
    if ticket and module and is_number:
        progress.count_time(
            owner_id=ticket.owner_id,
            module=module,
            step=ticket.step,
            seconds=int(claimed),
            opened_at=ticket.opened_at,
            now=now,
        )
    return HttpResponse(status=204)
