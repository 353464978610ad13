"""What learning adds to /cms/: the lists that choosers search; the pages that the whole site leads to stay up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from . import selectors
from .announcing import removals
from .deciding import decide, offer_to_decide, say_why_it_came_back
from .gates import problems
from .models import CataloguePage, HomePage
from .reviewing import translation_of
from .translating import offer_translations, say_what_comes_next
from .wording import item_labels

hooks.register("construct_page_action_menu", offer_to_decide)
hooks.register("before_edit_page", decide)
hooks.register("before_edit_page", say_why_it_came_back)
hooks.register("before_edit_page", say_what_comes_next, order=-1)  # before the screen of translations answers
hooks.register("construct_homepage_panels", offer_translations)


@hooks.register("insert_editor_js")
def lists_to_choose_from() -> SafeString:
    """Give the forms of pages the published situations, simulations and modules, each in words."""
    labels = item_labels(get_language() or "fr")
    context = {
        "items": [(one.key, one.text) for one in labels if not one.is_played],
        "simulations": [(one.key, one.text) for one in labels if one.is_played],
        "modules": [(card["key"], card["title"]) for card in selectors.cards(get_language() or "fr")],
    }
    return mark_safe(render_to_string("learning/lists.html", context))  # noqa: S308 - a template, which escapes


class WritingPanel(Component):  # type: ignore[misc]
    """The way in for whoever writes modules."""

    name = "write_module"
    order = 1
    template_name = "learning/writing_panel.html"

    def __init__(self, catalogue: CataloguePage) -> None:
        self.catalogue = catalogue

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Say where one writes."""
        return {"catalogue": self.catalogue}


@hooks.register("construct_homepage_panels")
def offer_to_write(request: HttpRequest, shown: list[Any]) -> None:
    """Begin the home page of /cms/ with a new module, for those who may write one."""
    catalogue = CataloguePage.objects.filter(locale__language_code="fr").order_by("pk").first()
    if catalogue is not None and catalogue.permissions_for_user(request.user).can_add_subpage():
        shown.insert(0, WritingPanel(catalogue))


@hooks.register("before_edit_page", order=-1)  # before the screen of translations, which would publish, then fail
def ask_the_gates_of_a_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say what is to mend before a translation is published."""
    if request.method != "POST" or request.POST.get("action") != "publish" or translation_of(page) is None:
        return None
    sentences = problems(page.get_latest_revision_as_object())
    for sentence in sentences:
        messages.error(request, sentence)
    return redirect("wagtailadmin_pages:edit", page.pk) if sentences else None


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def tell_what_drawings_lost(request: HttpRequest, page: Page) -> None:
    """Tell the author who saves a page; a save that the page makes by itself has nobody to tell."""
    if request.method == "POST" and request.accepts("text/html"):
        for sentence in removals(request.POST.dict()):
            messages.warning(request, sentence)


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
