"""From two colours of a university to the tokens of every mode; what is not legible, and the nearest that is.

A look changes four tokens: brand, its stronger shade, what is written on it, and the wash. By day they come from what
the university gave; by night they are derived, at the lightnesses of our own night. The hue is theirs everywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from . import contrast
from .colours import Oklch, to_hex, to_oklch
from .tokens import Tokens, modes, sources

TOUCHED = frozenset({"brand", "brand-strong", "on-brand", "wash"})
PAIRS = [pair for pair in contrast.PAIRS if TOUCHED & set(pair[:2])]
STEP = 0.004  # of lightness: about one of the 255 steps of a screen
WHITE = "#ffffff"
WASH_LIGHTNESS, WASH_CHROMA = 0.945, 0.02
STRONGER = 0.087  # how much darker the stronger shade is, by day
DARKEST, LESS_DARK = 0.25, 0.2  # under that lightness, the stronger shade goes the other way, by so much
# In the order in which they are settled: each is legible with those before it, and with ours.
DAY_STEPS = {"brand": -STEP, "wash": STEP, "brand-strong": -STEP}
NIGHT_STEPS = {"wash": -STEP, "brand": STEP, "brand-strong": STEP, "on-brand": -STEP}
NIGHT = {"brand": (0.785, 0.1), "brand-strong": (0.87, 0.07), "on-brand": (0.2, 0.02), "wash": (0.29, 0.035)}


@dataclass(frozen=True)
class Pair:
    """Two tokens that meet on a page: their contrast and the least it may be."""

    mode: str
    ink: str
    ground: str
    ratio: float
    least: float

    @property
    def is_legible(self) -> bool:
        """Say whether the contrast is enough."""
        return self.ratio >= self.least


@dataclass(frozen=True)
class Palette:
    """What a look changes, by day and by night: token → `#rrggbb`."""

    day: Tokens
    night: Tokens

    def pairs(self) -> list[Pair]:
        """Return every pair of tokens the look touches, in every mode."""
        found = modes(self.day, self.night)
        return [
            Pair(mode, ink, ground, contrast.ratio(tokens[ink], tokens[ground]), least)
            for mode, tokens in found.items()
            for ink, ground, least in PAIRS
        ]


@lru_cache(maxsize=256)
def palette(brand: str, wash: str = "") -> Palette:
    """Derive the look of two legible colours `#rrggbb`; without a wash, one of the brand's hue is made."""
    light, dark, _ = sources()
    seen = to_oklch(brand)
    tint = wash or nearest_wash(to_hex(seen.lighter(WASH_LIGHTNESS).muted(WASH_CHROMA)), brand)
    day = {"brand": brand, "wash": tint, "on-brand": WHITE}
    day["brand-strong"] = _settled("brand-strong", _stronger(seen), DAY_STEPS["brand-strong"], light, day)
    night: Tokens = {}
    for name, step in NIGHT_STEPS.items():
        lightness, chroma = NIGHT[name]
        night[name] = _settled(name, seen.lighter(lightness).muted(chroma), step, dark, night)
    return Palette(day, night)


def nearest_brand(brand: str) -> str:
    """Return the colour nearest to `brand`, of its hue, that is legible as text by day and carries white text."""
    return _settled("brand", to_oklch(brand), DAY_STEPS["brand"], sources()[0], {"on-brand": WHITE})


def nearest_wash(wash: str, brand: str) -> str:
    """Return the colour nearest to `wash`, of its hue, on which ink and `brand` are legible."""
    return _settled("wash", to_oklch(wash), DAY_STEPS["wash"], sources()[0], {"brand": brand})


def _stronger(seen: Oklch) -> Oklch:
    return seen.lighter(seen.lightness + (-STRONGER if seen.lightness > DARKEST else LESS_DARK))


def _settled(name: str, seen: Oklch, step: float, ours: Tokens, theirs: Tokens) -> str:
    """Return the first colour from `seen`, by steps of lightness, that `name` can be: black or white always can.

    It is held to the tokens it meets that are not the look's, and to those of the look already settled.
    """
    tokens = {key: value for key, value in ours.items() if key not in TOUCHED} | theirs
    met = [(ground if ink == name else ink, least) for ink, ground, least in PAIRS if name in (ink, ground)]
    met = [(other, least) for other, least in met if other in tokens]
    lightness, colour = seen.lightness, to_hex(seen)
    while -STEP < lightness < 1 + STEP and not _stands(colour, met, tokens):
        lightness += step
        colour = to_hex(seen.lighter(lightness))
    return colour


def _stands(colour: str, met: Iterable[tuple[str, float]], tokens: Tokens) -> bool:
    return all(contrast.ratio(colour, tokens[other]) >= least for other, least in met)
