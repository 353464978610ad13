"""What a page says when it sends the time spent on it: whose it is, which step, when it was opened. Signed, not kept.

A GET writes nothing, so the page itself carries when it was served; nobody can make it say an earlier time.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing

SALT = "lms.learning.time"
LONGEST = 86_400  # seconds: a page opened yesterday counts no more


@dataclass(frozen=True, slots=True)
class Ticket:
    """The page of a step: `opened_at` is the server's time when it was served."""

    owner_id: int
    module: str
    step: str
    opened_at: datetime


def issue_ticket(*, owner_id: int, module: str, step: str, now: datetime) -> str:
    """Return the text that the page carries."""
    return signing.dumps([owner_id, module, step, now.timestamp()], salt=SALT)


def read_ticket(text: str, *, now: datetime) -> Ticket | None:
    """Return what a page carried; None when it is not ours, is too old, or comes from the future."""
    try:
        owner_id, module, step, opened = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    opened_at = datetime.fromtimestamp(opened, tz=now.tzinfo)
    is_possible = 0 <= (now - opened_at).total_seconds() <= LONGEST
    return Ticket(owner_id, module, step, opened_at) if is_possible else None
