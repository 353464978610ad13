"""What a taker and the server say to each other: no socket here, so that one taker serves the load and the profile."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request; `headers` beside those every request carries."""

    method: str
    path: str
    body: bytes = b""
    headers: Headers = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Exchanges = Generator[Request, Reply, None]


class Unexpected(Exception):
    """The server said something a taker does not expect in a sitting that goes well."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"{reply.status}: {reply.body[:200].decode(errors='replace')}")


def expect(reply: Reply, *statuses: int) -> Reply:
    """Return the reply if its status is one of `statuses`. Raises Unexpected."""
    if reply.status not in statuses:
        raise Unexpected(reply)
    return reply


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An answer the server said it had: in which attempt, under which key, and the digest of what was sent."""

    token: str
    key: str
    digest: str


@dataclass(slots=True)
class Record:
    """Everything a taker was told was kept, in order."""

    answers: list[Acknowledged] = field(default_factory=list)
