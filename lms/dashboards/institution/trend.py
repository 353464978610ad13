"""Weeks, one after another: which share of a group had done something by the end of each. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from ..figures import Figures


def running_shares(ours: Figures, country: Figures, *, last: int, before: date | None = None) -> list[dict[str, Any]]:
    """Return the last weeks until the latest known: {monday, measured, trained, national}, shares of those enrolled.

    Counts and dates alone: a score by week would tell on the one person measured that week. No week: an empty list.
    `before`: the day after which nothing is told (a year that ended). Those declared trained are not among them: they
    are shown apart, always.
    """
    weeks = (*ours.weeks, *country.weeks)
    known = [one.monday for one in weeks if one.measured or one.trained_measured]
    known = [monday for monday in known if before is None or monday < before]
    if not known:
        return []
    mondays = [max(known) - timedelta(weeks=back) for back in reversed(range(last))]
    mine = running(((week.monday, week.measured) for week in ours.weeks), mondays)
    trained = running(((week.monday, week.trained_measured) for week in ours.weeks), mondays)
    theirs = running(((week.monday, week.measured) for week in country.weeks), mondays)
    return [
        {
            "monday": monday,
            "measured": share(mine[place], ours.enrolled),
            "trained": share(trained[place], ours.enrolled),
            "national": share(theirs[place], country.enrolled),
        }
        for place, monday in enumerate(mondays)
    ]


def running(counts: Iterable[tuple[date, int]], mondays: list[date]) -> list[int]:
    """Return how many there were by the end of each week, those of earlier weeks included."""
    known = list(counts)
    return [sum(count for monday, count in known if monday <= until) for until in mondays]


def share(part: int, whole: int) -> float | None:
    """Return a share of a group, at most 1; None of nobody."""
    return min(part / whole, 1.0) if whole else None
