"""From rows back to item files."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kernel.datafile import DataFileError
from question_bank.itemfiles.item_shape import FIELDS, read_item
from question_bank.itemfiles.reader import read_item_file
from question_bank.itemfiles.writer import item_text
from question_bank.models import Item


def item_data(item: Item) -> dict[str, Any]:
    """Return an item as its file says it: fields in the order of docs/items.md, those of a part in their author's."""
    version = item.current_version
    if version is None:
        raise ValueError(f"{item.key} has no version to write.")
    names: Iterable[str] = (
        "key",
        "competency",
        "capacity",
        "audiences",
        "professions",
        "difficulty",
        "status",
        "enemies",
    )
    known = {name: getattr(item, name) for name in names}
    known |= {"valid_from": version.valid_from.isoformat(), "review_by": version.review_by.isoformat()}
    if version.valid_to:
        known["valid_to"] = version.valid_to.isoformat()
    known |= version.content
    if item.cluster:
        known["cluster"] = item.cluster
    return {field: known[field] for field in FIELDS if field in known}


def dump_items(*, path: Path) -> tuple[int, int]:
    """Write every item to its file under `path`; return how many there are, and how many files changed.

    The file of an item that moved to another competency goes: two files of one key are refused.
    """
    items = Item.objects.exclude(current_version=None).select_related("current_version").order_by("key")
    before = defaultdict[str, list[Path]](list)
    for found in path.rglob("*.yaml"):
        before[found.stem].append(found)
    written = [_dump(item, path / item.competency / f"{item.key}.yaml", before[item.key]) for item in items]
    return len(written), sum(written)


def _dump(item: Item, path: Path, before: Iterable[Path]) -> bool:
    is_new = _write(path, item_data(item))
    for left in before:
        if left != path and (said := _says(left)) and said["key"] == item.key:
            left.unlink()
            is_new = True
    return is_new


def _write(path: Path, data: dict[str, Any]) -> bool:
    """Write an item, unless its file says it already: its author's layout and comments are theirs."""
    if path.exists() and _says(path) == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(item_text(data), encoding="utf-8")
    return True


def _says(path: Path) -> dict[str, Any] | None:
    """Return the item that a file holds; None when it holds none that can be read."""
    try:
        value = read_item_file(path).value
    except DataFileError:
        return None
    wrong: list[object] = []
    data = read_item(value, lambda keys, sentence: wrong.append(sentence))
    return None if wrong else data
