"""The way back to the *Visite* strip, from /cms/: its pages do not have our foot."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")
def visit_line() -> MenuItem:
    """Give the menu a line that leads to the strip."""
    return MenuItem(_("Visite"), "/#visite", name="visit", icon_name="home", order=9000)
