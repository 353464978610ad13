"""Stacked levels: how many of a group stand at each level, one bar per row, rows by group of one colour.

A level is told by its place, its lightness and its number; a number that its part cannot hold stands outside the bar
when it is at an end, and is told by the description and the table otherwise.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .svg import CARD, HUES, INK, name_of, picture, tag, text, width_of

Row = Mapping[str, Any]
# How much of the colour is in each level, the rest is the card: ink stays legible on the first three, card on the last.
SHARES = (0.13, 0.34, 0.6, 1.0)
GAP = 2  # between the parts of a bar
LEGEND_GAP = 26


@dataclass(frozen=True)
class Layout:
    """One way to draw: words beside the bars on a wide page, above them on a phone."""

    css: str
    width: float
    label: float  # width of the words
    left: float  # where bars begin
    right: float  # where they end; what is beyond holds a number that has no room
    bar: float
    size: float
    number: float
    is_beside: bool


WIDE = Layout("for-wide", 640, 292, 306, 614, 26, 14.5, 13.5, is_beside=True)
PHONE = Layout("for-phone", 288, 288, 22, 264, 26, 15, 14, is_beside=False)


def levels(rows: Sequence[Row], names: Sequence[str], title: str = "") -> SafeString:
    """Draw `rows` ({label, group, hue 1–5, counts: how many at each of `names`}), the lowest level first."""
    return _draw(WIDE, rows, names, title)


def levels_phone(rows: Sequence[Row], names: Sequence[str], title: str = "") -> SafeString:
    """Draw the same picture for a phone: its viewBox is what a card leaves of 360 px."""
    return _draw(PHONE, rows, names, title)


def percentages(counts: Sequence[float]) -> list[int]:
    """Return whole percentages of `counts` that make 100 together, or none when there is nobody.

    The largest remainders are rounded up (Hamilton's method), the first ones when they are equal.
    """
    total = sum(counts)
    if not total:
        return [0 for _count in counts]
    exact = [100 * count / total for count in counts]
    whole = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], place))
    for place in order[: 100 - sum(whole)]:
        whole[place] += 1
    return whole


def tint(hue: int, level: int, count: int = 4) -> str:
    """Return the colour of a level (from 0, of `count`) of a domain, or of nobody's when `hue` is 0."""
    return _mixed(HUES[hue][0] if hue else INK, CARD, _share(level, count))


def _share(level: int, count: int) -> float:
    return SHARES[level] if count == len(SHARES) else SHARES[0] + (1 - SHARES[0]) * level / max(count - 1, 1)


def _mixed(one: str, other: str, share: float) -> str:
    pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def _draw(layout: Layout, rows: Sequence[Row], names: Sequence[str], title: str) -> SafeString:
    name = name_of("levels", layout.css, [dict(row) for row in rows], list(names))
    parts = list(_legend(layout, names))
    y, group = 8.0 + 26 * _legend_lines(layout, names), ""
    for row in rows:
        if row.get("group", "") != group:
            group = row["group"]
            parts.append(_group(layout, row, y))
            y += 30
        drawn, tall = _row(layout, row, y)
        parts += drawn
        y += tall
    words = " ".join(describe(row, names) for row in rows) or _("Aucune mesure.")
    return picture(name, layout.width, y, title or _("Niveaux"), words, parts, layout.css)


def describe(row: Row, names: Sequence[str]) -> str:
    """Say a row in words."""
    told = zip(names, percentages(row["counts"]), strict=True)
    return f"{row['label']} : " + ", ".join(f"{name} {share} %" for name, share in told) + "."


def _legend_places(layout: Layout, names: Sequence[str]) -> list[tuple[float, int]]:
    """Place each level's name, on a second line when the first is full.

    A short word of wide letters (“Commencé”) is wider than the mean says: room for it, and a gap besides.
    """
    places, x, line = [], 0.0, 0
    for name in names:
        wide = 20 + width_of(name, layout.number, is_bold=True) + LEGEND_GAP
        if x and x + wide - LEGEND_GAP > layout.width:
            x, line = 0.0, line + 1
        places.append((x, line))
        x += wide
    return places


def _legend_lines(layout: Layout, names: Sequence[str]) -> int:
    return max((line for _x, line in _legend_places(layout, names)), default=0) + 1


def _legend(layout: Layout, names: Sequence[str]) -> Iterator[SafeString]:
    for level, (name, (x, line)) in enumerate(zip(names, _legend_places(layout, names), strict=True)):
        y = 3 + 26 * line
        yield _part(x, y, 14, 14, 0, level, len(names))
        yield text(name, x + 20, y + 12, size=layout.number, css="soft")


def _group(layout: Layout, row: Row, y: float) -> SafeString:
    return tag(
        "text",
        row["group"],
        x=0,
        y=y + 20,
        font_size=layout.number,
        font_weight=700,
        fill=HUES[row["hue"]][0],
        class_=f"bold f{row['hue']}",
    )


def _row(layout: Layout, row: Row, y: float) -> tuple[list[SafeString], float]:
    """Draw the words of a row and its bar from `y`; return them and how tall they are."""
    lines = wrapped(row["label"], layout.label, layout.size)
    step = layout.size * 1.25
    if layout.is_beside:
        tall = max(layout.bar, step * len(lines)) + 10
        first = y + (tall - 10 - step * len(lines)) / 2 + layout.size
        top = y + (tall - 10 - layout.bar) / 2
    else:
        first, top = y + layout.size, y + step * len(lines) + 5
        tall = step * len(lines) + layout.bar + 17
    words = [text(line, 0, first + step * place, size=layout.size) for place, line in enumerate(lines)]
    return [*words, *_bar(layout, row, top)], tall


def wrapped(words: str, width: float, size: float) -> list[str]:
    """Cut a text into lines no wider than `width`, at its spaces."""
    lines: list[str] = []
    for word in words.split(" "):
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _bar(layout: Layout, row: Row, y: float) -> Iterator[SafeString]:
    counts = row["counts"]
    total, span = sum(counts), layout.right - layout.left
    if not total:
        yield text(_("aucune mesure"), layout.left, y + layout.bar / 2 + 5, size=layout.number, css="soft")
        return
    ends = [layout.left + span * so_far / total for so_far in accumulate(counts)]
    starts = [layout.left, *ends[:-1]]
    for level, (start, end, share) in enumerate(zip(starts, ends, percentages(counts), strict=True)):
        if end > start:
            wide = max(end - start - (GAP if end < layout.right - 0.01 else 0), 1.0)
            yield _part(start, y, wide, layout.bar, row["hue"], level, len(counts))
            yield from _number(layout, (start, wide), y, share, level, counts)


def _part(x: float, y: float, wide: float, tall: float, hue: int, level: int, count: int) -> SafeString:
    css = f"l{hue} v{level + 1}" if count == len(SHARES) else None
    return tag(
        "rect", x=x, y=y, width=wide, height=tall, rx=min(3.0, wide / 2), fill=tint(hue, level, count), class_=css
    )


def _number(
    layout: Layout, place: tuple[float, float], y: float, share: int, level: int, counts: Sequence[float]
) -> Iterator[SafeString]:
    """Write a share inside its part, or outside the bar when it is at an end and has no room."""
    start, wide = place
    middle, is_last = y + layout.bar / 2 + layout.number * 0.36, level == len(counts) - 1
    if wide >= width_of(str(share), layout.number) + 5:
        fill = CARD if is_last else INK
        css = "on-last" if is_last else "on-part"
        x = start + wide / 2
        yield tag(
            "text", str(share), x=x, y=middle, font_size=layout.number, text_anchor="middle", fill=fill, class_=css
        )
    elif not any(counts[level + 1 :]):
        yield text(share, start + wide + 5, middle, size=layout.number)
    elif not any(counts[:level]):
        yield text(share, start - 4, middle, size=layout.number, anchor="end")
