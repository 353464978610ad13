"""What /cms/ opens to somebody who only coordinates: the look of their institution, and their own account."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from kernel.errors import NotFound
from kernel.refusals import refuse

CMS: Final = "/cms/"
ENTER: Final = "wagtailadmin.access_admin"
# Wagtail guards what it lists by permissions, but opens its reports, its choosers and its searches to whoever enters.
OPEN: Final = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_account",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_dismissibles",
        "cms_login",
        "cms_password_reset",
        "themes_looks",
        "themes_look",
        "themes_look_new",
        "themes_look_preview",
        "themes_look_preview_sheet",
    }
)


class LooksAlone:
    """Refuse the rest of /cms/ (404) to whoever may enter it and do nothing else there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let pass what is open; the permissions are those that Wagtail is about to ask for, read once."""
        if not request.path_info.startswith(CMS) or not request.user.is_authenticated:
            return None
        if request.resolver_match is not None and request.resolver_match.view_name in OPEN:
            return None
        if request.user.is_superuser or request.user.get_all_permissions() != {ENTER}:
            return None
        return refuse(request, NotFound())
