"""What pages under /pilotage/ say at their top: where one may go, by the roles one holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.cohorts.api import Access, access_for

register = template.Library()


@dataclass(frozen=True)
class Door:
    """A link of the navigation; `is_here` on the pages below it."""

    label: str
    url: str
    is_here: bool


@register.simple_tag(takes_context=True)
def pilot_doors(context: Mapping[str, Any]) -> list[Door]:
    """Return the doors that open for the reader; their roles were asked once, by the view."""
    request, home = context["request"], reverse("dashboards:pilot")
    found = list(_doors(access_for(request), home))
    here = max((url for _label, url in found if request.path.startswith(url)), key=len, default="")
    return [Door(label, url, url == here) for label, url in found]


def _doors(access: Access, home: str) -> Iterator[tuple[str, str]]:
    if access.is_framing:
        yield _("Cohortes"), home
        yield _("Prescriptions"), f"{home}prescriptions/"
    if access.coordinated:
        yield _("Inscriptions"), f"{home}inscriptions/"
    if access.managed or access.is_platform_staff:
        yield _("Équipe"), f"{home}equipe/"
    if access.is_pilot:
        yield _("National"), f"{home}national/"
