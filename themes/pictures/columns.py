"""Upright bars, each with its name below and its number above."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .svg import BRAND, EDGE, name_of, picture, tag, text

# Narrow enough for a phone; the words shrink with the columns, not below 12.
WIDTH, HEIGHT, TOP, BOTTOM, SIZE = 340, 200, 24, 28, 15


def columns(bars: Sequence[Mapping[str, Any]], limit: float | None = None, title: str = "") -> SafeString:
    """Draw `bars` ({label, value, value_label, name}).

    `name` is what a screen reader hears in the place of a short label; without `value_label`, the value is written.
    `limit`: a dotted line across, at a value (the caption names it).
    """
    name = name_of("columns", [dict(bar) for bar in bars], limit)
    top = max([bar["value"] for bar in bars] + [limit or 0.0]) or 1.0
    words = " ".join(f"{bar.get('name', bar['label'])} : {_written(bar)}." for bar in bars) or _("Aucun point.")
    parts = [part for place, bar in enumerate(bars) for part in _column(bar, place, len(bars), top)]
    if limit is not None:
        parts.append(_limit(limit, top))
    return picture(name, WIDTH, HEIGHT, title or _("Colonnes"), words, parts, "columns")


def _written(bar: Mapping[str, Any]) -> str:
    return str(bar.get("value_label", bar["value"]))


def _height(value: float, top: float) -> float:
    return (HEIGHT - TOP - BOTTOM) * value / top


def _column(bar: Mapping[str, Any], place: int, count: int, top: float) -> list[SafeString]:
    pitch, tall = WIDTH / count, _height(bar["value"], top)
    middle, base = pitch * (place + 0.5), HEIGHT - BOTTOM
    width, size = min(pitch * 0.7, 56), max(12.0, min(SIZE, pitch * 0.6))
    return [
        tag(
            "rect",
            x=middle - width / 2,
            y=base - tall,
            width=width,
            height=max(tall, 1.0),
            rx=3,
            fill=BRAND,
            class_="area",
        ),
        text(_written(bar), middle, base - tall - 6, size=size, anchor="middle"),
        text(bar["label"], middle, HEIGHT - 8, size=size, css="soft", anchor="middle"),
    ]


def _limit(limit: float, top: float) -> SafeString:
    y = HEIGHT - BOTTOM - _height(limit, top)
    return tag("line", x1=0, x2=WIDTH, y1=y, y2=y, stroke=EDGE, stroke_width=1.4, stroke_dasharray="2 5")
