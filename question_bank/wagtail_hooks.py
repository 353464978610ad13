"""What the bank adds to /cms/."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import classproperty
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.models import get_snippet_models, register_snippet

from .authoring.home import panels
from .authoring.models import ItemDraft
from .authoring.policy import ItemPolicy
from .exchange import admin as _exchange  # noqa: F401 - registers its own hooks
from .statistics import admin as _statistics  # noqa: F401 - registers its own hooks

register_permission_policy(ItemDraft, ItemPolicy(ItemDraft))

from .authoring.bulk import RetireItems, TagItems  # noqa: E402 - once its policy is known
from .authoring.viewset import ItemViewSet  # noqa: E402

register_snippet(ItemViewSet)
# Nobody deletes an item (authoring.policy), but Wagtail offers to whatever the policy says: it has no other list.
DeleteBulkAction.models = classproperty(lambda cls: [one for one in get_snippet_models() if one is not ItemDraft])
hooks.register("register_bulk_action", RetireItems)
hooks.register("register_bulk_action", TagItems)

NOT_THIS_WAY = {"action-publish", "action-unpublish", "action-restart-workflow"}


@hooks.register("construct_snippet_action_menu")
def keep_what_an_author_does(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Offer to save, submit and withdraw an item: publishing is its reviewer's, on its page."""
    if context["model"] is ItemDraft:
        menu_items[:] = [item for item in menu_items if item.name not in NOT_THIS_WAY]


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, shown: list[Any]) -> None:
    """Begin the home page with what waits for this person."""
    shown[:0] = panels(request)


@hooks.register("insert_global_admin_css")
def style_authoring() -> SafeString:
    """Style the few things that Wagtail has no component for."""
    return format_html('<link rel="stylesheet" href="{}">', static("question_bank/authoring.css"))
