"""The country beside a cohort: published, moving by eleven people, never one university’s."""

from datetime import date, datetime, timedelta

import pytest

from lms.dashboards import snapshots
from lms.dashboards.models import Rollup
from lms.dashboards.rollups.cells import TOTAL, monday
from lms.dashboards.rollups.places import Kind

pytestmark = pytest.mark.django_db
YEAR = "2026-2027"


def count(sizes: dict[int, int], now: datetime, *, at_target: int = 20) -> None:
    """Write the roll-ups of universities of these sizes, everybody measured at 500 points."""
    Rollup.objects.all().delete()
    for (kind, place), size in {(Kind.NATIONAL, 0): sum(sizes.values())}.items() | {
        ((Kind.UNIVERSITY, row), size) for row, size in sizes.items()
    }:
        for measure, code, week, value in (
            ("enrolled", "", TOTAL, size + 30),
            ("measured", "", TOTAL, size),
            ("at_target", "", TOTAL, at_target),
            ("level", "overall/independent", TOTAL, size),
            ("score_sum", "overall", TOTAL, 500 * size),
            ("measured", "", monday(now), size),
            ("score_sum", "overall", monday(now), 500 * size),
        ):
            _write(kind, place, measure, code, week, value)


def _write(kind: Kind, place: int, measure: str, code: str, week: date, value: int) -> None:
    facts = {"kind": kind, "scope_id": place, "academic_year": YEAR, "measure": measure, "code": code}
    Rollup.objects.create(**facts, week_date=week, value=value)


def test_the_country_moves_by_eleven(now: datetime) -> None:
    for late, (size, said) in enumerate(((40, 80), (41, 80), (50, 80), (51, 91))):
        count({1: size, 2: 40}, now)
        snapshots.take(now=now + timedelta(days=late))
        found = snapshots.country(YEAR)
        assert (found.measured, found.mean_score(), found.at_target, found.ready) == (said, 500, 20, 0)
        assert sum(week.measured for week in found.weeks) == said
        assert all(week.measured >= 11 for week in found.weeks)


def test_a_result_of_few_is_not_said(now: datetime) -> None:
    count({1: 40, 2: 40}, now, at_target=3)
    snapshots.take(now=now)
    assert snapshots.country(YEAR).at_target == 0


def test_one_university_is_not_the_country(now: datetime) -> None:
    count({1: 200, 2: 10}, now)
    snapshots.take(now=now)
    assert snapshots.country(YEAR).measured == 0
    assert snapshots.country("2020-2021").measured == 0
