"""A heat map: one row per competency, one column per person, the darker the higher; who does not share is left blank.

Names and levels in words are in the table that goes with it: the picture shows the shape of a cohort.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .levels import tint, wrapped
from .svg import EDGE, name_of, picture, tag, text

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Layout:
    """One way to draw: words beside the squares on a wide page, above them on a phone."""

    css: str
    width: float
    left: float
    tall: float
    size: float


WIDE = Layout("for-wide", 1000, 370, 22, 14)
PHONE = Layout("for-phone", 288, 0, 16, 14)
MOST = 26.0  # a column is never wider


def heat(rows: Sequence[Row], names: Sequence[str], title: str = "") -> SafeString:
    """Draw `rows` ({label, hue 1–5, cells: for each person a level from 0, or None}); `names` are the levels."""
    return _draw(WIDE, rows, names, title)


def heat_phone(rows: Sequence[Row], names: Sequence[str], title: str = "") -> SafeString:
    """Draw the same picture for a phone."""
    return _draw(PHONE, rows, names, title)


def _draw(layout: Layout, rows: Sequence[Row], names: Sequence[str], title: str) -> SafeString:
    name, y = name_of("heat", layout.css, [dict(row) for row in rows]), 2.0
    parts: list[SafeString] = []
    for row in rows:
        drawn, tall = _row(layout, row, y, len(names))
        parts += drawn
        y += tall
    words = " ".join(describe(row, names) for row in rows) or _("Aucune mesure.")
    return picture(name, layout.width, y + 2, title or _("Carte"), words, parts, layout.css)


def describe(row: Row, names: Sequence[str]) -> str:
    """Say a row in words."""
    counts = [sum(1 for cell in row["cells"] if cell == level) for level in range(len(names))]
    told = ", ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True))
    return f"{row['label']} : {told}."


def _row(layout: Layout, row: Row, y: float, count: int) -> tuple[list[SafeString], float]:
    if layout.left:
        lines = wrapped(row["label"], layout.left - 14, layout.size)
        step = layout.size * 1.2
        tall = max(layout.tall, step * len(lines)) + 5
        first = y + (tall - 5 - step * len(lines)) / 2 + layout.size - 1
        top, high = y + (tall - 5 - layout.tall) / 2, layout.tall
    else:
        lines, step = wrapped(row["label"], layout.width, layout.size), layout.size * 1.2
        first, top, high = y + layout.size, y + step * len(lines) + 4, layout.tall
        tall = step * len(lines) + layout.tall + 12
    words = [text(line, 0, first + step * place, size=layout.size) for place, line in enumerate(lines)]
    return [*words, *_cells(layout, row, top, high, count)], tall


def _cells(layout: Layout, row: Row, y: float, high: float, count: int) -> Iterator[SafeString]:
    """Draw a rectangle a person, a thin line for who was not measured or does not share."""
    cells = row["cells"]
    pitch = min((layout.width - layout.left) / max(len(cells), 1), MOST)
    gap = 1.5 if pitch > 8 else 0.8
    for place, level in enumerate(cells):
        x = layout.left + place * pitch
        if level is None:
            middle = y + high / 2
            yield tag("line", x1=x + pitch * 0.25, x2=x + pitch * 0.75 - gap, y1=middle, y2=middle, stroke=EDGE)
        else:
            css = f"l{row['hue']} v{level + 1}"
            fill = tint(row["hue"], level, count)
            yield tag("rect", x=x, y=y, width=pitch - gap, height=high, fill=fill, class_=css)
