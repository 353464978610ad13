"""Opaque option ids and their order, per attempt: nothing is stored, nothing carries from one attempt to another."""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

ID_BYTES = 12  # 16 characters
LEAST_SECRET = 16


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=Named)


class OptionMask:
    """What an attempt shows instead of the ids of an item. `secret`: at least 16 bytes that only the server knows."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) < LEAST_SECRET:
            raise ValueError("The secret of a mask has at least 16 bytes.")
        self._secret = secret

    def _digest(self, version: UUID, real_id: str) -> bytes:
        return hmac.digest(self._secret, version.bytes + real_id.encode(), "sha256")

    def hide(self, version: UUID, real_id: str) -> str:
        """Return what stands for `real_id` in this attempt (16 URL-safe characters)."""
        return urlsafe_b64encode(self._digest(version, real_id)[:ID_BYTES]).decode()

    def reveal(self, version: UUID, opaque: object, real_ids: Iterable[str]) -> str | None:
        """Return which of `real_ids` `opaque` stands for, or None when it is none of them."""
        return next((real_id for real_id in real_ids if self.hide(version, real_id) == opaque), None)

    def shuffle(self, version: UUID, things: Sequence[T], prefix: str = "") -> list[tuple[str, T]]:
        """Return the things with their opaque ids, in the order of this attempt; `prefix` keeps lists of an item apart.

        The order comes from other bytes of the digest than the ids, so that neither tells the other.
        """
        drawn = [(self._digest(version, prefix + thing.id), thing) for thing in things]
        drawn.sort(key=lambda pair: pair[0][ID_BYTES:])
        return [(urlsafe_b64encode(digest[:ID_BYTES]).decode(), thing) for digest, thing in drawn]
