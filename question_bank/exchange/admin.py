"""Where /cms/ imports and exports: addresses, and lines of the bank's menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import exporting, importing, views

MENU_HOOK = "register_bank_menu_item"


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Give the pages their addresses under /cms/."""
    return [
        path("banque/importer/", views.begin, name="question_bank_import"),
        path("banque/importer/travaux/<uuid:job>/", views.progress, name="question_bank_import_job"),
        path("banque/importer/<str:token>/", views.check, name="question_bank_import_preview"),
        path("banque/exporter/", views.export, name="question_bank_export"),
    ]


class AuthorsMenuItem(MenuItem):  # type: ignore[misc]
    """A line for whoever writes items."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person signed in sees it."""
        return bool(request.user.has_perm(importing.ADD))


class ReadersMenuItem(MenuItem):  # type: ignore[misc]
    """A line for whoever reads items."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether the person signed in sees it."""
        return bool(request.user.has_perm(exporting.VIEW))


@hooks.register(MENU_HOOK)
def import_line() -> MenuItem:
    """Add the import."""
    return AuthorsMenuItem(_("Importer"), reverse("question_bank_import"), icon_name="upload", order=60)


@hooks.register(MENU_HOOK)
def export_line() -> MenuItem:
    """Add the export."""
    return ReadersMenuItem(_("Exporter"), reverse("question_bank_export"), icon_name="download", order=70)
