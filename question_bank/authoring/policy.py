"""Who may do what to drafts, in Wagtail's own screens: nobody publishes or deletes there, superusers included."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

NEVER = {"publish", "unpublish", "delete"}


class ItemPolicy(ModelPermissionPolicy):  # type: ignore[misc]
    """Django's permissions, but for what only a review or a retirement does."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether `user` may; never for what is not done this way."""
        return action not in NEVER and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Return whether `user` may do one of `actions`."""
        return any(self.user_has_permission(user, action) for action in actions)
