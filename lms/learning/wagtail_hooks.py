"""What learning adds to /cms/: the lists that choosers search."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail import hooks

from . import selectors
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
