"""Small drawings that stand beside the words that say the same."""

from functools import lru_cache

from django.utils.safestring import SafeString

from .svg import CARD, HUES, fade, name_of, tag


@lru_cache(maxsize=512)
def progress(segments: tuple[bool, ...]) -> SafeString:
    """Draw one short stroke per situation, done or to come; hidden from screen readers, who have the words.

    Two paths rather than one shape per stroke, and the stroke itself in the stylesheet: it is on every page of a
    sitting, and was a kilobyte of it.
    """
    pitch = 640 / max(len(segments), 1)
    strokes = [f"M{index * pitch + 3:.4g} 3h{max(pitch - 10, 1):.4g}" for index in range(len(segments))]
    done = sum(segments)
    paths = [
        tag("path", d="".join(drawn), class_=name)
        for drawn, name in ((strokes[:done], "on"), (strokes[done:], "off"))
        if drawn
    ]
    return tag("svg", *paths, viewBox="0 0 640 6", preserveAspectRatio="none", class_="bar", aria_hidden="true")


def interval(low: float, estimate: float, high: float, hue: int, scale: tuple[float, float] = (0, 1000)) -> SafeString:
    """Draw one stratum without words, for a table that gives the numbers."""
    name = name_of("interval", low, estimate, high, hue)
    places = [
        4 + 136 * (min(max(value, scale[0]), scale[1]) - scale[0]) / (scale[1] - scale[0])
        for value in (low, estimate, high)
    ]
    solid, tint = HUES[hue]
    parts = [
        tag("defs", fade(name, hue, places[0], places[2])),
        tag("rect", x=0, y=3, width=144, height=8, rx=4, fill=tint, class_=f"t{hue}"),
        tag("rect", x=0, y=3, width=max(places[2], 4.0), height=8, rx=4, fill=f"url(#{name})"),
        tag("circle", cx=places[1], cy=7, r=4.5, fill=CARD, stroke=solid, stroke_width=2.5, class_=f"core r{hue}"),
    ]
    return tag(
        "svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox="0 0 144 14", class_="strip", aria_hidden="true"
    )
