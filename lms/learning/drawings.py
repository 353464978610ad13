"""Drawings: an SVG that may only draw. What is not on the lists below is removed; what is no SVG is refused.

An element that is not known goes with all it holds; an attribute that is not known goes alone. Nothing in the result
can run, load, or point outside the drawing, so it may stand inside our pages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, tostring
from zlib import crc32

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from kernel.errors import Invalid

SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "{http://www.w3.org/1999/xlink}href"
MOST: Final = 60_000  # characters: a drawing of a step weighs a few thousand
DEEPEST: Final = 30
ELEMENTS: Final = {
    "svg", "g", "defs", "symbol", "use", "title", "desc", "marker", "clipPath", "path", "rect", "circle", "ellipse",
    "line", "polyline", "polygon", "text", "tspan",
}  # fmt: skip
ATTRIBUTES: Final = {
    "id", "class", "viewBox", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "d",
    "points", "transform", "dx", "dy", "rotate", "textLength", "lengthAdjust", "preserveAspectRatio", "pathLength",
    "refX", "refY", "markerWidth", "markerHeight", "markerUnits", "orient", "clipPathUnits",
    "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap",
    "stroke-linejoin", "stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit", "opacity", "clip-path",
    "clip-rule", "marker-start", "marker-mid", "marker-end", "text-anchor", "dominant-baseline", "font-size",
    "font-weight", "font-style", "letter-spacing", "visibility", "vector-effect",
}  # fmt: skip
CLASSES: Final = frozenset(
    [
        "f1",
        "f2",
        "f3",
        "f4",
        "f5",
        "d-ink",
        "d-ink2",
        "d-line",
        "d-paper",
        "d-card",
        "d-brand",
        "d-wash",
        "d-sun",
        "d-sunwash",
        "s-ink",
        "s-line",
        "s-brand",
        "s-sun",
        "t",
        "t-small",
        "t-big",
        "t-bold",
        "t-mid",
        "on-dark",
    ]
)
VIEW_BOX = re.compile(r"\s*-?[\d.]+[\s,]+-?[\d.]+[\s,]+[\d.]+[\s,]+[\d.]+\s*")
INSIDE = re.compile(r"#[A-Za-z_][\w-]*")  # an address inside the drawing
POINTS_INSIDE = re.compile(r"\s*url\(\s*#[A-Za-z_][\w-]*\s*\)\s*")
WRITES: Final = {"text", "tspan", "title", "desc"}
COLOUR = re.compile(r"none|currentColor|transparent")
POINTS_ELSEWHERE = re.compile(r"url\s*\(|:|\\|&|<|@|expression", re.IGNORECASE)
ID = re.compile(r'\b(id)="([^"]+)"')
POINTER = re.compile(r'(\burl\(\s*|\bhref=")#([A-Za-z_][\w-]*)')
NAME = re.compile(r"[A-Za-z_][\w-]*")
PAINTS: Final = {"fill", "stroke"}
OF_THE_PAGE: Final = ("width", "height", "x", "y", "id", "class")  # of the whole drawing: the page says them


class RefusedDrawing(Invalid):
    """The text is no SVG that we can draw."""

    code = "drawing_refused"
    default_sentence = _("Ce dessin ne se lit pas : ce n’est pas du SVG, ou il contient des entités.")


def clean_drawing(text: str) -> str:
    """Return the SVG `text` with only what may be in one of ours, without its size, so that the page gives it one.

    Raises RefusedDrawing for what is no SVG, has no viewBox, declares a document type, or is too large or too deep.
    """
    root = _read(text)
    view = root.get("viewBox", "")
    if _name(root) != "svg" or not VIEW_BOX.fullmatch(view):
        raise RefusedDrawing(_('Un dessin est un SVG avec sa fenêtre : <svg viewBox="0 0 360 200">.'))
    cleaned = _cleaned(root, 0)
    for size in OF_THE_PAGE:
        cleaned.attrib.pop(size, None)
    return _written(cleaned)


def _read(text: str) -> Element:
    if len(text) > MOST:
        raise RefusedDrawing(_("Ce dessin est trop lourd : 60 000 caractères au plus."))
    try:
        root: Element = fromstring(text.strip(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise RefusedDrawing from error
    return root


def _cleaned(found: Element, depth: int) -> Element:
    if depth > DEEPEST:
        raise RefusedDrawing(_("Ce dessin emboîte trop de groupes."))
    kept = Element(_name(found), _attributes(found))
    kept.text, kept.tail = found.text, found.tail
    for child in found:
        if _may_stay(child, depth):
            kept.append(_cleaned(child, depth + 1))
        elif child.tail and child.tail.strip():
            _add_words(kept, child.tail)
    return kept


def _may_stay(child: Element, depth: int) -> bool:
    return _name(child) in ELEMENTS and not (depth and _name(child) == "svg")


def _add_words(parent: Element, words: str) -> None:
    """Keep the words that follow what is removed."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def _name(found: Element) -> str:
    """Return the name of an SVG element; empty for a comment or an element of another vocabulary."""
    tag: Any = found.tag
    if not isinstance(tag, str):
        return ""
    space, _brace, name = tag.rpartition("}")
    return name if space in ("", "{" + SVG) else ""


