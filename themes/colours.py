"""Colours as people see them: lightness, chroma and hue (OKLCH), to and from `#rrggbb`.

Formulas: Björn Ottosson, "A perceptual color space for image processing" (2020), https://bottosson.github.io/posts/oklab/,
the space of CSS Color Module Level 4, section 9; sRGB transfer: IEC 61966-2-1, as WCAG 2.2 writes it.
"""

import math
import re
from dataclasses import dataclass, replace

from PIL import ImageColor

HEX = re.compile(r"#[0-9a-f]{6}")
SLACK = 0.0005  # of a linear channel, under half a step of eight bits
STEPS = 24  # halvings of the chroma, when a colour has more than a screen can show


@dataclass(frozen=True)
class Oklch:
    """Lightness 0 to 1, chroma 0 to about 0.37, hue in radians."""

    lightness: float
    chroma: float
    hue: float

    def lighter(self, lightness: float) -> "Oklch":
        """Return the same hue and chroma at another lightness, kept between black and white."""
        return replace(self, lightness=min(max(lightness, 0.0), 1.0))

    def muted(self, chroma: float) -> "Oklch":
        """Return the same with at most that chroma."""
        return replace(self, chroma=min(self.chroma, chroma))


def normalised(text: str) -> str:
    """Return a colour as typed, without spaces around it, in small letters, with its `#`."""
    typed = text.strip().lower()
    return f"#{typed}" if HEX.fullmatch(f"#{typed}") else typed


def is_hex(text: str) -> bool:
    """Say whether `text` is a colour written `#rrggbb`."""
    return bool(HEX.fullmatch(text))


def guessed(text: str) -> str:
    """Return the `#rrggbb` that was meant by another writing (`#abc`, `red`, `rgb(…)`), or nothing."""
    try:
        red, green, blue = ImageColor.getrgb(normalised(text))[:3]
    except ValueError:
        return ""
    return f"#{red:02x}{green:02x}{blue:02x}"


def linear(channel: float) -> float:
    """Return the light of a channel from 0 to 1."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(light: float) -> float:
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def channels(colour: str) -> tuple[float, float, float]:
    """Return the light of red, green and blue, 0 to 1, of `#rrggbb`."""
    red, green, blue = (linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return red, green, blue


def to_oklch(colour: str) -> Oklch:
    """Return what one sees of `#rrggbb`."""
    red, green, blue = channels(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.atan2(b, a))


def _light(seen: Oklch) -> tuple[float, float, float]:
    a, b = seen.chroma * math.cos(seen.hue), seen.chroma * math.sin(seen.hue)
    long = (seen.lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (seen.lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (seen.lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _is_shown(seen: Oklch) -> bool:
    return all(-SLACK <= light <= 1 + SLACK for light in _light(seen))


def to_hex(seen: Oklch) -> str:
    """Return `#rrggbb`; a chroma that screens cannot show is lowered until they can, lightness and hue stay."""
    low, high = 0.0, seen.chroma
    for _ in range(0 if _is_shown(seen) else STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _is_shown(replace(seen, chroma=middle)) else (low, middle)
    shown = seen if _is_shown(seen) else replace(seen, chroma=low)
    values = (round(255 * _encoded(min(max(light, 0.0), 1.0))) for light in _light(shown))
    return "#" + "".join(f"{value:02x}" for value in values)
