"""The one canonical way of writing an item file: block style, 120 columns, every character as it is, the order kept.

Authors may lay theirs out otherwise; what is written here reads back as the same item, and is written again the same.
"""

import re
from typing import Any

import yaml

WIDTH = 120
LONG = 90
IDS = re.compile(r"[A-Za-z0-9._-]+")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
FOLDABLE = re.compile(r"\S(?:[^\n]*\S)?")


class Writer(yaml.SafeDumper):
    """PyYAML's writer with our choices."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists under their name, as people do."""
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        """Never write anchors."""
        return True


def _represent_text(writer: Writer, text: str) -> yaml.Node:
    if DATE.fullmatch(text):
        return writer.represent_scalar("tag:yaml.org,2002:timestamp", text)  # plain, as people write dates
    style = None
    if "\n" in text:
        style = "|"
    elif len(text) > LONG and "  " not in text and FOLDABLE.fullmatch(text):
        style = ">"
    elif text in ("", "~") or "'" in text or ": " in text or text.endswith(":"):
        style = '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_list(writer: Writer, values: list[Any]) -> yaml.Node:
    """Short lists of ids, and the cells of a row, on one line."""
    simple = all(isinstance(value, str) and IDS.fullmatch(value) for value in values)
    return writer.represent_sequence(
        "tag:yaml.org,2002:seq", values, flow_style=simple and sum(map(len, values)) < LONG
    )


Writer.add_representer(str, _represent_text)
Writer.add_representer(list, _represent_list)


def item_text(data: dict[str, Any]) -> str:
    """Return the file of an item, as `dump_items` writes it."""
    return yaml.dump(data, Dumper=Writer, sort_keys=False, allow_unicode=True, width=WIDTH)
