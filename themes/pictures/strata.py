"""The signature: one stratum per row, solid as far as we know, fading over what we do not know yet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .svg import CARD, EDGE, HUES, INK, fade, name_of, picture, tag, text, width_of

Row = Mapping[str, Any]
Limit = Mapping[str, Any]


@dataclass(frozen=True)
class Layout:
    """One way to draw strata: on a wide page, or on a phone (never the wide one shrunk)."""

    css: str
    width: float
    pad: float
    label: float
    value: float
    level: float
    bar: float
    gap: float
    ring: float

    def x(self, value: float, scale: tuple[float, float]) -> float:
        """Place `value` of `scale` across the drawing."""
        low, high = scale
        share = (min(max(value, low), high) - low) / (high - low)
        return self.pad + share * (self.width - 2 * self.pad)


WIDE = Layout("for-wide", width=560, pad=7, label=15, value=14, level=13, bar=15, gap=23, ring=6)
PHONE = Layout("for-phone", width=288, pad=7, label=15, value=14, level=14, bar=16, gap=22, ring=6.5)


def strata(
    rows: Sequence[Row],
    limits: Sequence[Limit] = (),
    scale: tuple[float, float] = (0, 1000),
    previous: Sequence[float] | None = None,
    title: str = "",
) -> SafeString:
    """Draw `rows` ({label, value_label, low, estimate, high, hue 1–5}) on `scale`.

    `limits` are the levels: {at: where it begins, label}. `previous` holds the earlier estimates, in the order of
    `rows`: a diamond at each.
    """
    return _draw(WIDE, rows, limits, scale, previous or (), title)


def strata_phone(
    rows: Sequence[Row],
    limits: Sequence[Limit] = (),
    scale: tuple[float, float] = (0, 1000),
    previous: Sequence[float] | None = None,
    title: str = "",
) -> SafeString:
    """Draw the same picture for a phone: its viewBox is what a card leaves of 360 px, so that 14 px stay 14 px."""
    return _draw(PHONE, rows, limits, scale, previous or (), title)


def describe(row: Row) -> str:
    """Say a row in words."""
    words = {"label": row["label"], "value": row["value_label"], "low": round(row["low"]), "high": round(row["high"])}
    return _("%(label)s : %(value)s, entre %(low)s et %(high)s.") % words


def _draw(
    layout: Layout,
    rows: Sequence[Row],
    limits: Sequence[Limit],
    scale: tuple[float, float],
    previous: Sequence[float],
    title: str,
) -> SafeString:
    name = name_of(layout.css, list(rows), list(limits), scale, list(previous))
    levels, head = _levels(layout, limits, scale)
    is_tall = any(_is_crowded(layout, row) for row in rows)
    pitch = layout.label + layout.bar + layout.gap + (layout.value + 5 if is_tall else 0)
    height = head + pitch * len(rows) + 2
    lines = [_line(layout.x(limit["at"], scale), head - 4, height) for limit in limits if limit["at"] > scale[0]]
    tops = [head + pitch * index for index in range(len(rows))]
    parts = [
        tag("defs", *(_gradient(layout, name, index, row, scale) for index, row in enumerate(rows))),
        *(_track(layout, row, top + pitch - layout.bar - layout.gap + 12) for row, top in zip(rows, tops, strict=True)),
        *lines,
        *levels,
    ]
    for index, (row, top) in enumerate(zip(rows, tops, strict=True)):
        earlier = previous[index] if index < len(previous) else None
        parts += _stratum(
            layout, name, index, row, (top, top + pitch - layout.bar - layout.gap + 12), scale, earlier, is_tall
        )
    return picture(name, layout.width, height, title or _("Portrait"), " ".join(map(describe, rows)), parts, layout.css)


def _is_crowded(layout: Layout, row: Row) -> bool:
    taken = width_of(row["label"], layout.label, is_bold=True) + width_of(row["value_label"], layout.value)
    return taken + 12 > layout.width - 2 * layout.pad


def _levels(layout: Layout, limits: Sequence[Limit], scale: tuple[float, float]) -> tuple[list[SafeString], float]:
    """Write level names over the middle of their band, on a second line when the first has no room."""
    ends = [limit["at"] for limit in limits[1:]] + [scale[1]]
    taken: list[float] = []
    placed = []
    for limit, end in zip(limits, ends, strict=False):
        middle = (layout.x(limit["at"], scale) + layout.x(end, scale)) / 2
        half = width_of(limit["label"], layout.level) / 2
        middle = min(max(middle, half), layout.width - half)
        line = next((index for index, edge in enumerate(taken) if middle - half > edge + 6), len(taken))
        taken[line : line + 1] = [middle + half]
        placed.append((limit["label"], middle, line))
    step = layout.level + 5
    words = [
        text(word, x, layout.level + step * line, size=layout.level, css="soft", anchor="middle")
        for word, x, line in placed
    ]
    return words, (step * len(taken) + 9 if taken else 4)


def _line(x: float, top: float, bottom: float) -> SafeString:
    return tag(
        "line",
        x1=x,
        x2=x,
        y1=top,
        y2=bottom,
        stroke=EDGE,
        stroke_width=1.4,
        stroke_dasharray="0.1 5",
        stroke_linecap="round",
        class_="limit",
    )


def _gradient(layout: Layout, name: str, index: int, row: Row, scale: tuple[float, float]) -> SafeString:
    return fade(f"{name}{index}", row["hue"], layout.x(row["low"], scale), layout.x(row["high"], scale))


def _track(layout: Layout, row: Row, y: float) -> SafeString:
    hue = row["hue"]
    return tag(
        "rect",
        x=layout.pad,
        y=y,
        width=layout.width - 2 * layout.pad,
        height=layout.bar,
        rx=layout.bar / 2,
        fill=HUES[hue][1],
        class_=f"t{hue}",
    )


def _stratum(
    layout: Layout,
    name: str,
    index: int,
    row: Row,
    tops: tuple[float, float],
    scale: tuple[float, float],
    earlier: float | None,
    is_tall: bool,
) -> Iterable[SafeString]:
    """Write one row: its words, what is known, the ring at the estimate, the diamond of the time before."""
    top, bar = tops
    hue, right = row["hue"], layout.width - layout.pad
    middle = bar + layout.bar / 2
    yield text(row["label"], layout.pad, top + layout.label + 2, size=layout.label, css="bold")
    if is_tall:
        yield text(row["value_label"], layout.pad, top + layout.label + layout.value + 7, size=layout.value, css="soft")
    else:
        yield text(row["value_label"], right, top + layout.label + 2, size=layout.value, css="soft", anchor="end")
    known = max(layout.x(row["high"], scale) - layout.pad, layout.bar / 2)
    yield tag(
        "rect", x=layout.pad, y=bar, width=known, height=layout.bar, rx=layout.bar / 2, fill=f"url(#{name}{index})"
    )
    if earlier is not None:
        yield _diamond(layout.x(earlier, scale), middle)
    yield tag(
        "circle",
        cx=layout.x(row["estimate"], scale),
        cy=middle,
        r=layout.ring,
        fill=CARD,
        stroke=HUES[hue][0],
        stroke_width=3,
        class_=f"core r{hue}",
    )


def _diamond(x: float, y: float) -> SafeString:
    points = f"{x:.1f},{y - 6.5:.1f} {x + 6.5:.1f},{y:.1f} {x:.1f},{y + 6.5:.1f} {x - 6.5:.1f},{y:.1f}"
    return tag("polygon", points=points, fill=CARD, stroke=INK, stroke_width=1.5, class_="before")
