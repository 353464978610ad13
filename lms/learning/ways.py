"""The ways through a journey: the one of everybody, and the one of each profession. Pure.

A part holds its `modules` and those that are `reserved`: only the professions they name follow them. The way of a
profession begins each part with the modules set in its own practice. Who has said no profession follows `modules`.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from .professions import NAMES

Professions = Mapping[str, Sequence[str]]  # of each published module, by key


def followed(part: Mapping[str, Any], known: Professions, profession: str = "") -> list[str]:
    """Return the keys of the published modules of a part, in order; `profession`: "" for everybody."""
    modules, reserved = list(part["modules"]), list(part.get("reserved") or ())
    if not profession:
        return [key for key in modules if key in known]
    kept = [
        key
        for key in dict.fromkeys((*modules, *reserved))
        if key in known and (key not in reserved or profession in known[key])
    ]
    return sorted(kept, key=lambda key: profession not in known[key])


def ways(parts: Iterable[Mapping[str, Any]], known: Professions) -> Iterator[list[str]]:
    """Yield the published modules of each way through a journey, each once: that of everybody first."""
    parts = list(parts)
    is_by_profession = any(part.get("reserved") for part in parts)
    for profession in ("", *(NAMES if is_by_profession else ())):
        yield list(dict.fromkeys(key for part in parts for key in followed(part, known, profession)))


def completed(every: Iterable[list[str]], done: Container[str]) -> list[list[str]]:
    """Return those of the ways of which every module is done; a way without a module is not one."""
    return [way for way in every if way and all(key in done for key in way)]
