"""The things an item can show, and the fields of each (docs/items.md)."""

from collections.abc import Mapping
from typing import Any

from question_bank.shapes import Keys, Say, Shape, either, fields, listing, nearest, text

LINE = text(160)
BODY = either(text(1200, lines=True), listing(text(600), 1, 8))  # paragraphs: an empty line apart, or a list
LINK = fields({"text": text(120), "address": text(200)})
LABELLED = fields({"label": text(120), "value": text(300, 0)})
TURN = fields({"who": text(60), "text": text(400)})

REQUIRED: dict[str, Mapping[str, Shape]] = {
    "email": {"from": LINE, "address": LINE, "to": LINE, "subject": LINE, "date": LINE, "body": BODY},
    "sms": {"from": LINE, "date": LINE, "body": BODY},
    "letter": {"from": LINE, "date": LINE, "subject": LINE, "body": BODY},
    "screen": {"app": LINE, "title": LINE, "rows": listing(LABELLED, 1, 12)},
    "log": {"title": LINE, "columns": listing(text(60), 2, 6), "rows": listing(listing(text(120), 2, 6), 1, 12)},
    "form": {"title": LINE, "fields": listing(LABELLED, 1, 12)},
    "dialogue": {"turns": listing(TURN, 1, 12)},
}
OPTIONAL: dict[str, Mapping[str, Shape]] = {
    "email": {"link": LINK, "attachments": listing(LINE, 1, 5)},
    "letter": {"to": LINE},
    "screen": {"notice": text(400), "buttons": listing(text(60), 1, 5)},
}
COMMON: Mapping[str, Shape] = {"kind": text(20), "alt": text(160)}


def artefact(value: Any, keys: Keys, say: Say) -> Any:
    """The shape of an artefact: what its kind asks for, and `alt`."""
    kind = value.get("kind") if isinstance(value, dict) else None
    if kind not in REQUIRED:
        say((*keys, "kind"), f"the artefact has no known kind; {nearest(kind or '', tuple(REQUIRED))}")
        return {}
    shape = fields({**COMMON, **REQUIRED[kind]}, OPTIONAL.get(kind, {}))
    found: dict[str, Any] = shape(value, keys, say)
    if kind == "log":
        _check_columns(found, keys, say)
    return found


def _check_columns(found: Mapping[str, Any], keys: Keys, say: Say) -> None:
    width = len(found.get("columns", ()))
    for index, row in enumerate(found.get("rows", ())):
        if len(row) != width:
            say((*keys, "rows", index), f"this row has {len(row)} cells for {width} columns")
