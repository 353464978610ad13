"""What other rooms give to accounts so that a person can leave with their data, or without a trace."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PersonalData:
    """One room's share of a person: `export(user_id)` returns JSON-able data, `erase(user_id)` removes it."""

    name: str
    export: Callable[[int], Any]
    erase: Callable[[int], None]
