"""Reading raw values of steps: which items they embed, what they say as plain values."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from wagtail import blocks

PRACTICE: Final = ("item", "simulation")


def blocks_of(steps: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield each block of each step of a raw `steps`, in order."""
    for step in steps:
        yield from step["value"].get("blocks") or ()


def embedded_items(steps: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the keys of the items and simulations embedded in raw `steps`, in order, each once."""
    return list(dict.fromkeys(block["value"] for block in blocks_of(steps) if block["type"] in PRACTICE))


def flash_cards_of_step(steps: Iterable[Any], key: str) -> dict[str, str]:
    """Return the flash cards of the step `key` of a page's `steps`: what is on the back, by what is on the front."""
    body = next((step.value["blocks"] for step in steps if step.value["key"] == key), ())
    groups = [block.value for block in body if block.block_type == "flash_cards"]
    return {str(card["front"]): str(card["back"]) for cards in groups for card in cards}


def items_of_step(steps: Iterable[Any], key: str) -> list[str]:
    """Return the keys of the items and simulations that the step `key` of a page shows, in order of their numbers."""
    found = next((step.value["blocks"] for step in steps if step.value["key"] == key), ())
    return [block.value for block in found if block.block_type in PRACTICE]


def plain(block: blocks.Block, value: Any) -> Any:
    """Return the raw `value` of `block` without ids nor the wrapping of lines, as a file holds it: [{kind: value}]."""
    if isinstance(block, blocks.StreamBlock):
        return [{said["type"]: plain(block.child_blocks[said["type"]], said["value"])} for said in value or ()]
    if isinstance(block, blocks.ListBlock):
        return [plain(block.child_block, _unwrapped(said)) for said in value or ()]
    if isinstance(block, blocks.StructBlock):
        known = block.child_blocks
        return {name: plain(known[name], said) for name, said in value.items() if name in known}
    return value


def _unwrapped(said: Any) -> Any:
    return said["value"] if isinstance(said, dict) and said.get("type") == "item" and "value" in said else said
