"""What to teach next: competencies by the gap their cohort shares. Pure: no database, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """Where a cohort stands on a competency: how many are at each level, the lowest first; `weight` is its domain's."""

    code: str
    counts: Sequence[int]
    weight: float = 1.0

    @property
    def measured(self) -> int:
        """How many were measured."""
        return sum(self.counts)


@dataclass(frozen=True)
class Gap:
    """A competency to teach: `below` of its `measured` students are under the target."""

    code: str
    below: int
    measured: int
    weight: float

    @property
    def share(self) -> float:
        """The share under the target, 0 to 1."""
        return self.below / self.measured

    @property
    def rank(self) -> float:
        """What it is ordered by."""
        return self.share * self.weight


def gaps(standings: Iterable[Standing], *, target: int) -> list[Gap]:
    """Return the competencies some of whose students are below the level numbered `target`, the widest gap first.

    The gap is the share below the target times the weight of the domain; equal ones go in the order of the framework,
    so that the same figures always give the same advice. Nobody measured: nothing to say.
    """
    found = [Gap(one.code, sum(one.counts[:target]), one.measured, one.weight) for one in standings if one.measured]
    return sorted((gap for gap in found if gap.below), key=lambda gap: -gap.rank)


def weights(hours: Sequence[float]) -> list[float]:
    """Return what each domain weighs: its hours of the programme, around 1; all the same when none is known."""
    total = sum(hours)
    return [len(hours) * one / total for one in hours] if total else [1.0] * len(hours)
