"""The picture of a hotspot, as data: a document of the bank (an e-mail, a screen, a form) or a scheme made of shapes.

The page draws it; no picture comes from outside. Each place to choose (`zone`) is a part of the document or a shape.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from textwrap import wrap
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from question_bank.itemfiles import artefacts
from question_bank.shapes import (
    Keys,
    Problem,
    Say,
    Shape,
    fields,
    identifier,
    listing,
    mapping,
    matching,
    nearest,
    whole,
)
from question_bank.shapes import text as text_shape

from .content import Wording

SCHEME: Final = "scheme"
DOCUMENTS: Final = ("email", "screen", "form")
WIDEST, TALLEST = 360, 480  # units of the scheme, about pixels on a phone: there its texts are read as they are
SMALLEST_ZONE = 40
LETTER, LINE, MARGIN = 8.6, 20, 12  # about what a label takes, to say when it does not fit
PART = matching(r"[a-z]+(-[1-9]\d?)?", "the part of the document: a field (subject), or one of a list (body-2)")

ACROSS, DOWN, LONG = whole(0, WIDEST), whole(0, TALLEST), whole(1, TALLEST)
LABELLED: Mapping[str, Shape] = {"label": text_shape(60), "zone": identifier}
SHAPES: dict[str, tuple[Mapping[str, Shape], Mapping[str, Shape]]] = {
    "rect": ({"x": ACROSS, "y": DOWN, "width": LONG, "height": LONG}, LABELLED),
    "circle": ({"x": ACROSS, "y": DOWN, "radius": LONG}, LABELLED),
    "line": ({"x": ACROSS, "y": DOWN, "to_x": ACROSS, "to_y": DOWN}, {}),
    "text": ({"x": ACROSS, "y": DOWN, "text": text_shape(40)}, {}),
}
Places = Mapping[str, tuple[str, int]]  # by id of a zone: its opaque id and its number


def picture(value: Any, keys: Keys, say: Say) -> Any:
    """The shape of a picture: what its kind asks for."""
    kind = value.get("kind") if isinstance(value, dict) else None
    if kind == SCHEME:
        return _scheme(value, keys, say)
    if kind in DOCUMENTS:
        needed = {**artefacts.COMMON, **artefacts.REQUIRED[kind], "zones": mapping(PART, 3, 6)}
        return fields(needed, artefacts.OPTIONAL.get(kind, {}))(value, keys, say)
    say((*keys, "kind"), f"the picture has no known kind; {nearest(kind or '', (SCHEME, *DOCUMENTS))}")
    return {}


def _shape(value: Any, keys: Keys, say: Say) -> Any:
    name = value.get("shape") if isinstance(value, dict) else None
    if name not in SHAPES:
        say((*keys, "shape"), f"no known shape; {nearest(name or '', tuple(SHAPES))}")
        return {}
    needed, possible = SHAPES[name]
    return fields({"shape": text_shape(10), **needed}, possible)(value, keys, say)


_scheme = fields(
    {**artefacts.COMMON, "width": whole(240, WIDEST), "height": whole(100, TALLEST), "shapes": listing(_shape, 3, 30)}
)


def picture_problems(found: Mapping[str, Any], zones: list[str], language: str) -> Iterator[Problem]:
    """Yield what is wrong between a picture and its zones: one that is nowhere, twice, unknown, too small, outside."""
    keys: Keys = (language, "picture")
    if found.get("kind") == SCHEME:
        shapes = [(index, shape) for index, shape in enumerate(found.get("shapes", ())) if shape]
        placed = [shape["zone"] for _index, shape in shapes if shape.get("zone")]
        yield from _shape_problems(found, shapes, (*keys, "shapes"))
    else:
        placed = list(found.get("zones", {}))
        yield from _part_problems(found, (*keys, "zones"))
    for zone in sorted(set(placed) | set(zones)):
        if zone not in zones:
            yield keys, f"“{zone}” is not the id of a choice; they are {', '.join(zones)}"
        elif placed.count(zone) != 1:
            yield keys, f"the choice “{zone}” is shown {placed.count(zone)} times on the picture; once is expected"


def _part_problems(found: Mapping[str, Any], keys: Keys) -> Iterator[Problem]:
    known = tuple(part["part"] for part in _parts(found))
    chosen = list(found.get("zones", {}).values())
    for zone, part in found.get("zones", {}).items():
        if part and part not in known:
            yield (*keys, zone), f"no part “{part}” in this document; {nearest(part, known)}"
        elif chosen.count(part) > 1:
            yield (*keys, zone), f"two zones are the part “{part}”"


def _shape_problems(found: Mapping[str, Any], shapes: list[tuple[int, Any]], keys: Keys) -> Iterator[Problem]:
    boxes = [(index, shape, _box(shape)) for index, shape in shapes]
    for index, shape, (x, y, width, height) in boxes:
        if x < 0 or y < 0 or x + width > found.get("width", 0) or y + height > found.get("height", 0):
            yield (*keys, index), "this shape goes out of the picture"
        if shape.get("zone") and min(width, height) < SMALLEST_ZONE:
            yield (*keys, index), f"a zone is {SMALLEST_ZONE} by {SMALLEST_ZONE} at least: a finger must find it"
        if shape.get("zone") and not shape.get("label"):
            yield (*keys, index), "a zone has a label"
        if shape.get("label") and not _fits(f"1 {shape['label']}", width, height):
            yield (*keys, index), f"“{shape['label']}” does not fit in {width} by {height}"
    areas = [(index, box) for index, shape, box in boxes if shape.get("zone")]
    for (_first, one), (second, other) in combinations(areas, 2):
        if _overlap(one, other):
            yield (*keys, second), "this zone covers another one"


Box = tuple[int, int, int, int]  # left, top, width, height


def _box(shape: Mapping[str, Any]) -> Box:
    x, y = shape.get("x", 0), shape.get("y", 0)
    if shape["shape"] == "circle":
        radius = shape.get("radius", 0)
        return x - radius, y - radius, 2 * radius, 2 * radius
    if shape["shape"] == "line":
        to_x, to_y = shape.get("to_x", x), shape.get("to_y", y)
        return min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y)
    if shape["shape"] == "text":
        return x, y - LINE, round(len(shape.get("text", "")) * LETTER), LINE
    return x, y, shape.get("width", 0), shape.get("height", 0)


def _overlap(one: Box, other: Box) -> bool:
    return all(one[n] < other[n] + other[n + 2] and other[n] < one[n] + one[n + 2] for n in (0, 1))


def _fits(label: str, width: int, height: int) -> bool:
    most = int((width - MARGIN) / LETTER)
    lines = wrap(label, max(most, 1), break_long_words=False)
    return max(map(len, lines)) <= most and len(lines) * LINE + MARGIN // 2 <= height


# — what is drawn —


def drawn_picture(wording: Wording, places: Places) -> dict[str, Any]:
    """Return the picture of a wording for the page and the API: each zone has its opaque id and its number."""
    found = wording.picture or {}
    common = {"kind": found["kind"], "alt": found["alt"]}
    if found["kind"] == SCHEME:
        shapes = [_drawn_shape(shape, places) for shape in found["shapes"]]
        return {**common, "width": found["width"], "height": found["height"], "shapes": shapes}
    zone_of = {part: zone for zone, part in found["zones"].items()}
    with override(wording.language):  # the names of the fields are part of the document
        parts = [{**part, **_place(zone_of.get(part["part"], ""), places)} for part in _parts(found)]
    return {**common, "parts": parts}


def _drawn_shape(shape: Mapping[str, Any], places: Places) -> dict[str, Any]:
    drawn = {"label": "", **shape, **_place(shape.get("zone", ""), places)}
    if shape["shape"] in ("rect", "circle"):
        drawn |= dict(zip(("x", "y", "width", "height"), _box(shape), strict=True))
    return drawn


def _place(zone: str, places: Places) -> dict[str, Any]:
    opaque, number = places.get(zone, ("", 0))
    return {"zone": opaque, "number": number}


def _parts(found: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the parts of a document from top to bottom: their name in a file, their label, their text."""
    make = {"email": _of_email, "screen": _of_screen, "form": _of_form}.get(str(found.get("kind")))
    return [dict(zip(("part", "label", "text"), part, strict=True)) for part in make(found)] if make else []


