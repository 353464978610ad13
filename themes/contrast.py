"""Contrast of two colours as WCAG 2.2 computes it, and the pairs of tokens that must stay legible."""

from .colours import channels

TEXT = 4.5
EDGE = 3.0

# (what is drawn, on what, at least): checked for our tokens by a test, for a university's look when it is saved.
PAIRS = [
    *(
        (ink, ground, TEXT)
        for ink in ("ink", "ink-2", "brand", "brand-strong", "alarm")
        for ground in ("paper", "card")
    ),
    *((ink, ground, TEXT) for ink in ("ink", "ink-2", "brand", "brand-strong") for ground in ("wash", "sun-wash")),
    *((ink, "alarm-wash", TEXT) for ink in ("ink", "brand", "brand-strong")),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-strong", TEXT),
    ("card", "alarm", TEXT),
    ("on-sun", "sun", TEXT),
    *((f"d{hue}", ground, TEXT) for hue in range(1, 6) for ground in (f"w{hue}", "paper", "card")),
    *((f"{ink}", f"w{hue}", TEXT) for hue in range(1, 6) for ink in ("ink", "ink-2")),
    *(("edge", ground, EDGE) for ground in ("paper", "card")),
    *(("focus", ground, EDGE) for ground in ("paper", "card", "wash", "sun-wash")),
]


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1, of `#rrggbb` (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Return the contrast, 1 to 21, of two colours given as `#rrggbb`."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
