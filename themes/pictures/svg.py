"""Writing SVG: escaped tags, short numbers, names that are unique on a page."""

import hashlib
from collections.abc import Iterable
from functools import cache
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

INK, SOFT, CARD, EDGE, LINE, BRAND = "#15202b", "#4a5663", "#ffffff", "#857f70", "#e3dfd4", "#0a5a57"
# hue: (solid, tint), the domain colours of styles/10-tokens.css; a test holds them together.
HUES = {
    1: ("#3b4c9b", "#e6e9f5"),
    2: ("#7a3b76", "#f2e6f0"),
    3: ("#0a6a66", "#dff0ee"),
    4: ("#875800", "#f8ecd9"),
    5: ("#a3402b", "#fae5e0"),
}
SANS = "system-ui, 'DejaVu Sans', sans-serif"


def number(value: object) -> str:
    """Write a length in at most two decimals."""
    return f"{round(value, 2):g}" if isinstance(value, float) else str(value)


def tag(name: str, *children: str, **attributes: object) -> SafeString:
    """Write one element; `_` in a name stands for `-`, a trailing one is dropped; None leaves the attribute out."""
    written = "".join([_attribute(key, value) for key, value in attributes.items() if value is not None])
    inner = "".join([child if isinstance(child, SafeString) else escape(child) for child in children])
    return mark_safe(f"<{name}{written}>{inner}</{name}>" if children else f"<{name}{written}/>")  # noqa: S308


def _attribute(key: str, value: object) -> str:
    # Hundreds on a page: numbers have nothing to escape, and Django's escape() costs five times this one.
    written = escape(value) if isinstance(value, str) else number(value)
    return f' {_attribute_name(key)}="{written}"'


@cache
def _attribute_name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def name_of(*parts: object) -> str:
    """Return a short identifier that only the same drawing has."""
    return "p" + hashlib.sha256(repr(parts).encode()).hexdigest()[:8]


def picture(
    name: str, width: float, height: float, title: str, desc: str, parts: Iterable[str], css: str
) -> SafeString:
    """Wrap `parts` in a picture that a screen reader can name and tell."""
    return tag(
        "svg",
        format_html('<title id="{}t">{}</title><desc id="{}d">{}</desc>', name, title, name, desc),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        class_=f"pic {css}".strip(),
        role="img",
        aria_labelledby=f"{name}t {name}d",
        font_family=SANS,
    )


def text(content: object, x: float, y: float, *, size: float, css: str = "", anchor: str | None = None) -> SafeString:
    """Write a text; `css` may hold `bold` and `soft`."""
    return tag(
        "text",
        str(content),
        x=x,
        y=y,
        font_size=size,
        text_anchor=anchor,
        font_weight=700 if "bold" in css else None,
        fill=SOFT if "soft" in css else INK,
        class_=css or None,
    )


def width_of(content: str, size: float, *, is_bold: bool = False) -> float:
    """Guess how wide a text is drawn: a cautious mean of system faces."""
    return len(content) * size * (0.62 if is_bold else 0.57)


def fade(name: str, hue: int, start: float, end: float) -> SafeString:
    """Define the one gradient there is: solid up to `start`, gone at `end`. It means “not known yet”."""
    stops = ((0, 1), (0.5, 0.5), (1, 0))
    return tag(
        "linearGradient",
        *(
            tag("stop", offset=at, stop_color=HUES[hue][0], stop_opacity=opacity, class_=f"g{hue}")
            for at, opacity in stops
        ),
        id=name,
        gradientUnits="userSpaceOnUse",
        x1=start,
        x2=max(end, start + 0.5) + 1,  # past the drawing: WeasyPrint leaves a dot at the very end of a gradient
        y1=0,
        y2=0,
    )
