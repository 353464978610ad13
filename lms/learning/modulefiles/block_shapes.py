"""The blocks a step or a summary sheet is made of, and the fields of each, in the order they are written back."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from question_bank.api import files, to_stream

from .markdown import markdown_problems

LINE: Final = files.text(120)
SENTENCE: Final = files.text(240)
FILE: Final = files.matching(r"[a-z0-9]+([._-][a-z0-9]+)*\.[a-z0-9]{2,4}", "the name of a file of the module’s folder")


def rich(most: int) -> files.Shape:
    """A text in the little Markdown of docs/modules.md."""
    text = files.text(most, lines=True)

    def shape(value: Any, keys: files.Keys, say: files.Say) -> str:
        found: str = text(value, keys, say)
        for sentence in dict.fromkeys(markdown_problems(found)):
            say(keys, sentence)
        return found

    return shape


def ordered(
    required: Mapping[str, files.Shape],
    optional: Mapping[str, files.Shape] | None = None,
    order: tuple[str, ...] = (),
) -> files.Shape:
    """Named fields, given back in `order`, else that of this declaration: what a page keeps has no order of its author.

    An optional field that is empty is left out.
    """
    shape, names = files.fields(required, optional), order or (*required, *(optional or {}))

    def in_order(value: Any, keys: files.Keys, say: files.Say) -> dict[str, Any]:
        found = shape(value, keys, say)
        return {name: found[name] for name in names if name in found and (name in required or found[name])}

    return in_order


def figure(value: Any, keys: files.Keys, say: files.Say) -> dict[str, Any]:
    """A drawing of ours or a picture, with what it says in words."""
    found: dict[str, Any] = FIGURE(value, keys, say)
    if ("drawing" in found) == ("image" in found):
        say(keys, "a figure has either a `drawing` (an SVG file) or an `image` (a photograph)")
    return found


def ordered_artefact(value: Any, keys: files.Keys, say: files.Say) -> dict[str, Any]:
    """An artefact as items show them, its fields in the order of docs/items.md and its body as one text."""
    found: dict[str, Any] = files.artefact(value, keys, say)
    if isinstance(found.get("body"), list):
        found["body"] = BODY("\n\n".join(found["body"]), (*keys, "body"), say)
    if found and to_stream(found) is None:
        say(keys, "the form of /cms/ cannot hold this artefact whole (an empty value, a “|” in a cell)")
    names = artefact_fields(str(found.get("kind")))
    return {name: found[name] for name in names if name in found}


def artefact_fields(kind: str) -> tuple[str, ...]:
    """Return the names of the fields of an artefact, in order."""
    return ("kind", *files.ARTEFACT_REQUIRED.get(kind, {}), *files.ARTEFACT_OPTIONAL.get(kind, {}), "alt")


BODY: Final = files.text(1200, lines=True)
ALT: Final = files.text(300)
FIGURE: Final = ordered(
    {"alt": ALT},
    {"drawing": FILE, "image": FILE, "caption": files.text(300)},
    ("drawing", "image", "alt", "caption"),
)
RECORDING: Final = ordered({"file": FILE, "title": LINE, "transcript": rich(20_000)})
LINES: Final = files.listing(ordered({"who": files.text(60), "says": files.text(500)}), 2, 16)
WAY: Final = ordered({"title": LINE}, {"text": rich(800)})
CARD: Final = ordered({"front": files.text(160), "back": files.text(400)})

BLOCKS: Final[Mapping[str, files.Shape]] = {
    "situation": ordered({"who": files.text(120), "text": rich(1500)}),
    "text": rich(2000),
    "figure": figure,
    "artefact": ordered_artefact,
    "dialogue": ordered({"lines": LINES}, {"after": rich(800)}),
    "do_dont": ordered({"do": files.listing(SENTENCE, 1, 8), "dont": files.listing(SENTENCE, 1, 8)}),
    "checklist": ordered({"title": LINE, "items": files.listing(SENTENCE, 2, 12)}),
    "how_to": ordered({"title": LINE, "steps": files.listing(WAY, 2, 10)}),
    "term": ordered({"term": files.text(80), "definition": rich(600)}),
    "file": ordered({"file": FILE, "title": LINE}),
    "video": RECORDING,
    "audio": RECORDING,
    "item": files.KEY,
    "simulation": files.KEY,
    "flash_cards": files.listing(CARD, 2, 10),
    "key_points": files.listing(SENTENCE, 2, 8),
    "sources": files.listing(ordered({"label": files.text(200), "url": files.web_address}), 1, 8),
}
ON_A_SHEET: Final = ("text", "do_dont", "checklist", "how_to", "key_points", "figure", "term", "artefact")
# Where Markdown stands in a block: its kind, then the names of fields; everything else is plain.
RICH: Final = frozenset(
    {
        ("situation", "text"),
        ("text",),
        ("dialogue", "after"),
        ("how_to", "steps", "text"),
        ("term", "definition"),
        ("video", "transcript"),
        ("audio", "transcript"),
    }
)


def turned(kind: str, value: Any, turn: Callable[[str], str]) -> Any:
    """Return the value of a block with each of its rich texts turned."""
    return _turned((kind,), value, turn)


def _turned(path: tuple[str, ...], value: Any, turn: Callable[[str], str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _turned((*path, name), entry, turn) for name, entry in value.items()}
    if isinstance(value, list):
        return [_turned(path, entry, turn) for entry in value]
    return turn(value) if path in RICH and isinstance(value, str) else value


def block(*kinds: str) -> files.Shape:
    """A mapping with one key, which is one of `kinds`."""

    def shape(value: Any, keys: files.Keys, say: files.Say) -> dict[str, Any]:
        if not isinstance(value, dict) or len(value) != 1:
            say(keys, "a block is written `- kind: …`, with one kind and nothing beside it")
            return {}
        (kind,) = value
        if kind not in kinds:
            say((*keys, kind), f"no block “{kind}” here; {files.nearest(kind, kinds)}")
            return {}
        return {kind: BLOCKS[kind](value[kind], (*keys, kind), say)}

    return shape
