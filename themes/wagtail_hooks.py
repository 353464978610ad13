"""/cms/ in our colours."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .looks import admin as _looks  # noqa: F401 - registers its own hooks


@hooks.register("insert_global_admin_css")
def admin_colours() -> SafeString:
    """Add our sheet after Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("themes/admin.css"))


@hooks.register("construct_help_menu")
def only_our_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Keep Wagtail's news and guides, in English and elsewhere, out of an author's way."""
    menu_items[:] = [item for item in menu_items if not item.url.startswith("https:")]
