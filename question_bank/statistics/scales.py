"""The scales on which things are counted. They never change: counts made on two scales could not be added."""

from bisect import bisect_right
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
UNPLACED = 0
GROUPS = (1, 2, 3, 4, 5)
# Fifths of N(500, 105²): an estimate is drawn in towards the middle, so that people whose theta spreads by 1 logit
# (150 points) have estimates that spread by some .7 logit (the prior's variance less that of an error of about .46).
GROUP_LIMITS = (411.6, 473.4, 526.6, 588.4)
# Seconds, each a quarter more than the one before: a median read from them is within an eighth of the true one.
FIRST_SECONDS, RATIO, BINS = 2.0, 1.25, 26
SECONDS_EDGES = tuple(FIRST_SECONDS * RATIO**step for step in range(BINS))
LONGEST_SECONDS = SECONDS_EDGES[-1]  # 529 s: a page left open over lunch counts as this, not as two hours


def score_group(score: float) -> int:
    """Return the group, 1 (weakest) to 5, of somebody whose other answers give `score` (0 to 1000)."""
    return bisect_right(GROUP_LIMITS, score) + 1


def seconds_bin(seconds: float) -> str:
    """Return the label of a time: the place, in two figures, of the last edge that it reaches; "00" below all."""
    return f"{bisect_right(SECONDS_EDGES, seconds):02d}"


def seconds_quantile(histogram: dict[str, int], share: float) -> float | None:
    """Return the time, in seconds, within which `share` of the answers came; None without any.

    Interpolated inside a bin; what is over the last edge is that edge.
    """
    total, below = sum(histogram.values()), 0
    edges = (0.0, *SECONDS_EDGES, LONGEST_SECONDS)
    for place, (low, high) in enumerate(pairwise(edges)):
        here = histogram.get(f"{place:02d}", 0)
        if here > 0 and below + here >= share * total:
            return low + (high - low) * (share * total - below) / here
        below += here
    return None


def month_of(moment: datetime) -> date:
    """Return the first day of the month of a moment, in Paris."""
    return moment.astimezone(PARIS).date().replace(day=1)
