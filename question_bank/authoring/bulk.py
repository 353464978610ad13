"""What is done to several situations at once from the list: retire, tag."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from . import retiring, views
from .models import ItemDraft
from .writing import CHANGE


class ItemBulkAction(SnippetBulkAction):  # type: ignore[misc]
    """An author's act on several items."""

    models = [ItemDraft]

    def check_perm(self, snippet: ItemDraft) -> bool:
        """Return whether this person writes items."""
        return bool(self.request.user.has_perm(CHANGE))

    def object_context(self, snippet: ItemDraft) -> dict[str, Any]:
        """Name the item; its page."""
        return {"item": snippet, "edit_url": views.page_url(snippet)}

    def get_execution_context(self) -> dict[str, Any]:
        """Say who acts."""
        return {**super().get_execution_context(), "user": self.request.user}


class RetireItems(ItemBulkAction):
    display_name = _("Retirer")
    action_type = "retire"
    aria_label = _("Retirer les situations choisies")
    template_name = "question_bank/authoring/bulk_retire.html"
    action_priority = 20
    classes = {"serious"}

    @classmethod
    def execute_action(cls, objects: list[ItemDraft], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        """Retire what can be."""
        ids = [draft.pk for draft in objects]
        return (retiring.retire_drafts(draft_ids=ids, actor=user, now=views.now()) if ids else 0), 0

    def get_success_message(self, count: int, _children: int) -> str:
        """Say how many were."""
        return ngettext("%(count)d situation retirée.", "%(count)d situations retirées.", count) % {"count": count}


class TagForm(forms.Form):
    tags = forms.CharField(label=_("Étiquettes"), help_text=_("Entre virgules, dix au plus."), max_length=400)


class TagItems(ItemBulkAction):
    display_name = _("Étiqueter")
    action_type = "tag"
    aria_label = _("Étiqueter les situations choisies")
    template_name = "question_bank/authoring/bulk_tag.html"
    action_priority = 10
    form_class = TagForm

    def get_execution_context(self) -> dict[str, Any]:
        """Give the labels that were typed."""
        return {**super().get_execution_context(), "tags": self.cleaned_form.cleaned_data["tags"].split(",")}

    @classmethod
    def execute_action(
        cls, objects: list[ItemDraft], user: Any = None, tags: tuple[str, ...] = (), **kwargs: Any
    ) -> tuple[int, int]:
        """Add the labels."""
        ids = [draft.pk for draft in objects]
        return (retiring.tag_drafts(draft_ids=ids, tags=tags, actor=user, now=views.now()) if ids else 0), 0

    def get_success_message(self, count: int, _children: int) -> str:
        """Say how many have them."""
        return ngettext("%(count)d situation étiquetée.", "%(count)d situations étiquetées.", count) % {"count": count}
