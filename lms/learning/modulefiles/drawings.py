"""The one canonical way of writing a drawing's file: what pages keep of it, named as SVG, a line end at its end."""

from typing import Final

from lms.learning.drawings import clean_drawing

NAMED: Final = '<svg xmlns="http://www.w3.org/2000/svg" '


def drawing_text(text: str) -> str:
    """Return the file of a drawing, as `dump_modules` writes it. Raises RefusedDrawing."""
    return f"{NAMED}{clean_drawing(text).removeprefix('<svg ')}\n"
