"""A mean over some weeks, a mark at its end, and another one dotted beside it: small enough for a card."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .svg import BRAND, EDGE, name_of, picture, tag, text

WIDTH, HEIGHT, PAD, RIGHT, LEAST = 264, 84, 8, 42, 60.0
Values = Sequence[float | None]


def spark(values: Values, beside: Values = (), title: str = "") -> SafeString:
    """Draw `values`, one a step or None, solid, with the last one written; `beside` dotted, on the same scale.

    The scale is that of what is drawn, and of at least sixty points: a change of two points does not climb the card.
    """
    known = [value for value in (*values, *beside) if value is not None]
    middle = (min(known) + max(known)) / 2 if known else 0.0
    half = max((max(known) - min(known)) / 2, LEAST / 2) if known else LEAST / 2
    scale = (middle - half, middle + half)
    name = name_of("spark", list(values), list(beside))
    parts = [*_line(beside, scale, is_main=False), *_line(values, scale, is_main=True)]
    return picture(name, WIDTH, HEIGHT, title or _("Évolution"), _told(values, beside), parts, "spark")


def _told(values: Values, beside: Values) -> str:
    first, last = ([one for one in line if one is not None] for line in (values, beside))
    if not first:
        return _("Aucun point.")
    words = _("De %(first)d à %(last)d.") % {"first": round(first[0]), "last": round(first[-1])}
    return words + (" " + _("National : %(last)d.") % {"last": round(last[-1])} if last else "")


def _points(values: Values, scale: tuple[float, float]) -> list[tuple[float, float]]:
    low, high = scale
    step = (WIDTH - PAD - RIGHT) / max(len(values) - 1, 1)
    return [
        (PAD + step * place, HEIGHT - PAD - (HEIGHT - 2 * PAD) * (value - low) / (high - low))
        for place, value in enumerate(values)
        if value is not None
    ]


def _line(values: Values, scale: tuple[float, float], *, is_main: bool) -> list[SafeString]:
    points = _points(values, scale)
    if not points:
        return []
    drawn = tag(
        "polyline",
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        fill="none",
        stroke=BRAND if is_main else EDGE,
        stroke_width=3 if is_main else 2,
        stroke_dasharray=None if is_main else "0.1 5",
        stroke_linecap="round",
        stroke_linejoin="round",
        class_="path" if is_main else "limit",
    )
    if not is_main:
        return [drawn]
    x, y = points[-1]
    last = [value for value in values if value is not None][-1]
    dot = tag("circle", cx=x, cy=y, r=4.5, fill=BRAND, class_="dot")
    return [drawn, dot, text(round(last), x + 9, min(max(y + 5, 14), HEIGHT - 2), size=15, css="bold")]
