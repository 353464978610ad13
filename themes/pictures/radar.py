"""The radar: a shape one remembers. It is offered beside the strata and the table, never alone."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .strata import describe
from .svg import BRAND, CARD, HUES, LINE, name_of, picture, tag, text, width_of

WIDTH, HEIGHT, RADIUS = 320, 352, 96
CENTRE = (WIDTH / 2, 176)
SIZE, STEP, MOST_LETTERS = 14, 16, 14


def radar(rows: Sequence[Mapping[str, Any]], scale: tuple[float, float] = (0, 1000), title: str = "") -> SafeString:
    """Draw `rows` (as for `strata`) as a polygon between the dashed low ends and the pale high ends."""
    name = name_of("radar", list(rows), scale)
    parts = [*_grid(len(rows)), *_shapes(rows, scale), *_dots(rows, scale), *_labels(rows)]
    words = " ".join(map(describe, rows))
    return picture(name, WIDTH, HEIGHT, title or _("Portrait en étoile"), words, parts, "radar")


def _point(index: int, count: int, share: float) -> tuple[float, float]:
    angle = 2 * math.pi * index / count - math.pi / 2
    return CENTRE[0] + RADIUS * share * math.cos(angle), CENTRE[1] + RADIUS * share * math.sin(angle)


def _polygon(points: Sequence[tuple[float, float]], **attributes: object) -> SafeString:
    return tag("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), **attributes)


def _ring(rows: Sequence[Mapping[str, Any]], field: str, scale: tuple[float, float]) -> list[tuple[float, float]]:
    low, high = scale
    shares = [min(max((row[field] - low) / (high - low), 0), 1) for row in rows]
    return [_point(index, len(rows), share) for index, share in enumerate(shares)]


def _grid(count: int) -> list[SafeString]:
    line = {"fill": "none", "stroke": LINE, "stroke_width": 1, "class_": "axis"}
    rings = [
        _polygon([_point(index, count, share) for index in range(count)], **line) for share in (0.25, 0.5, 0.75, 1)
    ]
    ends = [_point(index, count, 1) for index in range(count)]
    return [*rings, *(tag("line", x1=CENTRE[0], y1=CENTRE[1], x2=x, y2=y, **line) for x, y in ends)]


def _shapes(rows: Sequence[Mapping[str, Any]], scale: tuple[float, float]) -> list[SafeString]:
    edge = {"stroke": BRAND, "stroke_linejoin": "round"}
    return [
        _polygon(_ring(rows, "high", scale), fill=BRAND, fill_opacity=0.12, class_="area"),
        _polygon(
            _ring(rows, "low", scale), fill="none", stroke_width=1.2, stroke_dasharray="3 3", class_="path", **edge
        ),
        _polygon(_ring(rows, "estimate", scale), fill="none", stroke_width=2.5, class_="path", **edge),
    ]


def _dots(rows: Sequence[Mapping[str, Any]], scale: tuple[float, float]) -> list[SafeString]:
    places = zip(rows, _ring(rows, "estimate", scale), strict=True)
    return [
        tag(
            "circle",
            cx=x,
            cy=y,
            r=5,
            fill=CARD,
            stroke=HUES[row["hue"]][0],
            stroke_width=3,
            class_=f"core r{row['hue']}",
        )
        for row, (x, y) in places
    ]


def _labels(rows: Sequence[Mapping[str, Any]]) -> list[SafeString]:
    return [line for index, row in enumerate(rows) for line in _label(row, index, len(rows))]


def _label(row: Mapping[str, Any], index: int, count: int) -> list[SafeString]:
    """Write a row's words and number outside the web: over the upper points, under the lower ones, inside the frame."""
    x, y = _point(index, count, 1)
    lines = [*_wrapped(row["label"]), str(round(row["estimate"]))]
    half = max(width_of(line, SIZE, is_bold=line == lines[-1]) for line in lines) / 2
    outward = x + (x - CENTRE[0]) * 0.45
    middle = min(max(outward, half + 2), WIDTH - half - 2)
    top = y - 14 - (len(lines) - 1) * STEP if y <= CENTRE[1] else y + 14 + SIZE * 0.8
    return [
        text(
            line,
            middle,
            top + step * STEP,
            size=SIZE,
            css="bold" if step == len(lines) - 1 else "soft",
            anchor="middle",
        )
        for step, line in enumerate(lines)
    ]


def _wrapped(label: str) -> list[str]:
    """Break a label into lines of about twelve letters."""
    lines = [""]
    for word in label.split(" "):
        joined = f"{lines[-1]} {word}".strip()
        lines[-1:] = [joined] if len(joined) <= MOST_LETTERS or not lines[-1] else [lines[-1], word]
    return lines
