"""What dashboards keep: where each person stands (summary), counts of it (counts), what is published (snapshot)."""

from .counts import ErasedContribution, Rollup, RollupDelta
from .declaration import Declaration
from .snapshot import AggregateSnapshot
from .summary import CompletedJourney, LearnerSummary
from .taught import TaughtCompetency, TaughtHours

__all__ = [
    "AggregateSnapshot",
    "CompletedJourney",
    "Declaration",
    "ErasedContribution",
    "LearnerSummary",
    "Rollup",
    "RollupDelta",
    "TaughtCompetency",
    "TaughtHours",
]
