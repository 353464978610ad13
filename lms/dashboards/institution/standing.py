"""Where a group of people is, from its figures: shares, hours, those to help. Pure.

What depends on scores is of those who share alone: of everybody, two looks around one new measure would tell the score
of somebody who does not.
"""

from dataclasses import dataclass

from ..cohort.standing import Share
from ..figures import Figures


@dataclass(frozen=True)
class Line:
    """One group: a programme, a cohort, an institute, the whole. `hours` is what its programme asks for."""

    key: str
    label: str
    figures: Figures
    hours: float
    url: str = ""

    @property
    def measured(self) -> Share:
        """The share of those enrolled who were measured."""
        return _share(self.figures.measured, self.figures.enrolled)

    @property
    def target(self) -> Share:
        """The share at the target level of those measured who share."""
        return _share(self.figures.shared_at_target, self.figures.shared_measured)

    @property
    def ready(self) -> Share:
        """The share, of those measured who share, who would probably pass now."""
        return _share(self.figures.shared_ready, self.figures.shared_measured)

    @property
    def online_hours(self) -> float:
        """The mean hours spent online by somebody enrolled."""
        return _hours(self.figures.minutes, self.figures.enrolled)

    @property
    def class_hours(self) -> float:
        """The mean hours of class given to somebody enrolled."""
        return _hours(self.figures.taught_minutes, self.figures.enrolled)

    @property
    def covered_hours(self) -> float:
        """The mean hours covered, online and in class."""
        return self.online_hours + self.class_hours

    @property
    def covered(self) -> float | None:
        """The share of the programme's hours that is covered, at most 1; None when it has no hours."""
        return min(self.covered_hours / self.hours, 1.0) if self.hours else None

    @property
    def to_claim(self) -> int:
        """How many have not taken their place yet."""
        return max(self.figures.enrolled - self.figures.claimed, 0)

    @property
    def to_begin(self) -> int:
        """How many took their place and have not begun."""
        return max(self.figures.claimed - self.figures.begun, 0)


def _share(part: int, whole: int) -> Share:
    return Share(min(part, whole), whole)


def _hours(minutes: int, people: int) -> float:
    return minutes / 60 / people if people else 0.0


def mean_hours(groups: list[tuple[int, float]]) -> float:
    """Return the hours asked for on average, from (people, hours of their programme)."""
    people = sum(count for count, _hours in groups)
    if people:
        return sum(count * hours for count, hours in groups) / people
    return max((hours for _count, hours in groups), default=0.0)
