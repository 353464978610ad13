"""A logo as we keep it: a small PNG drawn again from what was sent, so nothing else of the file remains."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from kernel.errors import Invalid

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
LARGEST_FILE = 2 * 1024 * 1024
LARGEST_SIDE = 6000
SIZES = ((480, 144), (360, 108), (240, 72), (160, 48))  # twice what is shown, for fine screens, then smaller
COLOURS = 64
LARGEST = 12_000  # bytes: it travels within the stylesheet of a question, whose page may weigh 60 KB in all


@dataclass(frozen=True)
class Logo:
    """A PNG, its sides in pixels, and a short name for its content."""

    png: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """Name the content."""
        return hashlib.sha256(self.png).hexdigest()[:16]


class LogoRefused(Invalid):
    """The file cannot be a logo; the sentence says why and what would do."""


def drawn_again(file: IO[bytes], size: int) -> Logo:
    """Return the logo that a file holds. Raises LogoRefused."""
    if size > LARGEST_FILE:
        raise LogoRefused(_("Ce fichier est trop lourd : 2 Mo au plus."), field="logo")
    start = file.read(4096).lower()
    file.seek(0)
    if b"<svg" in start or start.startswith(b"<?xml"):
        raise LogoRefused(
            _("Un SVG peut contenir des scripts : enregistrez le logo en PNG, fond transparent ou blanc."), field="logo"
        )
    return _lightest(_opened(file))


def _opened(file: IO[bytes]) -> Image.Image:
    try:
        image = Image.open(file, formats=FORMATS)
        if max(image.size) > LARGEST_SIDE:
            raise LogoRefused(_("Cette image est trop grande : 6 000 pixels de côté au plus."), field="logo")
        return image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        sentence = _("Ce fichier n’est pas une image lisible : PNG, JPEG, WebP ou GIF.")
        raise LogoRefused(sentence, field="logo") from error


def _lightest(image: Image.Image) -> Logo:
    """Return the largest drawing that is light enough: fewer colours before fewer pixels.

    The last one always is: 160 × 48 pixels of one byte at most, and 64 colours.
    """
    return next(logo for logo in _drawings(image) if len(logo.png) <= LARGEST)


def _drawings(image: Image.Image) -> Iterator[Logo]:
    for size in SIZES:
        made = image.copy()
        made.thumbnail(size, Image.Resampling.LANCZOS)
        for drawing in (made, made.quantize(COLOURS)):
            yield Logo(_png(drawing), *made.size)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
