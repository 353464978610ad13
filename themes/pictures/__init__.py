"""Results as pictures: pure functions from numbers to SVG, for the page and the PDF alike.

Colours are presentation attributes (the PDF reads them) doubled by classes (the page's tokens win: dark mode, themes).
No style attribute: the content security policy forbids it.
"""

from .columns import columns
from .lines import lines
from .marks import interval, progress
from .radar import radar
from .strata import strata, strata_phone
from .trajectory import trajectory

__all__ = ["columns", "interval", "lines", "progress", "radar", "strata", "strata_phone", "trajectory"]
