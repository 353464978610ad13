"""Cleaning raw values that no form has cleaned: rich texts and drawings, wherever they stand."""

from typing import Any

from wagtail import blocks

from .blocks.base import ProseBlock
from .blocks.showing import DrawingBlock
from .drawings import clean_drawing
from .prose import clean_html


def cleaned_raw(block: blocks.Block, value: Any) -> Any:
    """Return the raw `value` of `block` with its rich texts and drawings cleaned. Raises RefusedDrawing."""
    if isinstance(block, ProseBlock):
        return clean_html(value or "")
    if isinstance(block, DrawingBlock):
        return clean_drawing(value) if value else ""
    if isinstance(block, blocks.StreamBlock):
        return [{**said, "value": cleaned_raw(block.child_blocks[said["type"]], said["value"])} for said in value]
    if isinstance(block, blocks.ListBlock):
        return [_line(block.child_block, said) for said in value or ()]
    if isinstance(block, blocks.StructBlock):
        known = block.child_blocks
        return {name: cleaned_raw(known[name], said) for name, said in value.items() if name in known}
    return value


def _line(block: blocks.Block, said: Any) -> Any:
    if isinstance(said, dict) and said.get("type") == "item" and "value" in said:
        return {**said, "value": cleaned_raw(block, said["value"])}
    return cleaned_raw(block, said)
