"""Ordering modules by what they are expected to bring per minute. Pure: no database, no clock, no chance.

The gain of a module is Σ over its competencies of weight × expected shortfall × what it closes, per minute. The
expected shortfall of a competency below its target t, known as N(m, s²), is (t − m)·Φ(z) + s·φ(z) with z = (t − m)/s:
the “expected improvement” of Mockus (1978), so that what is not sure counts too. Once a module is in the path, the
gaps it closes are smaller for those that follow: two modules on one thing do not come one after the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import erf, exp, pi, sqrt
from typing import Final

from .rules import Rules

UNKNOWN: Final = (500, 0, 1000)  # of a competency that nothing was measured of: the middle of the scale, any of it
WIDTHS: Final = 2 * 1.96  # standard deviations between the two ends of an interval
Scores = Mapping[str, tuple[int, int, int]]


@dataclass(frozen=True)
class Candidate:
    """A module as the order sees it: codes of its competencies, the main one first."""

    key: str
    competencies: Sequence[str]
    level: str
    minutes: int


@dataclass(frozen=True)
class Placed:
    """A module at its place: its `gain` in points per minute, and the competency that brings most of it."""

    key: str
    gain: float
    competency: str


def shortfall(score: tuple[int, int, int], target: int) -> float:
    """Return how many points are expected to be missing below `target`, for (score, low, high)."""
    mean, spread = score[0], max((score[2] - score[1]) / WIDTHS, 1.0)
    z = (target - mean) / spread
    below, density = 0.5 * (1.0 + erf(z / sqrt(2.0))), exp(-z * z / 2.0) / sqrt(2.0 * pi)
    return float((target - mean) * below + spread * density)


def ordered(candidates: Iterable[Candidate], scores: Scores, rules: Rules) -> list[Placed]:
    """Return the modules, the most useful first; equal ones go by key."""
    left = sorted(candidates, key=lambda one: one.key)
    gaps = {code: _gap(scores, code, rules) for one in left for code in one.competencies}
    path: list[Placed] = []
    while left:
        placed, best = max(
            ((_placed(one, gaps, scores, rules), one) for one in left),
            key=lambda pair: (pair[0].gain, -left.index(pair[1])),
        )
        left.remove(best)
        path.append(placed)
        for place, code in enumerate(best.competencies):
            gaps[code] *= 1.0 - rules.levels[best.level].closes * _share(place, rules)
    return path


def spread(path: Sequence[Placed]) -> list[Placed]:
    """Return a path that begins with the best module of each domain, the best of them first; the others follow.

    For somebody whose domains cannot be told apart: the intervals of the highest and the lowest overlap. Three modules
    of one domain would then say that it is the weakest, which nothing shows.
    """
    first: dict[str, Placed] = {}
    for one in path:
        first.setdefault(one.competency.partition(".")[0], one)
    opened = list(first.values())
    return opened + [one for one in path if one not in opened]


def _gap(scores: Scores, code: str, rules: Rules) -> float:
    return shortfall(scores.get(code, UNKNOWN), rules.target) * rules.weight(code)


def _placed(one: Candidate, gaps: Mapping[str, float], scores: Scores, rules: Rules) -> Placed:
    level = rules.levels[one.level]
    parts = {code: _share(place, rules) * gaps[code] for place, code in enumerate(one.competencies)}
    main = max(parts, key=lambda code: parts[code])
    fit = 1.0 if level.fits(scores.get(one.competencies[0], UNKNOWN)[0]) else rules.misfit
    return Placed(one.key, fit * level.closes * sum(parts.values()) / max(one.minutes, 1), main)


def _share(place: int, rules: Rules) -> float:
    return 1.0 if place == 0 else rules.second
