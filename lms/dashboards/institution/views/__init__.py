"""The pages of an institution. Whoever may not see the names of its students finds no such page."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel import clock
from lms.cohorts.api import framing_access

from ...tables import Printed, is_asked, respond
from .. import overview
from ..asked import Asked
from ..reading import find_house, see


def _language() -> str:
    return get_language() or "fr"


@require_safe
@never_cache
def institution(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show where an institution is, what to teach next, whom to help; or give one of its tables as a file."""
    asked = Asked.of(request.GET)
    seen = see(find_house(framing_access(request), key), asked, clock.now())

    def page(*, is_printed: bool = False) -> HttpResponse:
        context = overview.page_of(seen, asked, language=_language(), is_printed=is_printed)
        return render(request, "dashboards/institution/overview.html", context)

    printed = Printed(seen.house.institution.name, seen.as_of, lambda: page(is_printed=True))
    file = respond(request, *overview.all_tables(seen, _language()), page=printed) if is_asked(request) else None
    return file or page()
