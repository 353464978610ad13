"""Keeping an anonymous attempt: it gets an owner and a new address; the old one dies."""

from django.db import transaction

from kernel.clock import database_now
from kernel.events import publish

from .. import selectors
from ..errors import AttemptUnknown
from ..events import AttemptKept
from ..models import Attempt, new_token


@transaction.atomic
def keep_attempt(*, token: str, owner_id: int) -> Attempt:
    """Attach the anonymous attempt at `token` to `owner_id`, and return it. Raises AttemptUnknown."""
    attempt, _ = selectors.lock_attempt(token=token, viewer_id=None)
    if not attempt.is_anonymous:
        raise AttemptUnknown
    attempt.owner_id, attempt.token, attempt.erase_after = owner_id, new_token(), None
    attempt.save(update_fields=["owner", "token", "erase_after"])
    publish(AttemptKept(aggregate=attempt.uuid, at=database_now(), owner=owner_id))
    return attempt
