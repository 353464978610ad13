"""Exposure prices: what keeps an item from being shown to everybody.

The most information under the constraint that nobody's item is used more than r_max is a linear programme; its dual
variables are prices per item, and stochastic dual ascent finds them while attempts go by (van der Linden & Veldkamp
2004 state the constraint; Nedić & Ozdaglar 2009 the ascent). No simulation beforehand, one number per item. Because
the price integrates use minus limit, after T attempts an item's exposure exceeds r_max by at most price / (eta × T).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .arrays import Flags, Reals

STEP = 0.05  # information units per use above the limit
CAP = 2.0  # information units: the worth of the best item (a = 2.8) is 1.96
LEAST_LIMIT, HEADROOM = 0.25, 1.3


def update_prices(
    prices: Reals,
    *,
    used: Sequence[int],
    eligible: Flags | None = None,
    r_max: float,
    eta: float = STEP,
    cap: float = CAP,
) -> Reals:
    """Return the prices after one finished attempt: price ← min(cap, max(0, price + eta (used − r_max))), float64[n].

    Items that were not eligible (bool[n]) for this attempt keep their price: they had no chance of being used.
    """
    moved = prices - eta * r_max
    moved[list(used)] += eta
    bounded = np.minimum(np.maximum(moved, 0.0), cap)
    return bounded if eligible is None else np.where(eligible, bounded, prices)


def exposure_limit(length: int, pool_size: int) -> float:
    """Return r_max = max(.25, 1.3 × length ÷ pool size), at most 1: below it a pool cannot serve everybody.

    Raises ValueError on an empty pool.
    """
    if pool_size <= 0:
        raise ValueError("An empty pool has no exposure limit.")
    return min(1.0, max(LEAST_LIMIT, HEADROOM * length / pool_size))
