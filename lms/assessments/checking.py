"""What a check shows: its points, and its competencies before and after, drawn and in a table."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from question_bank.adaptive import Report
from themes import pictures as draw

from . import contributions, delivery, profile, selectors, standing
from .models import Attempt
from .profile import Line
from .types import Origin


@dataclass(frozen=True)
class Change:
    """A competency after the check, and its score before (None when nothing was known of the person)."""

    after: Line
    before: int | None

    @property
    def difference(self) -> int:
        """Return how many points it moved."""
        return self.after.score - (self.after.score if self.before is None else self.before)


@dataclass(frozen=True)
class CheckResult:
    """Everything the page of a finished check says; `origin` is the module it was part of, if it is still there."""

    points: int
    top: int
    changes: list[Change]
    levels: list[dict[str, Any]]
    origin: Origin | None
    is_provisional: bool
    whole: profile.Profile

    @property
    def percentage(self) -> int:
        """Return the share of the points that was reached, rounded down: 59.9 is not 60."""
        return 100 * self.points // self.top if self.top else 0

    @property
    def has_passed(self) -> bool:
        """Say whether the module's mark was reached."""
        return self.origin is not None and self.percentage >= self.origin.mark

    @property
    def is_new(self) -> bool:
        """Say whether nothing was known before: then there is no before to show."""
        return all(change.before is None for change in self.changes)


def result(attempt: Attempt) -> CheckResult:
    """Return what a finished check says, in the active language. Raises AttemptNotFinished."""
    whole, scores = profile.profile(attempt), selectors.scores(attempt)
    points, top = standing.points(attempt, scores)
    return CheckResult(
        points=points,
        top=top,
        changes=_changes(attempt, whole),
        levels=whole.levels,
        origin=contributions.origin(attempt, get_language() or "fr"),
        is_provisional=whole.is_provisional,
        whole=whole,
    )


def pictures(found: CheckResult) -> list[dict[str, Any]]:
    """Return, for each of its competencies, its title and its stratum (wide and for a phone).

    A diamond is where it was before. One picture each: the titles of competencies are too long to be drawn.
    """
    limits = [{"at": level["low"], "label": level["title"]} for level in found.levels]
    return [_picture(change, limits) for change in found.changes]


def _picture(change: Change, limits: list[dict[str, Any]]) -> dict[str, Any]:
    rows, before = [_row(change.after)], None if change.before is None else [change.before]
    drawn = {
        name: draw_one(rows, limits=limits, previous=before, title=change.after.title)
        for name, draw_one in (("strata", draw.strata), ("strata_phone", draw.strata_phone))
    }
    return {"title": change.after.title, **drawn}


def _changes(attempt: Attempt, whole: profile.Profile) -> list[Change]:
    before = _before(attempt)
    lines = [line for line in whole.competencies if line.code in (attempt.focus or ())]
    return [Change(line, before.get(line.code)) for line in lines]


def _before(attempt: Attempt) -> dict[str, int]:
    """Return the scores from which it started: widening leaves them as they were."""
    if not attempt.prior:
        return {}
    report: Report = delivery.measure(attempt, [])
    codes = [competency.code for competency in delivery.setting(attempt).framework.competencies]
    return {code: measure.score for code, measure in zip(codes, report.competencies, strict=True)}


def _row(line: Line) -> dict[str, Any]:
    return {
        "label": line.level,
        "value_label": str(line.score),
        "low": line.low,
        "estimate": line.score,
        "high": line.high,
        "hue": line.domain_number,
    }
