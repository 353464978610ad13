"""What learning adds to /cms/: the lists that choosers search; the pages that the whole site leads to stay up."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from . import selectors
from .models import CataloguePage, HomePage
from .wording import item_titles


@hooks.register("insert_editor_js")
def lists_to_choose_from() -> SafeString:
    """Give the forms of pages the published situations, simulations and modules, each with its title."""
    titles = item_titles(get_language() or "fr")
    context = {
        "items": [(key, title) for key, title, is_played in titles if not is_played],
        "simulations": [(key, title) for key, title, is_played in titles if is_played],
        "modules": [(card["key"], card["title"]) for card in selectors.cards(get_language() or "fr")],
    }
    return mark_safe(render_to_string("learning/lists.html", context))  # noqa: S308 - a template, which escapes


@hooks.register("before_unpublish_page")
@hooks.register("before_delete_page")
def keep_the_front_door(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to withdraw the home page or the catalogue: every page leads to them, and those below would go too."""
    if not isinstance(page.specific, HomePage | CataloguePage):
        return None
    messages.error(request, _("Cette page reste en ligne : toutes les autres y mènent."))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def keep_the_front_door_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Page], action_class: type
) -> HttpResponse | None:
    """Refuse the same from the list of pages."""
    if action_type not in ("delete", "unpublish", "move"):
        return None
    kept = [page for page in objects if isinstance(page, Page)]
    refused = [answer for page in kept if (answer := keep_the_front_door(request, page)) is not None]
    return refused[0] if refused else None