def _attributes(found: Element) -> dict[str, str]:
    kept = {name: said for name, value in found.attrib.items() if (said := _attribute(name, value)) is not None}
    target = found.get("href") or found.get(XLINK) or ""
    if _name(found) == "use" and INSIDE.fullmatch(target):
        kept["href"] = target
    return kept


def _attribute(name: str, value: str) -> str | None:
    """Return what an attribute may say, or None when it goes."""
    if name not in ATTRIBUTES:
        return None
    if name == "class":
        return " ".join(word for word in value.split() if word in CLASSES) or None
    if name in PAINTS:
        return value.strip() if COLOUR.fullmatch(value.strip()) or POINTS_INSIDE.fullmatch(value) else None
    if name == "id":
        return value if NAME.fullmatch(value) else None
    return value if POINTS_INSIDE.fullmatch(value) or not POINTS_ELSEWHERE.search(value) else None


def _written(cleaned: Element) -> str:
    return tostring(cleaned, encoding="unicode", short_empty_elements=True)


@dataclass(frozen=True)
class Removed:
    """What a drawing loses when it is cleaned, each thing once, in order: names of elements, and so on."""

    elements: tuple[str, ...]
    attributes: tuple[str, ...]
    colours: tuple[str, ...]
    classes: tuple[str, ...]

    def __bool__(self) -> bool:
        return any((self.elements, self.attributes, self.colours, self.classes))


def removed_from(text: str) -> Removed:
    """Return what `clean_drawing` takes away from `text`, its size apart, which the page gives. Raises as it does."""
    clean_drawing(text)
    lost: dict[str, list[str]] = {"elements": [], "attributes": [], "colours": [], "classes": []}
    root = _read(text)
    for name in OF_THE_PAGE:
        root.attrib.pop(name, None)
    _note_lost(root, lost, 0)
    return Removed(**{kind: tuple(dict.fromkeys(names)) for kind, names in lost.items()})


def _note_lost(found: Element, lost: dict[str, list[str]], depth: int) -> None:
    kept = _attributes(found)
    for name, value in found.attrib.items():
        if name == "class":
            lost["classes"] += [word for word in value.split() if word not in CLASSES]
        elif name not in kept and not ("href" in kept and name in ("href", XLINK)):
            lost["colours" if name in PAINTS else "attributes"].append(value if name in PAINTS else _short(name))
    for child in found:
        if _may_stay(child, depth):
            _note_lost(child, lost, depth + 1)
        elif isinstance(child.tag, str):  # a comment has no name
            lost["elements"].append(_short(child.tag))


def _short(name: str) -> str:
    return name.rpartition("}")[2]


def words_of(drawing: str) -> list[str]:
    """Return the words written in a cleaned drawing, in order: what its translation says otherwise."""
    return [said for _element, _place, said in _written_words(_read(drawing))] if drawing else []


def with_words(drawing: str, words: Mapping[int, str]) -> str:
    """Return a cleaned drawing with some of its words said otherwise, by their place in `words_of`."""
    root = _read(drawing)
    for number, (element, place, _said) in enumerate(_written_words(root)):
        if number in words:
            setattr(element, place, words[number])
    return clean_drawing(_written(root))


def _written_words(root: Element) -> list[tuple[Element, str, str]]:
    """Return where words stand: inside an element that writes, or after one inside it."""
    found = []
    for parent in root.iter():
        if _name(parent) in WRITES:
            found.append((parent, "text", parent.text or ""))
            found += [(child, "tail", child.tail or "") for child in parent]
    return [(element, place, said) for element, place, said in found if said.strip()]


def on_page(drawing: str, alt: str) -> SafeString:
    """Return a cleaned drawing as a page shows it: one image with its words, whose ids meet no other drawing's."""
    prefix = f"g{crc32(drawing.encode()):x}-"
    own = ID.sub(rf'\1="{prefix}\2"', POINTER.sub(rf"\1#{prefix}\2", drawing))
    opening = format_html('<svg class="drawing" role="img" aria-label="{}"', alt)
    return mark_safe(own.replace("<svg", opening, 1))  # noqa: S308 - cleaned when it was saved
