"""The path of the estimate: a wide band at first, narrower with each answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .svg import BRAND, LINE, name_of, picture, tag, text

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM, SIZE = 460, 250, 44, 14, 12, 30, 13


def trajectory(
    points: Sequence[Mapping[str, Any]], scale: tuple[float, float] = (0, 1000), title: str = ""
) -> SafeString:
    """Draw `points` ({position, score, low, high}) in order of position."""
    name = name_of("trajectory", list(points), scale)
    parts = [*_grid(scale), *_ticks(points)]
    if points:
        parts += _path(points, scale)
    return picture(name, WIDTH, HEIGHT, title or _("Chemin de l’estimation"), _describe(points), parts, "trajectory")


def _describe(points: Sequence[Mapping[str, Any]]) -> str:
    if not points:
        return _("Aucun point.")
    first, last = points[0], points[-1]
    return _(
        "De %(first)s (entre %(first_low)s et %(first_high)s) à %(last)s (entre %(last_low)s et %(last_high)s) "
        "en %(count)s réponses."
    ) % {
        "first": round(first["score"]),
        "first_low": round(first["low"]),
        "first_high": round(first["high"]),
        "last": round(last["score"]),
        "last_low": round(last["low"]),
        "last_high": round(last["high"]),
        "count": len(points),
    }


def _y(value: float, scale: tuple[float, float]) -> float:
    share = (min(max(value, scale[0]), scale[1]) - scale[0]) / (scale[1] - scale[0])
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _x(position: float, points: Sequence[Mapping[str, Any]]) -> float:
    first, last = points[0]["position"], points[-1]["position"]
    share = (position - first) / (last - first) if last > first else 1
    return LEFT + 10 + share * (WIDTH - LEFT - RIGHT - 10)


def _grid(scale: tuple[float, float]) -> list[SafeString]:
    marks = [scale[0] + (scale[1] - scale[0]) * step / 4 for step in range(5)]
    lines = [
        tag(
            "line",
            x1=LEFT,
            x2=WIDTH,
            y1=_y(mark, scale),
            y2=_y(mark, scale),
            stroke=LINE,
            stroke_width=1,
            class_="axis",
        )
        for mark in marks
    ]
    return [
        *lines,
        *(text(round(mark), LEFT - 8, _y(mark, scale) + 4, size=SIZE, css="soft", anchor="end") for mark in marks),
    ]


def _ticks(points: Sequence[Mapping[str, Any]]) -> list[SafeString]:
    """Write the first position, every fifth, and the last when it has room."""
    positions = [point["position"] for point in points]
    shown = [place for place in positions if place == positions[0] or place % 5 == 0]
    if positions and positions[-1] - shown[-1] >= 3:
        shown.append(positions[-1])
    return [text(place, _x(place, points), HEIGHT - 8, size=SIZE, css="soft", anchor="middle") for place in shown]


def _path(points: Sequence[Mapping[str, Any]], scale: tuple[float, float]) -> list[SafeString]:
    def line(field: str) -> list[str]:
        return [f"{_x(point['position'], points):.1f},{_y(point[field], scale):.1f}" for point in points]

    last = line("score")[-1].split(",")
    return [
        tag("polygon", points=" ".join(line("high") + line("low")[::-1]), fill=BRAND, fill_opacity=0.14, class_="area"),
        tag(
            "polyline",
            points=" ".join(line("score")),
            fill="none",
            stroke=BRAND,
            stroke_width=2.5,
            stroke_linejoin="round",
            stroke_linecap="round",
            class_="path",
        ),
        tag("circle", cx=last[0], cy=last[1], r=5, fill=BRAND, class_="dot"),
    ]
