"""The gates of `check_bank`, for one item being written: the same rules on the same mapping."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from question_bank.itemfiles.item_shape import FIELDS, read_item
from question_bank.itemfiles.rules import Context, item_problems
from question_bank.models import Item, Status
from question_bank.shapes import Problem


@dataclass(frozen=True)
class Verdict:
    """`data`: the item as its file would say it, published; `problems`: what is to mend first (none: publishable)."""

    data: dict[str, Any]
    problems: tuple[Problem, ...]
    has_shape: bool  # every field is there and reads as what it is: it can be shown


def judge(content: dict[str, Any]) -> Verdict:
    """Return what the gates say of an item if it were published as it is written."""
    wrong: list[Problem] = []
    written = in_order({**as_written(content), "status": Status.PUBLISHED.value})
    data = read_item(written, lambda keys, sentence: wrong.append((keys, sentence)))
    broken = list(_broken(data, frozenset(str(keys[0]) for keys, _sentence in wrong if keys)))
    return Verdict(data, tuple(dict.fromkeys([*wrong, *broken])), has_shape=not wrong)


def _broken(data: dict[str, Any], wrong: frozenset[str]) -> Iterator[Problem]:
    path = Path(data.get("competency") or "-") / f"{data.get('key') or '-'}.yaml"
    yield from item_problems(data, path, Context(known_keys(data.get("enemies") or [])), wrong)


def known_keys(keys: list[str]) -> frozenset[str]:
    """Return those of `keys` that are items of the bank."""
    return frozenset(Item.objects.filter(key__in=keys).values_list("key", flat=True)) if keys else frozenset()


def in_order(content: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an item in the order of docs/items.md, then those it should not have."""
    return {name: content[name] for name in (*FIELDS, *(set(content) - set(FIELDS))) if name in content}


def as_written(value: Any) -> Any:
    """Return a value as a file writes it: every scalar a text, as the shapes of items read them."""
    if isinstance(value, dict):
        return {key: as_written(entry) for key, entry in value.items() if entry is not None}
    if isinstance(value, list):
        return [as_written(entry) for entry in value]
    return str(value) if isinstance(value, int | float) else value


def typed(content: dict[str, Any]) -> dict[str, Any]:
    """Return a content with its numbers as numbers when its shape is right, else as it is written."""
    status = content.get("status", Status.DRAFT.value)
    verdict = judge(content)
    return {**verdict.data, "status": status} if verdict.has_shape else in_order(content)
