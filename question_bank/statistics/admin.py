"""Where /cms/ shows what the bank knows of itself: addresses, menu, panel of the home page."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button

from question_bank.authoring.models import ItemDraft

from . import selectors, views
from .access import may_read

MENU_HOOK = "register_bank_menu_item"
LATEST = 5


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give the pages their addresses under /cms/."""
    return [
        path("banque/", views.coverage, name="question_bank_coverage"),
        path("banque/couverture.json", views.coverage_json, name="question_bank_coverage_json"),
        path("banque/exposition/", views.exposure, name="question_bank_exposure"),
        path("banque/exposition.json", views.exposure_json, name="question_bank_exposure_json"),
        path("banque/signalements/", views.reports, name="question_bank_reports"),
        path("banque/signalements/<uuid:report>/", views.report, name="question_bank_report"),
        path("banque/items/<slug:key>/", views.item, name="question_bank_item"),
        path("banque/items/<slug:key>/donnees.json", views.item_json, name="question_bank_item_json"),
    ]


class ReadersMenuItem(MenuItem):  # type: ignore[misc]
    """A line of the menu for whoever may read items."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person signed in sees it."""
        return may_read(request.user)


class BankMenuItem(SubmenuMenuItem):  # type: ignore[misc]
    """The bank's own menu."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person signed in sees it."""
        return may_read(request.user)


@hooks.register("register_admin_menu_item")
def bank_menu() -> MenuItem:
    """Add the bank to the menu; higher rooms add their pages to it under MENU_HOOK."""
    return BankMenuItem(_("La banque"), Menu(register_hook_name=MENU_HOOK), name="bank", icon_name="list-ul", order=210)


@hooks.register(MENU_HOOK)
def coverage_line() -> MenuItem:
    """Add the coverage."""
    return ReadersMenuItem(_("Couverture"), reverse("question_bank_coverage"), icon_name="table", order=10)


@hooks.register(MENU_HOOK)
def exposure_line() -> MenuItem:
    """Add the exposure."""
    return ReadersMenuItem(_("Exposition"), reverse("question_bank_exposure"), icon_name="view", order=20)


@hooks.register(MENU_HOOK)
def reports_line() -> MenuItem:
    """Add the reports."""
    return ReadersMenuItem(_("Signalements"), reverse("question_bank_reports"), icon_name="warning", order=40)


@hooks.register("register_snippet_listing_buttons")
def figures_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Lead from an item of the authors' list to what answers say of it."""
    if isinstance(snippet, ItemDraft) and snippet.item_id is not None and may_read(user):
        address = reverse("question_bank_item", args=[snippet.key])
        yield Button(_("Ce qu’en disent les réponses"), address, icon_name="order", priority=60)


class ReportsPanel(Component):  # type: ignore[misc]
    """The reports that wait, on the home page of /cms/."""

    order = 120
    template_name = "question_bank/statistics/reports_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Return the latest reports that nobody has read, and how many there are."""
        return {"reports": list(selectors.reports("new")[:LATEST]), "count": selectors.report_counts()["new"]}


@hooks.register("construct_homepage_panels")
def reports_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Show the reports that wait to whoever may read items."""
    if may_read(request.user):
        panels.append(ReportsPanel())
