"""Who comes to some streams and what they do, drawn for everybody at once: arrays of one line a person.

Moments are numpy’s, in seconds, UTC. What comes after the present is brought back before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from question_bank import adaptive

Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]
Moments = NDArray[np.datetime64]
GAIN = 0.35  # logits, a year later
DAY, HOUR = np.timedelta64(86_400, "s"), np.timedelta64(3_600, "s")
AUTUMNS = (np.datetime64("2025-09-08T09:00:00", "s"), np.datetime64("2026-09-08T09:00:00", "s"))
TIMES = 3  # a person is measured at most
MODULES = 6  # of the journey


@dataclass(frozen=True)
class Stream:
    """A programme of an institution, two years running.

    `cohorts`: last year’s, this year’s of those who went on, this year’s newcomers; `first`: share of the first.
    `shift`: what its people are above the country, in logits; `zeal`: how they follow, 1 being as usual.
    """

    key: str
    institution_id: int
    cohorts: tuple[int, int, int]
    size: int
    shift: float
    zeal: float
    first: float = 0.45


class Crowd:
    """Everybody of some streams. The same luck is the same people."""

    def __init__(self, streams: Sequence[Stream], luck: np.random.Generator, now: np.datetime64) -> None:
        self.streams, self.luck, self.now = streams, luck, now
        sizes = [stream.size for stream in streams]
        self.count = sum(sizes)
        self.stream = np.repeat(np.arange(len(streams)), sizes)
        self.place = np.concatenate([np.arange(size) for size in sizes])
        self.is_first = self.place < self._of("first") * self._of("size")
        self.goes_on = self.is_first & (self.place % 10 < 7)  # the others left, or were graduated
        self.is_here = self._chance(np.where(self.is_first, 0.94, 0.82))
        self.is_sharing = self.is_here & self._chance(0.72)
        self.began: Moments = np.array(AUTUMNS)[1 - self.is_first] + self._days(0, 20)
        self._learn()
        self._measure()

    def _learn(self) -> None:
        """Draw who is measured first and who follows the journey to its end: those are trained."""
        zeal = self._of("zeal")
        share = np.where(self.is_first, 0.97 * np.minimum(zeal, 1.0), 0.84 * zeal)
        self.is_measured = self.is_here & self._chance(share)
        self.first_at = self._past(self.began + self._days(3, 60), 2 + 24 * TIMES)
        self.is_trained = self.is_measured & self._chance(np.where(self.is_first, 0.66, 0.09) * zeal)
        ended = np.where(self.is_first, self.began + self._days(120, 260), self.first_at + self._days(10, 40))
        self.until = np.maximum(self._past(ended, 1), self.first_at)

    def _measure(self) -> None:
        """Draw who is measured again after that, and a last time when the new year begins."""
        again = np.where(self.is_trained, 0.85, np.where(self.is_first, 0.65, 0.45))
        is_again = self.is_measured & self._chance(again)
        later = self.until + np.where(self.is_first, self._days(5, 120), self._days(1, 20))
        is_last = self.goes_on & self.is_measured & self._chance(0.75)
        at_last = AUTUMNS[1] + self._days(0, 60)
        self.sits = np.stack([self.is_measured, is_again, is_last], axis=1)
        self.sat_at = np.stack([self.first_at, self._past(later, 26), self._past(at_last, 2)], axis=1)

    def thetas(self, prior: adaptive.Ability) -> Reals:
        """Return where each is at each of their sittings, float64[n, TIMES, K], in logits."""
        own = adaptive.examinees(prior, self.luck.standard_normal((self.count, prior.dimensions)))
        gain = GAIN * np.where(self.is_trained, 1.0, 0.4)[:, None] * np.array([0.0, 1.0, 1.2])
        found: Reals = own[:, None, :] + self._of("shift")[:, None, None] + gain[:, :, None]
        return found

    @cached_property
    def followed(self) -> NDArray[np.int64]:
        """Return how many modules each followed: the whole journey to be trained."""
        some = self.luck.integers(0, 4, self.count)
        return np.where(self.is_trained, MODULES, np.where(self.is_measured, some, 0))

    def draw(self, least: int, most: int, shape: int | tuple[int, ...] | None = None) -> NDArray[np.int64]:
        """Return whole numbers from `least` to below `most`, one a person unless a shape is asked for."""
        return self.luck.integers(least, most, self.count if shape is None else shape)

    def uuids(self, count: int) -> list[str]:
        """Return random ones (RFC 4122, version 4), without hyphens."""
        drawn = self.luck.bytes(16 * count).hex()
        each = (drawn[at : at + 32] for at in range(0, 32 * count, 32))
        return [f"{one[:12]}4{one[13:16]}a{one[17:]}" for one in each]

    def _of(self, name: str) -> Reals:
        """Return what each one’s stream has."""
        return np.array([getattr(stream, name) for stream in self.streams], dtype=np.float64)[self.stream]

    def _chance(self, share: Reals | float) -> Flags:
        drawn: Flags = self.luck.random(self.count) < share
        return drawn

    def _days(self, least: int, most: int) -> NDArray[np.timedelta64]:
        minutes = self.draw(least, most) * 1440 + self.draw(0, 540)
        return (minutes * 60).astype("timedelta64[s]")

    def _past(self, moments: Moments, hours: int) -> Moments:
        return np.minimum(moments, self.now - hours * HOUR)


def texts(moments: Moments) -> list[str]:
    """Return moments as a database reads them."""
    found: list[str] = np.datetime_as_string(moments, unit="s", timezone="UTC").tolist()
    return found
