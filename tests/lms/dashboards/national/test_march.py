"""What is published by month and year: small months together, and nothing moves before eleven people do."""

from datetime import date, timedelta
from typing import Any

import pytest

from lms.dashboards.figures import Scope
from lms.dashboards.national.march import March, share_words
from lms.dashboards.national.sheets import years_table
from lms.dashboards.rollups.cells import monday
from lms.dashboards.snapshots import latest
from lms.dashboards.targets import NATIONAL

from .country import Country

MARCH, APRIL, MAY, JUNE = (date(2026, month, 15) for month in (3, 4, 5, 6))
SOME = ((MARCH, 40), (APRIL, 3), (MAY, 30), (JUNE, 32))  # April is hidden by the two smallest others


def trained(country: Country, day: date, count: int) -> None:
    country.count(country.houses[0], monday(day), trained_measured=count)
    country.count(country.houses[0], enrolled=count, trained_measured=count)


def published(country: Country, days: int = 0) -> dict[str, Any]:
    country.publish(days)
    found = latest(Scope.national())
    assert found is not None
    return dict(found.march)


def test_a_month_of_a_few_is_told_with_others(country: Country) -> None:
    for day, count in SOME:
        trained(country, day, count)
    said = published(country)
    assert said["months"] == {"2026-03-01": {"trained_measured": 40}}
    assert said["years"]["2025-2026"] == {"trained_measured": 105}


def test_a_year_says_why_it_is_not_told_in_the_words_of_the_other_tables(country: Country) -> None:
    for day, count in (
        (date(2023, 10, 15), 3),
        (date(2024, 10, 15), 40),
        (date(2026, 3, 15), 60),
        (date(2026, 10, 15), 80),
    ):
        trained(country, day, count)
    said = published(country)
    assert said["unsaid"] == {year: {"trained_measured": "deduced"} for year in ("2024-2025", "2025-2026")}
    march = March(latest(Scope.national()), NATIONAL, country.now.date())
    rows = [[str(getattr(cell, "label", cell)) for cell in row] for row in years_table(march, country.now)]
    assert [row[:3] for row in rows] == [
        ["2023-2024", "aucun, ou trop peu", "aucun, ou trop peu"],
        ["2024-2025", "masqué aussi", "aucun, ou trop peu"],
        ["2025-2026", "masqué aussi", "aucun, ou trop peu"],
        ["2026-2027", "80", "aucun, ou trop peu"],
    ]


@pytest.mark.parametrize(
    ("done", "words"),
    [
        (0, "0,00"),
        (20, "moins de 0,01"),
        (21, "0,01"),
        (2099, "0,99"),
        (2100, "1,0"),
        (209_999, "99,9"),
        (210_000, "100,0"),
    ],
)
def test_the_share_of_the_target_is_never_nothing_of_something_nor_more_than_it_is(done: int, words: str) -> None:
    assert share_words(done, 210_000) == f"{words}\u00a0% de l’objectif"


def test_a_month_moves_by_eleven_or_not_at_all(country: Country) -> None:
    trained(country, MARCH, 40)
    published(country)
    trained(country, MARCH, 10)
    assert published(country, 1)["months"]["2026-03-01"] == {"trained_measured": 40}
    trained(country, MARCH, 1)
    assert published(country, 2)["months"]["2026-03-01"] == {"trained_measured": 51}


def test_months_told_together_are_shared_out_for_the_pace(country: Country) -> None:
    for day, count in SOME:
        trained(country, day, count)
    country.publish()
    march = March(latest(Scope.national()), NATIONAL, country.now.date())
    assert march.months[date(2026, 3, 1)] == 40
    assert sum(march.months.values()) <= 105
    assert march.months[date(2026, 4, 1)] == march.months[date(2026, 5, 1)]


def test_a_year_of_a_few_says_nothing(country: Country) -> None:
    trained(country, MARCH, 5)
    assert published(country)["years"] in ({}, {"2025-2026": {}})


def test_the_week_belongs_to_the_month_of_its_monday(country: Country) -> None:
    trained(country, date(2026, 4, 1), 40)  # a Wednesday, whose Monday is 30 March
    assert monday(date(2026, 4, 1)) == date(2026, 3, 30)
    assert list(published(country)["months"]) == ["2026-03-01"]
    assert country.now.date() - timedelta(days=30) > date(2026, 4, 1)
