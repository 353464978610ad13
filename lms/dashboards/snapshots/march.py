"""What a snapshot says of the march besides: people trained by month and year, and what programmes have covered.

A year is a row and its months are columns of a table cut in parcels, as universities and programmes are: months with
few people are told together, and none moves before eleven people do.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from lms.cohorts.api import academic_year, year_bounds

from ..disclosure import ACROSS, Count, Key, Told, advance, lines, parcels
from ..models import Rollup
from ..rollups.cells import TOTAL, Measure
from ..rollups.places import ALL_YEARS, Kind
from ..selectors import barometer
from ..tables import Mask
from ..taught.selectors import taught_by_programme

MARCH = ("years", "months", "unsaid", "covered", "attempts")
BY_MONTH = {
    "trained_measured_by_month": Measure.TRAINED_MEASURED,
    "trained_declared_by_month": Measure.TRAINED_DECLARED,
}
DEDUCED = Mask.DEDUCED.value
LEAST = 50  # people: a mean of hours over fewer would move with one of them
STEP = 2  # halves of an hour


def by_month(before: Mapping[str, Sequence[Told]], day: date) -> dict[str, list[Told]]:
    """Return the parcels of months to publish after those of `before`."""
    return {
        name: advance(before.get(name, []), parcels(_months(measure), k=ACROSS), k=ACROSS, day=day)
        for name, measure in BY_MONTH.items()
    }


def page(told: Mapping[str, Sequence[Told]], now: datetime) -> dict[str, Any]:
    """Return what the country's page gets besides, by the names of MARCH.

    {"years": {year: {measure: people}}, "months": the same by first day, "unsaid": {year: {measure: why, when it is by
    deduction}}, "covered": by programme, "attempts": finished}
    """
    years: dict[str, dict[str, int]] = {}
    months: dict[str, dict[str, int]] = {}
    unsaid: dict[str, dict[str, str]] = {}
    for name, measure in BY_MONTH.items():
        said = lines(told[name])
        for first, line in said.rows.items():
            own = years.setdefault(f"{first}-{first + 1}", {})
            if line.count is not None:
                own[measure.value] = line.count.part
            elif not line.is_small:
                unsaid.setdefault(f"{first}-{first + 1}", {})[measure.value] = DEDUCED
        for (first, month), line in said.cells.items():
            if line.count is not None:
                months.setdefault(_first_day(first, month).isoformat(), {})[measure.value] = line.count.part
    attempts = barometer(now)["attempts"]
    return {"years": years, "months": months, "unsaid": unsaid, "covered": _covered(), "attempts": attempts}


def _months(measure: Measure) -> dict[Key, Count]:
    """Return {(first year of an academic year, month): people}; the month is that of the Monday of each week."""
    rows = Rollup.objects.filter(kind=Kind.NATIONAL, academic_year=ALL_YEARS, measure=measure.value)
    found: dict[Key, Count] = {}
    for monday, value in rows.exclude(week_date=TOTAL).order_by().values_list("week_date", "value"):
        key = (year_bounds(academic_year(monday))[0].year, monday.month)
        found[key] = found.get(key, Count()) + Count(value, value)
    return found


def _first_day(first: int, month: int) -> date:
    start = year_bounds(f"{first}-{first + 1}")[0]
    return date(first if month >= start.month else first + 1, month, 1)


def _covered() -> dict[int, dict[str, float]]:
    """Return {programme id: mean hours to the half, and how many competencies some class was about}."""
    rows = Rollup.objects.filter(
        kind=Kind.NATIONAL_PROGRAMME,
        academic_year=ALL_YEARS,
        week_date=TOTAL,
        code="",
        measure__in=[Measure.ENROLLED, Measure.MINUTES, Measure.TAUGHT_MINUTES],
    )
    sums: dict[int, dict[str, int]] = {}
    for programme_id, measure, value in rows.order_by().values_list("programme_id", "measure", "value"):
        sums.setdefault(programme_id, {})[measure] = value
    taught = taught_by_programme()
    return {
        pk: {
            "online": _hours(own.get(Measure.MINUTES, 0), own[Measure.ENROLLED]),
            "class": _hours(own.get(Measure.TAUGHT_MINUTES, 0), own[Measure.ENROLLED]),
            "competencies": len(taught.get(pk, ())),
        }
        for pk, own in sums.items()
        if own.get(Measure.ENROLLED, 0) >= LEAST
    }


def _hours(minutes: int, people: int) -> float:
    return round(STEP * minutes / 60 / people) / STEP
