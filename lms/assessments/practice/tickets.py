"""The signed field of a practice form: what an attempt would keep in its row. Signed, not secret: it holds no key."""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from question_bank.types import OptionMask

from .refusals import TicketTooOld, TicketUnreadable

SALT = "lms.assessments.practice"
LASTS = timedelta(days=2)
LONGEST = 20_000  # characters: the most gestures that a scenario takes are far below


@dataclass(frozen=True)
class Ticket:
    """What is on screen: a version of an item in a wording (`fr`, `plain`, `en`), and what was done with it.

    `gestures` are as they were sent, opaque ids and all; `at` is when the page was made, in seconds.
    """

    version: int
    wording: str
    seed: str
    at: int
    gestures: tuple[str, ...] = ()

    @classmethod
    def new(cls, version: int, wording: str, now: datetime) -> "Ticket":
        """Return the ticket of an item that nobody has answered."""
        return cls(version, wording, secrets.token_urlsafe(16), int(now.timestamp()))

    @classmethod
    def read(cls, text: str) -> "Ticket":
        """Return what `sign` wrote. Raises TicketUnreadable."""
        if len(text) > LONGEST:
            raise TicketUnreadable
        try:
            found: dict[str, Any] = Signer(salt=SALT).unsign_object(text)
            return cls(**{**found, "gestures": tuple(found["gestures"])})
        except (BadSignature, ValueError, TypeError, KeyError) as error:
            raise TicketUnreadable from error

    def sign(self) -> str:
        """Return the value of the form's field."""
        return Signer(salt=SALT).sign_object(asdict(self), compress=True)

    def ensure_fresh(self, now: datetime) -> None:
        """Raise TicketTooOld when the page was made too long before `now`."""
        if now - datetime.fromtimestamp(self.at, UTC) > LASTS:
            raise TicketTooOld

    def renewed(self, now: datetime) -> "Ticket":
        """Return the same, made now: the options keep their ids, so that what was chosen still means something."""
        return replace(self, at=int(now.timestamp()))

    def after(self, gesture: str) -> "Ticket":
        """Return the same with one gesture more."""
        return replace(self, gestures=(*self.gestures, gesture))

    @property
    def mask(self) -> OptionMask:
        """Return what makes the options opaque. The seed is on the page: alone, it tells nothing."""
        return OptionMask(salted_hmac(SALT, self.seed, algorithm="sha256").digest())

    @property
    def language(self) -> str:
        """Return the language of our own words inside the item."""
        return "en" if self.wording == "en" else "fr"
