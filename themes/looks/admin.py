"""Where /cms/ shows the looks: addresses and a line of the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import views
from .access import editable, may_add


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give the pages their addresses under /cms/."""
    return [
        path("apparences/", views.looks, name="themes_looks"),
        path("apparences/nouvelle/", views.look, name="themes_look_new"),
        path("apparences/apercu/", views.preview, name="themes_look_preview"),
        path("apparences/apercu.css", views.preview_sheet, name="themes_look_preview_sheet"),
        path("apparences/<slug:key>/", views.look, name="themes_look"),
    ]


class LooksMenuItem(MenuItem):  # type: ignore[misc]
    """A line of the menu for whoever may change a look."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person signed in sees it."""
        return may_add(request.user) or editable(request.user).exists()


@hooks.register("register_admin_menu_item")
def looks_line() -> MenuItem:
    """Add the looks to the menu."""
    return LooksMenuItem(_("Apparences"), reverse("themes_looks"), name="looks", icon_name="image", order=220)
