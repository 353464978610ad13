"""Where “Me situer” leads, from any page."""

from django import template
from django.template import Context

from ..audiences import PLACEMENTS
from ..context import audience_of
from ..views.visitor import address

register = template.Library()


@register.simple_tag(takes_context=True)
def situating_url(context: Context, audience: str = "") -> str:
    """Return the test of `audience`, else of the reader's, else of those the page is for, else the choice of three.

    A page says in `speaks_to` whom it is for. Nothing is asked of the database: the session holds the reader's.
    """
    known = audience or audience_of(context["request"]) or str(context.get("speaks_to", ""))
    return address("start", PLACEMENTS[known]) if known in PLACEMENTS else address("catalogue")
