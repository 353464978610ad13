"""What other rooms give to accounts so that a person can leave with their data, or without a trace."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class PersonalData:
    """One room's share of a person: `export(user_id)` returns JSON-able data, `erase(user_id)` removes it.

    `title` says on screen what it is; `names(user_id)` returns what names the person there, so that it can be taken out
    of what others wrote; `addresses(user_id)` returns those, in lower case, that others gave them and nobody else has:
    letters that went there are theirs.
    """

    name: str
    export: Callable[[int], Any]
    erase: Callable[[int], None]
    title: Any = ""
    names: Callable[[int], Iterable[str]] | None = None
    addresses: Callable[[int], Iterable[str]] | None = None


# Of these accounts, those who did something since then, or whom something still ties to the platform.
Presence = Callable[[Collection[int], datetime], set[int]]
