"""Items on trial: asked to gather responses, never counted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .arrays import Flags
from .pool import Pool
from .seeding import pick
from .selection import barred


def select_pretest(
    pool: Pool,
    *,
    administered: Sequence[int],
    seed: int,
    eligible: Flags | None = None,
    seen_lately: Flags | None = None,
) -> int | None:
    """Return a pretest item drawn by ``seed``, or None when none is admissible; eligible, seen_lately: bool[n]."""
    out = barred(pool, administered, eligible)
    open_ = pool.is_pretest & ~out if seen_lately is None else pool.is_pretest & ~out & ~seen_lately
    candidates = np.flatnonzero(open_)
    if candidates.size == 0:
        return None
    return candidates.item(pick(candidates.size, seed, len(administered)))
