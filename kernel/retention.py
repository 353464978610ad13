"""How long rows are kept: a table, seeded by a file, that the code obeys."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from .datafile import DataFile, DataFileError, read
from .models import Retention

FILE = Path(__file__).parent / "data" / "retention.yaml"
Purge = Callable[[datetime], int]
_purges: dict[str, Purge] = {}


@dataclass(frozen=True)
class Rule:
    """`kind` is kept `days` days, because of `basis`."""

    kind: str
    days: int
    basis: str
    basis_en: str = ""


def days(kind: str) -> int:
    """Return how many days `kind` is kept: the table's word, else the file's; LookupError for an unknown kind."""
    row = Retention.objects.filter(kind=kind).values_list("days", flat=True).first()
    return _default(kind).days if row is None else row


def purges(kind: str) -> Callable[[Purge], Purge]:
    """Register the decorated function, which removes what of `kind` is older than a date and returns how many."""

    def register(purge: Purge) -> Purge:
        _purges[kind] = purge
        return purge

    return register


def purge(*, now: datetime) -> dict[str, int]:
    """Remove everything whose time is over; return the count by kind."""
    return {kind: remove(now - timedelta(days=days(kind))) for kind, remove in _purges.items()}


def rules(path: Path = FILE) -> list[Rule]:
    """Return the file's rules; raises DataFileError naming every line that is wrong."""
    file = read(path)
    problems = [problem for index in range(len(_entries(file))) for problem in _problems(file, index)]
    if problems:
        raise DataFileError(problems)
    return [Rule(**entry) for entry in _entries(file)]


def default_days(kind: str) -> int:
    """Return how many days the file says, for when there is no table to ask; LookupError for an unknown kind."""
    return _default(kind).days


@cache
def _default(kind: str) -> Rule:
    for rule in rules():
        if rule.kind == kind:
            return rule
    raise LookupError(f"Nothing says how long “{kind}” is kept: add it to {FILE.relative_to(FILE.parents[2])}.")


def _entries(file: DataFile) -> list[dict[str, Any]]:
    entries = file.value.get("retention") if isinstance(file.value, dict) else None
    if not isinstance(entries, list):
        raise DataFileError([file.at("a list called “retention” is expected")])
    return list(entries)


def _problems(file: DataFile, index: int) -> list[str]:
    entry = file.value["retention"][index]
    if not isinstance(entry, dict) or set(entry) | {"basis_en"} != {"kind", "days", "basis", "basis_en"}:
        return [file.at("an entry has kind, days, basis, and may have basis_en", "retention", index)]
    found = []
    if type(entry["days"]) is not int or entry["days"] < 0:
        found.append(file.at("days is a whole number, 0 or more", "retention", index, "days"))
    return found + [
        file.at(f"{key} is a text", "retention", index, key)
        for key in ("kind", "basis", *({"basis_en"} & set(entry)))
        if not isinstance(entry[key], str) or not entry[key].strip()
    ]
