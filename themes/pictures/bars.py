"""Bars lying down, a row each, its words and its number in full: to compare a few dozen places by the eye.

A share with an interval is solid up to its low end and fades to its high end, with a ring at the estimate, as a stratum
is. Several parts (hours online, hours of class) follow one another, the first the darkest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .levels import wrapped
from .svg import BRAND, CARD, EDGE, LINE, name_of, picture, tag, text, width_of

Row = Mapping[str, Any]
OPACITIES = (1.0, 0.45, 0.22)


@dataclass(frozen=True)
class Layout:
    """One way to draw: words beside the bars on a wide page, above them on a phone."""

    css: str
    width: float
    label: float  # width of the words
    left: float  # where bars begin
    bar: float
    size: float
    is_beside: bool


WIDE = Layout("for-wide", 520, 176, 188, 16, 14.5, is_beside=True)
# Over the whole width of a page: a list, or one bar alone.
LIST = Layout("for-wide whole", 960, 336, 350, 14, 15.5, is_beside=True)
ALONE = Layout("for-wide whole", 960, 960, 0, 26, 17, is_beside=False)
PHONE = Layout("for-phone", 288, 288, 0, 16, 15, is_beside=False)


def bars(
    rows: Sequence[Row],
    top: float = 1.0,
    limit: Mapping[str, Any] | None = None,
    title: str = "",
    *,
    is_whole: bool = False,
) -> SafeString:
    """Draw `rows` on a scale from 0 to `top`.

    A row is {label, value_label} with {value, low, high}, or {parts: numbers that follow one another}, or neither: then
    `value_label` says why. `limit` ({at, label}): a dotted line across, named below. `is_whole`: as wide as the page.
    """
    whole = ALONE if len(rows) == 1 else LIST
    return _draw(whole if is_whole else WIDE, rows, top, limit, title)


def bars_phone(
    rows: Sequence[Row], top: float = 1.0, limit: Mapping[str, Any] | None = None, title: str = ""
) -> SafeString:
    """Draw the same picture for a phone."""
    return _draw(PHONE, rows, top, limit, title)


def _draw(layout: Layout, rows: Sequence[Row], top: float, limit: Mapping[str, Any] | None, title: str) -> SafeString:
    name = name_of("bars", layout.css, [dict(row) for row in rows], top, dict(limit or {}))
    right = layout.width - 8 - max((width_of(str(row["value_label"]), layout.size) for row in rows), default=0.0)
    parts: list[SafeString] = []
    y = 4.0
    for place, row in enumerate(rows):
        drawn, tall = _row(layout, row, (y, right), top, f"{name}g{place}")
        parts += drawn
        y += tall
    if limit is not None and 0 < limit["at"] <= top:
        parts += _limit(layout, limit, (y, right), top)
        y += 24
    words = " ".join(f"{row['label']} : {row['value_label']}." for row in rows) or _("Aucune mesure.")
    if limit is not None:
        words += f" {limit['label']}."
    return picture(name, layout.width, max(y, 20.0), title or _("Barres"), words, parts, f"bars {layout.css}")


def _row(layout: Layout, row: Row, place: tuple[float, float], top: float, name: str) -> tuple[list[SafeString], float]:
    """Draw a row from the height of `place`, up to its right end; return it and how tall it is."""
    y, right = place
    lines = wrapped(str(row["label"]), layout.label, layout.size)
    step = layout.size * 1.25
    if layout.is_beside:
        tall = max(layout.bar, step * len(lines)) + 9
        first, bar_y = y + (tall - 9 - step * len(lines)) / 2 + layout.size, y + (tall - 9 - layout.bar) / 2
    else:
        tall = step * len(lines) + layout.bar + 15
        first, bar_y = y + layout.size, y + step * len(lines) + 4
    css = "bold" if row.get("is_main") else ""
    words = [text(line, 0, first + step * at, size=layout.size, css=css) for at, line in enumerate(lines)]
    said = text(
        row["value_label"],
        layout.width,
        bar_y + layout.bar / 2 + layout.size * 0.36,
        size=layout.size,
        css=css if _is_drawn(row) else "soft",
        anchor="end",
    )
    return [*words, *_bar(layout, row, (bar_y, right), top, name), said], tall


def _is_drawn(row: Row) -> bool:
    return row.get("value") is not None or bool(row.get("parts"))


def _bar(layout: Layout, row: Row, place: tuple[float, float], top: float, name: str) -> Iterator[SafeString]:
    y, right = place
    span = right - layout.left
    yield tag(
        "rect", x=layout.left, y=y, width=span, height=layout.bar, rx=4, fill=LINE, fill_opacity=0.6, class_="track"
    )
    if row.get("parts"):
        yield from _parts((layout.left, right), row["parts"], (y, layout.bar), span / top)
    elif row.get("value") is not None:
        yield from _estimate(layout, row, y, span / top, name)


def _parts(
    ends: tuple[float, float], values: Sequence[float], place: tuple[float, float], scale: float
) -> Iterator[SafeString]:
    """Draw parts that follow one another, none beyond the right end."""
    x, right = ends
    for rank, value in enumerate(values):
        wide = min(value * scale, right - x)
        if wide > 0:
            yield _rect(x, place[0], wide, place[1], OPACITIES[min(rank, 2)])
        x += max(wide, 0.0)


def _rect(x: float, y: float, wide: float, tall: float, opacity: float) -> SafeString:
    return tag(
        "rect", x=x, y=y, width=max(wide, 1.0), height=tall, rx=min(4.0, wide / 2), fill=BRAND, fill_opacity=opacity,
        class_="area",
    )  # fmt: skip


def _estimate(layout: Layout, row: Row, y: float, scale: float, name: str) -> Iterator[SafeString]:
    value = row["value"]
    low, high = row.get("low", value), row.get("high", value)
    start, end = layout.left + low * scale, layout.left + high * scale
    if low > 0:
        yield _rect(layout.left, y, start - layout.left, layout.bar, 1.0)
    if high > low:
        stops = (tag("stop", offset=at, stop_color=BRAND, stop_opacity=part, class_="gb") for at, part in _FADE)
        yield tag(
            "defs",
            tag("linearGradient", *stops, id=name, gradientUnits="userSpaceOnUse", x1=start, x2=end + 1, y1=0, y2=0),
        )
        yield tag("rect", x=start, y=y, width=end - start, height=layout.bar, fill=f"url(#{name})")
        at, middle = layout.left + value * scale, y + layout.bar / 2
        yield tag("circle", cx=at, cy=middle, r=5, fill=CARD, stroke=BRAND, stroke_width=2.5, class_="core path")


_FADE = ((0, 1), (0.5, 0.5), (1, 0))


def _limit(layout: Layout, limit: Mapping[str, Any], place: tuple[float, float], top: float) -> list[SafeString]:
    y, right = place
    x = layout.left + (right - layout.left) * limit["at"] / top
    wide = width_of(str(limit["label"]), layout.size - 1)
    return [
        tag("line", x1=x, x2=x, y1=0, y2=y, stroke=EDGE, stroke_width=1.6, stroke_dasharray="2 4", class_="limit"),
        text(
            limit["label"],
            min(max(x, wide / 2), layout.width - wide / 2),
            y + 15,
            size=layout.size - 1,
            css="soft",
            anchor="middle",
        ),
    ]
