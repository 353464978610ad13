"""Who sees what the bank knows of itself: whoever may read items; who acts on reports: whoever writes or reviews."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

READ = "question_bank.view_itemdraft"
ACT = ("question_bank.change_itemdraft", "question_bank.review_itemdraft")
View = Callable[..., HttpResponse]


def may_read(user: Any) -> bool:
    """Say whether `user` may see the pages of the bank."""
    return bool(user.has_perm(READ) or may_act(user))


def may_act(user: Any) -> bool:
    """Say whether `user` may answer a report or ask for a simulation."""
    return any(user.has_perm(right) for right in ACT)


def readers_only(view: View) -> View:
    """Refuse the view to whoever may not read items (Wagtail turns the refusal into its own page)."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_read(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked
