"""A flash card read in a step, that one wants to see again."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from kernel import clock
from kernel.origin import same_origin_only
from lms.learning import reading, selectors
from lms.learning.raw import flash_cards_of_step
from lms.learning.reading import Brought
from lms.learning.review.cards import note_flash

from .practising import answered_before, shown
from .reader import reader_id, see_other, tells_refusals


@require_POST
@same_origin_only
@tells_refusals
def keep_card(request: HttpRequest) -> HttpResponse:
    """Put a flash card of a step among those to review; back to the step, which says so and keeps what was answered."""
    language, front = get_language() or "fr", request.POST.get("carte", "")
    key, step = (request.POST.get(name, "")[:100].replace("\x00", "") for name in ("module", "etape"))
    page = selectors.module_page(key, language)
    if page is None:
        return reading.gone(request, key, language)
    back = flash_cards_of_step(page.steps, step).get(front)
    address = selectors.page_url(page.slug, language, step)
    owner_id = reader_id(request)
    if back is None or owner_id is None:
        return see_other(request, address)
    now = clock.now()
    note_flash(
        owner_id=owner_id,
        ref=hashlib.sha256("\n".join((page.slug, step, front)).encode()).hexdigest(),
        module=page.slug,
        front=front,
        back=back,
        language=language,
        is_known=False,
        now=now,
    )
    answered = answered_before(request.POST.get("fait", ""), page, step, now)
    if answered:  # a redirect would lose the situation that was just explained on this page
        return shown(request, page, step, Brought(answered, request.POST["fait"], front))
    return see_other(request, f"{address}?{urlencode({'gardee': front})}#gardee")
