"""What the engine refuses."""

from __future__ import annotations


class PoolIsInconsistent(ValueError):
    """The item parameters do not describe a pool (lengths, ranges, order of thresholds)."""


class AbilityIsInvalid(ValueError):
    """A mean and a covariance that are not a Gaussian, or bytes that are not an ability."""


class ScoreOutOfRange(ValueError):
    """A score that the item cannot give."""


class BlueprintIsImpossible(ValueError):
    """Bounds that contradict each other."""
