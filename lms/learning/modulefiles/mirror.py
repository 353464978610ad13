"""A translation is the same module: same steps, same kinds of blocks, same things shown."""

from collections.abc import Iterator, Mapping
from typing import Any

from question_bank.api import files


def mirror_problems(
    french: Mapping[str, Any], other: Mapping[str, Any], language: str = "en"
) -> Iterator[files.Problem]:
    """Yield where `other` is not laid out as `french` is."""
    keys = [step["key"] for step in french["steps"]]
    if [step["key"] for step in other["steps"]] != keys:
        yield (language, "steps"), f"the steps have the same keys in the same order as in French: {', '.join(keys)}"
        return
    for place, (one, two) in enumerate(zip(french["steps"], other["steps"], strict=True)):
        yield from _same_blocks(one["blocks"], two["blocks"], (language, "steps", place, "blocks"))
        if two.get("minutes", one["minutes"]) != one["minutes"]:
            yield (
                (language, "steps", place, "minutes"),
                f"{one['minutes']} minutes in French (and need not be said again)",
            )
    yield from _same_blocks(french["sheet"], other["sheet"], (language, "sheet"))


def _same_blocks(
    french: list[dict[str, Any]], other: list[dict[str, Any]], keys: files.Keys
) -> Iterator[files.Problem]:
    kinds = [[kind for block in listed for kind in block] for listed in (french, other)]
    if kinds[0] != kinds[1]:
        yield keys, f"the blocks are of the same kinds in the same order as in French: {', '.join(kinds[0])}"
        return
    for index, (one, two) in enumerate(zip(french, other, strict=True)):
        for kind in one:
            if (problem := _different(kind, one[kind], two[kind])) is not None:
                yield (*keys, index, kind), problem


def _different(kind: str, one: Any, two: Any) -> str | None:
    if kind in ("item", "simulation") and one != two:
        return f"the same {kind} as in French: {one}"
    if kind == "artefact" and one.get("kind") != two.get("kind"):
        return f"the same kind of artefact as in French: {one.get('kind')}"
    counted = {"flash_cards": "", "how_to": "steps", "checklist": "items", "dialogue": "lines"}
    if kind in counted:
        lengths = [len(value[counted[kind]] if counted[kind] else value) for value in (one, two)]
        if lengths[0] != lengths[1]:
            return f"{lengths[0]} entries in French, {lengths[1]} here"
    return None
