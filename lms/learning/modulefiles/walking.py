"""Going through the blocks of a module's words, with the place of each."""

from collections.abc import Iterator, Mapping
from typing import Any

from question_bank.api import files


def blocks(words: Mapping[str, Any], language: str) -> Iterator[tuple[files.Keys, str, Any]]:
    """Yield the place, the kind and the value of each block of the steps, then of the sheet."""
    for place, step in enumerate(words["steps"]):
        yield from _of(step["blocks"], (language, "steps", place, "blocks"))
    yield from _of(words["sheet"], (language, "sheet"))


def _of(listed: list[dict[str, Any]], keys: files.Keys) -> Iterator[tuple[files.Keys, str, Any]]:
    for index, block in enumerate(listed):
        for kind, value in block.items():
            yield (*keys, index, kind), kind, value


def embedded(words: Mapping[str, Any]) -> list[str]:
    """Return the keys of the bank's items that the steps show, in order, each once."""
    shown = (value for _keys, kind, value in blocks(words, "fr") if kind in ("item", "simulation"))
    return list(dict.fromkeys(shown))
