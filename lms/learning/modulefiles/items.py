"""The items of the bank that a module shows: they exist, are published, suit whoever reads."""

from collections.abc import Iterator, Mapping
from typing import Any

from question_bank.api import files

from .walking import blocks


def item_problems(module: Mapping[str, Any], language: str) -> Iterator[files.Problem]:
    """Yield what is wrong with the items embedded in one language of a module."""
    seen: set[str] = set()
    for keys, kind, key in blocks(module[language], language):
        if kind in ("item", "simulation"):
            yield from ((keys, sentence) for sentence in _problems(module, kind, key, language))
            if key in seen:
                yield keys, f"“{key}” is already asked in this module"
            seen.add(key)


def _problems(module: Mapping[str, Any], kind: str, key: str, language: str) -> Iterator[str]:
    item = files.item_file(key)
    if item is None:
        yield f"no item “{key}” in question_bank/content"
        return
    if item["status"] != "published":
        yield f"the item “{key}” is not published: it is a {item['status']}"
    if language != "fr" and language not in item:
        yield f"the item “{key}” has no `{language}` wording"
    is_played = item["interaction"] == "simulation"
    if is_played != (kind == "simulation"):
        is_one, written = ("a simulation", "simulation") if is_played else ("not a simulation", "item")
        yield f"“{key}” is {is_one}: write `{written}: {key}`"
    if "citizen" in module["audiences"] and "citizen" not in item["audiences"]:
        yield f"the item “{key}” is not put to citizens, and the module is for them"
