"""One stylesheet from a few sources: `manage.py build_styles` writes it, a test holds it to its sources."""

import re
from pathlib import Path

SOURCES = Path(__file__).parent / "styles"
BUNDLE = Path(__file__).parent / "static" / "themes" / "socle.css"
LAYERS = "@layer tokens,base,components,sitting,profile,pages,modes;\n"


def _squeeze(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(";}", "}").strip()


def bundle() -> str:
    """Return the sources in order of name, without comments nor idle spaces."""
    return LAYERS + "\n".join(_squeeze(path.read_text()) for path in sorted(SOURCES.glob("*.css"))) + "\n"