Part = tuple[str, str, str]


def _of_email(found: Mapping[str, Any]) -> Iterator[Part]:
    yield "address", _("De"), f"{found.get('from', '')} <{found.get('address', '')}>"
    yield "to", _("À"), str(found.get("to", ""))
    yield "date", _("Date"), str(found.get("date", ""))
    yield "subject", _("Objet"), str(found.get("subject", ""))
    yield from _listed("body", found.get("body", ()))
    if link := found.get("link"):
        yield "link", link.get("text", ""), link.get("address", "")
    yield from _listed("attachments", found.get("attachments", ()))


def _of_screen(found: Mapping[str, Any]) -> Iterator[Part]:
    yield "app", "", str(found.get("app", ""))
    yield "title", "", str(found.get("title", ""))
    if found.get("notice"):
        yield "notice", "", found["notice"]
    yield from _rows("rows", found.get("rows", ()))
    yield from _listed("buttons", found.get("buttons", ()))


def _of_form(found: Mapping[str, Any]) -> Iterator[Part]:
    yield "title", "", str(found.get("title", ""))
    yield from _rows("fields", found.get("fields", ()))


def _rows(name: str, rows: Any) -> Iterator[Part]:
    for number, row in enumerate(rows, start=1):
        yield f"{name}-{number}", row.get("label", ""), row.get("value", "")


def _listed(name: str, texts: Any) -> Iterator[Part]:
    blocks = [block.strip("\n") for block in texts.split("\n\n") if block.strip()] if isinstance(texts, str) else texts
    for number, text in enumerate(blocks, start=1):
        yield f"{name}-{number}", "", text
