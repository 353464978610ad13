"""Where the present pace leads, and how sure that is. Pure: months and a day in, dates out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, variance

MONTHS = 12  # a whole year, when there is one: months of teaching and months of holidays count alike
LEAST_MONTHS = 6
LEAST_PEOPLE = 30
DAYS = 365.2425 / 12
FARTHEST = 100 * 12  # months; beyond, a date would mean nothing
# Student's t, 97.5 %, by degrees of freedom (months less one).
STUDENT = {5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228, 11: 2.201}


@dataclass(frozen=True)
class Projection:
    """`pace` people a month, between `low` and `high` (95 %), over `months`; the days when the target would be reached.

    `earliest` follows from `high`, `latest` from `low`; None: not within a hundred years at that pace.
    """

    pace: float
    low: float
    high: float
    months: int
    reached: date | None
    earliest: date | None
    latest: date | None


def project(counts: Mapping[date, int], *, done: int, target: int, today: date) -> Projection | None:
    """Return where `counts` ({first day of a month: people}) lead from `done` to `target`; None when it is too early.

    The pace is the mean of the last twelve whole months, or of those there are, six at least, since the first that has
    anybody. Its interval is Student's around that mean, its variance that between the months and at least Poisson's
    (quasi-likelihood: McCullagh and Nelder, Generalized Linear Models, 2nd ed. 1989, § 6.2). Nothing else is supposed:
    neither growth, nor a new law, nor a new university.
    """
    known = whole_months(counts, today)[-MONTHS:]
    if len(known) < LEAST_MONTHS or sum(known) < LEAST_PEOPLE:
        return None
    pace = fmean(known)
    half = STUDENT[len(known) - 1] * sqrt(max(variance(known), pace) / len(known))
    left, low, high = max(target - done, 0), max(pace - half, 0.0), pace + half
    return Projection(
        pace,
        low,
        high,
        len(known),
        _reached(left, pace, today),
        _reached(left, high, today),
        _reached(left, low, today),
    )


def whole_months(counts: Mapping[date, int], today: date) -> list[int]:
    """Return the counts of each whole month since the first that has anybody, months with nobody included."""
    counted = [month for month, count in counts.items() if count]
    if not counted:
        return []
    found, month = [], min(counted)
    while month < today.replace(day=1):
        found.append(counts.get(month, 0))
        month = next_month(month)
    return found


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def months_from(first: date, count: int) -> list[date]:
    """Return the first days of `count` months, from `first`."""
    found = [first]
    while len(found) < count:
        found.append(next_month(found[-1]))
    return found


def _reached(left: int, pace: float, today: date) -> date | None:
    if left == 0:
        return today
    months = left / pace if pace > 0 else float("inf")
    return today + timedelta(days=round(months * DAYS)) if months <= FARTHEST else None
