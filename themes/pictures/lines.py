"""Several shares along a few steps, or smooth curves along a scale; each line is named at its end."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .svg import BRAND, HUES, LINE, SOFT, name_of, picture, tag, text, width_of

# Narrow enough for a phone: 15 px there are drawn as 13.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM, SIZE, APART = 340, 230, 54, 34, 14, 30, 15, 15
DASHES = (None, "6 4", "2 4", "9 3 2 3", "1 3")
Series = Mapping[str, Any]


def lines(
    series: Sequence[Series], ticks: Sequence[str], top: float = 1.0, unit: str = "percent", title: str = ""
) -> SafeString:
    """Draw `series` ({label, values: one per step or None, is_main, hue: 1–5 or 0}) over steps named `ticks`.

    `ticks` may be fewer than the values: they then stand at equal distances. `top`: the end of the scale; `unit`:
    `percent` (of 1) or `number`.
    """
    name = name_of("lines", [dict(one) for one in series], list(ticks), top, unit)
    parts = [
        *_grid(top, unit),
        *_ticks(ticks),
        *(part for rank, one in enumerate(series) for part in _line(one, rank, top)),
        *_names(series, top),
    ]
    words = " ".join(_told(one, unit) for one in series) or _("Aucun point.")
    return picture(name, WIDTH, HEIGHT, title or _("Courbes"), words, parts, "lines")


def _told(one: Series, unit: str) -> str:
    told = [_written(value, unit) for value in one["values"] if value is not None]
    shown = told if len(told) <= 12 else [told[0], told[len(told) // 2], told[-1]]
    return _("%(label)s : %(values)s.") % {"label": one["label"], "values": ", ".join(shown) or "–"}


def _written(value: float, unit: str) -> str:
    return f"{round(100 * value)} %" if unit == "percent" else str(number_format(round(value, 2)))


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - min(max(value / top, 0.0), 1.0) * (HEIGHT - TOP - BOTTOM)


def _x(place: int, count: int) -> float:
    return LEFT + 12 + (WIDTH - LEFT - RIGHT - 24) * (place / (count - 1) if count > 1 else 0.5)


def _grid(top: float, unit: str) -> list[SafeString]:
    marks = [top * step / 4 for step in range(5)]
    across = [
        tag("line", x1=LEFT, x2=WIDTH - RIGHT, y1=_y(m, top), y2=_y(m, top), stroke=LINE, stroke_width=1, class_="axis")
        for m in marks
    ]
    return [
        *across,
        *(text(_written(m, unit), LEFT - 8, _y(m, top) + 4, size=SIZE, css="soft", anchor="end") for m in marks),
    ]


def _ticks(ticks: Sequence[str]) -> list[SafeString]:
    """Name the steps, or every second or third one when there is no room for all."""
    taken = max((width_of(word, SIZE) + 6 for word in ticks), default=0.0) * len(ticks)
    every = ceil(taken / (WIDTH - LEFT)) or 1
    return [
        text(word, _x(place, len(ticks)), HEIGHT - 8, size=SIZE, css="soft", anchor="middle")
        for place, word in enumerate(ticks)
        if place % every == 0
    ]


def _names(series: Sequence[Series], top: float) -> list[SafeString]:
    """Write each line's name after its last point, moved up or down until none covers another."""
    ends = []
    for one in series:
        known = [(place, value) for place, value in enumerate(one["values"]) if value is not None]
        if known:
            ends.append((_y(known[-1][1], top), _x(known[-1][0], len(one["values"])), one))
    ends.sort(key=lambda end: end[0])
    heights = [y for y, _, _ in ends]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + APART)
    over = max(0.0, heights[-1] - (HEIGHT - BOTTOM)) if heights else 0.0
    for place in reversed(range(len(heights))):
        limit = heights[place + 1] - APART if place + 1 < len(heights) else heights[place] - over
        heights[place] = min(heights[place], limit)
    return [
        text(one.get("mark", one["label"]), x + 8, y + 5, size=SIZE, css="bold" if one.get("is_main") else "")
        for y, (_, x, one) in zip(heights, ends, strict=True)
    ]


def _line(one: Series, rank: int, top: float) -> list[SafeString]:
    """Draw one line through what is known."""
    is_main, hue = one.get("is_main", False), one.get("hue", 0)
    colour = HUES[hue][0] if hue else BRAND if is_main else SOFT
    count = len(one["values"])
    points = [(_x(place, count), _y(value, top)) for place, value in enumerate(one["values"]) if value is not None]
    if not points:
        return []
    path = tag(
        "polyline",
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        fill="none",
        stroke=colour,
        stroke_width=3 if is_main else 1.8,
        stroke_dasharray=None if is_main else DASHES[rank % len(DASHES)],
        stroke_linejoin="round",
    )
    dots = [tag("circle", cx=x, cy=y, r=3.5 if is_main else 2.5, fill=colour) for x, y in points if count <= 12]
    return [path, *dots]
