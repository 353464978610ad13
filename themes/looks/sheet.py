"""The stylesheet of a look: four tokens in every mode, and the logo within it. Nothing else: one file, kept for ever.

It speaks in the layers of our own sheet and after it, so each rule repeats a selector of ours to take its place there.
"""

import hashlib
from base64 import b64encode
from functools import lru_cache

from themes.colours import is_hex
from themes.palettes import palette
from themes.tokens import Tokens

LOGO_HEIGHT = 2.4  # rem, on the page
WIDEST = 11.0  # rem


class NotAColour(ValueError):
    """What would be written in a stylesheet is not a colour."""


def _declared(tokens: Tokens) -> str:
    return ";".join(f"--{name}:{value}" for name, value in sorted(tokens.items()))


@lru_cache(maxsize=256)
def colours(brand: str, wash: str = "") -> str:
    """Return the rules that give the look its colours. Raises NotAColour."""
    if not is_hex(brand) or (wash and not is_hex(wash)):
        raise NotAColour(f"{brand!r} or {wash!r} is not written #rrggbb.")
    made = palette(brand, wash)
    day, night = _declared(made.day), _declared(made.night)
    return (
        "@layer tokens{@media (forced-colors:none){"
        f":root{{{day}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{night}}}}}"
        f':root[data-p~="sombre"]{{{night}}}'
        "@media (prefers-contrast:more){:root,:root[data-p]{--brand:var(--brand-strong)}}"
        ':root[data-p~="contraste"]{--brand:var(--brand-strong);--wash:var(--card)}'
        "}}"
        f"@layer modes{{@media print{{:root,:root[data-p]{{{day}}}}}}}\n"
    )


def logo_rule(width: int, height: int, address: str) -> str:
    """Return the rules that show the logo, on white in every mode: that is what it was drawn for.

    What draws PDFs knows no ratio: it gets the width in figures.
    """
    tall = min(LOGO_HEIGHT, WIDEST * height / width)
    shape = f"height:{tall:.4g}rem;width:{tall * width / height:.4g}rem;background-image:url({address})"
    ratio = f"@supports (aspect-ratio:1){{.logo{{width:auto;aspect-ratio:{width}/{height}}}}}"
    return f"@layer components{{.logo{{{shape}}}{ratio}}}\n"


def in_words(logo: bytes) -> str:
    """Return a PNG as an address that holds it: no request of its own."""
    return f"data:image/png;base64,{b64encode(logo).decode()}"


def digest(*parts: str) -> str:
    """Return a short name for what `parts` say."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
