"""Disclosure control: what may be said of groups to those who may not see names. Pure: no database, no clock.

People are put in parcels, each large enough to be told of; everything that is said is a sum of parcels, and a parcel
changes only when enough people do (docs/decisions/0021-figures-are-told-by-parcels.md).
"""

from .counts import ACROSS, Count, is_change_safe, is_safe
from .parcels import Key, Parcel, parcels
from .steps import Told, advance
from .suppressing import Split, protect
from .totals import Line, lines

__all__ = [
    "ACROSS",
    "Count",
    "Key",
    "Line",
    "Parcel",
    "Split",
    "Told",
    "advance",
    "is_change_safe",
    "is_safe",
    "lines",
    "parcels",
    "protect",
]
