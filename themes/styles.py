"""Stylesheets from a few sources: `manage.py build_styles` writes them, a test holds them to their sources.

socle.css is on every page; learning.css only on those that teach, pilot.css on those of figures, so that the sitting
stays light.
"""

import re
from pathlib import Path

SOURCES = Path(__file__).parent / "styles"
BUNDLE = Path(__file__).parent / "static" / "themes" / "socle.css"
LEARNING_BUNDLE = BUNDLE.with_name("learning.css")
PILOT_BUNDLE = BUNDLE.with_name("pilot.css")
LAYERS = "@layer tokens,base,components,sitting,profile,pages,learning,pilot,modes;\n"


def _squeeze(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip()


def bundle() -> str:
    """Return the sources in order of name, without comments nor idle spaces."""
    return LAYERS + "\n".join(_squeeze(path.read_text()) for path in sorted(SOURCES.glob("*.css"))) + "\n"


def learning_bundle() -> str:
    """Return the styles of the pages that teach, which come after the others."""
    return squeezed(*sorted((SOURCES / "learning").glob("*.css")))


def pilot_bundle() -> str:
    """Return the styles of the pages of figures, which come after the others."""
    return squeezed(*sorted((SOURCES / "pilot").glob("*.css")))


def squeezed(*paths: Path) -> str:
    """Return some sources, squeezed, with the order of the layers before them."""
    return LAYERS + "\n".join(_squeeze(path.read_text()) for path in paths) + "\n"


def excerpt(*names: str) -> str:
    """Return the sources called `names` (below themes/styles/), squeezed: what a file read offline carries with it."""
    return squeezed(*(SOURCES / name for name in names))
