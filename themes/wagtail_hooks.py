"""/cms/ in our colours."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from .looks import admin as _looks  # noqa: F401 - registers its own hooks


@hooks.register("insert_global_admin_css")
def admin_colours() -> SafeString:
    """Add our sheet after Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("themes/admin.css"))
