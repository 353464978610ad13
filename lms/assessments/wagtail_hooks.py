"""What assessments add to the bank's pages in /cms/: what it can measure."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from question_bank.api import may_read

from .views import bank


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give the pages their addresses under /cms/."""
    return [
        path("banque/mesure/", bank.measure, name="assessments_bank_measure"),
        path("banque/mesure.json", bank.measure_json, name="assessments_bank_measure_json"),
        path("banque/mesure/simuler/", bank.simulate, name="assessments_bank_simulate"),
    ]


class MeasureMenuItem(MenuItem):  # type: ignore[misc]
    """A line of the menu for whoever may read items."""

    def is_shown(self, request: HttpRequest) -> Any:
        """Say whether the person signed in sees it."""
        return may_read(request.user)


@hooks.register("register_bank_menu_item")
def measure_line() -> MenuItem:
    """Add the measure to the bank's menu."""
    return MeasureMenuItem(_("Ce qu’elle mesure"), reverse("assessments_bank_measure"), icon_name="order", order=30)
