"""Beginning the check of a module."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from kernel.origin import same_origin_only
from lms.learning import checks, reading, selectors

from .reader import reader_id, see_other, tells_refusals


@same_origin_only
@tells_refusals
def begin_check(request: HttpRequest) -> HttpResponse:
    """Open the check of a module, or take it up where it was left, and go to its item."""
    language = get_language() or "fr"
    if request.method != "POST":
        return see_other(request, selectors.catalogue_url(language))
    key = request.POST.get("module", "")[:100].replace("\x00", "")
    module = selectors.module(key)
    if module is None or not module.is_published:
        return reading.gone(request, key, language)
    attempt = checks.begin(module=module, owner_id=reader_id(request), locale=language)
    return see_other(request, reverse("assessments:question", args=[attempt.token]))
