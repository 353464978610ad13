"""Situations as Wagtail snippets: which screen is which."""

from typing import Any, ClassVar

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from . import views
from .filters import ItemFilters
from .models import ItemDraft
from .panels import EDIT_HANDLER

TEMPLATES = "question_bank/authoring/"


class ItemViewSet(SnippetViewSet):  # type: ignore[misc]
    """/cms/situations/."""

    model = ItemDraft
    base_url_path = "situations"
    icon = "form"
    menu_label = _("Situations")
    menu_order = 150
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    filterset_class = ItemFilters
    search_fields: ClassVar = ["key", "title", "words"]
    search_backend_name = None
    ordering = "key"
    edit_handler = EDIT_HANDLER
    index_view_class = views.ItemList
    add_view_class = views.NewItem
    edit_view_class = views.EditItem
    revisions_revert_view_class = views.TakeUpRevision
    lock_view_class = views.LockItem
    unlock_view_class = views.UnlockItem
    inspect_view_class = views.ItemPage
    history_view_class = views.ItemHistory
    revisions_compare_view_class = views.ItemComparison
    revisions_view_class = views.ItemRevision
    edit_template_name = f"{TEMPLATES}edit.html"
    create_template_name = f"{TEMPLATES}create.html"
    inspect_template_name = f"{TEMPLATES}page.html"

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the item as its learner sees it."""
        seen: Any = self.construct_view(views.SeenItem)
        return [*super().get_urlpatterns(), path("seen/<int:pk>/", seen, name="seen")]
