"""Results as pictures: pure functions from numbers to SVG, for the page and the PDF alike.

Colours are presentation attributes (the PDF reads them) doubled by classes (the page's tokens win: dark mode, themes).
No style attribute: the content security policy forbids it.
"""

from .bars import bars, bars_phone
from .columns import columns
from .heat import heat, heat_phone
from .levels import levels, levels_phone, percentages
from .lines import lines
from .marks import interval, progress
from .radar import radar
from .spark import spark
from .strata import strata, strata_phone
from .trajectory import trajectory

__all__ = [
    "bars",
    "bars_phone",
    "columns",
    "heat",
    "heat_phone",
    "interval",
    "levels",
    "levels_phone",
    "lines",
    "percentages",
    "progress",
    "radar",
    "spark",
    "strata",
    "strata_phone",
    "trajectory",
]
