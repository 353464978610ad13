"""Stable ids for raw values: translation and comparison follow a block by its id, whoever writes it again."""

from typing import Any
from uuid import UUID, uuid5

from wagtail import blocks

SPACE = UUID("6f1f4a52-1c53-4f0e-9d4e-7c1d5e3f0a11")


def identified(block: blocks.Block, value: Any, name: str) -> Any:
    """Return the raw `value` of `block` with an id for each block and line in it, made of `name` and its place."""
    if isinstance(block, blocks.StreamBlock):
        return [_child(block.child_blocks[said["type"]], said, f"{name}/{at}") for at, said in enumerate(value or ())]
    if isinstance(block, blocks.ListBlock):
        return [_line(block.child_block, said, f"{name}/{at}") for at, said in enumerate(value or ())]
    if isinstance(block, blocks.StructBlock):
        return {
            key: identified(block.child_blocks[key], said, f"{name}/{key}") if key in block.child_blocks else said
            for key, said in value.items()
        }
    return value


def _child(block: blocks.Block, said: dict[str, Any], name: str) -> dict[str, Any]:
    place = _place(said, name)
    return {"type": said["type"], "value": identified(block, said["value"], place), "id": str(uuid5(SPACE, place))}


def _line(block: blocks.Block, said: Any, name: str) -> dict[str, Any]:
    value = said["value"] if isinstance(said, dict) and said.get("type") == "item" and "value" in said else said
    return {"type": "item", "value": identified(block, value, name), "id": str(uuid5(SPACE, name))}


def _place(said: dict[str, Any], name: str) -> str:
    """A step and a part are known by their key, so that a new one before them moves nothing."""
    key = said["value"].get("key") if isinstance(said["value"], dict) else None
    return f"{name.rpartition('/')[0]}/{key}" if key else name
