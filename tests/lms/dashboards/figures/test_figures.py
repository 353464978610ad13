"""Figures as pages read them: one statement each, the same whatever was answered."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lms.dashboards import figures
from lms.dashboards.figures import Figures, Scope, Week
from lms.dashboards.rollups import folding
from tests.lms.cohorts.country import Country, member
from tests.lms.dashboards.rollups import doing
from tests.lms.dashboards.rollups.conftest import country as country  # a fixture


@pytest.mark.parametrize("people", [1, 12])
def test_a_reading_is_one_statement(country: Country, now: datetime, people: int) -> None:
    for number in range(people):
        user = member(f"student{number}")
        doing.claim(country.student("ambre", f"A-{number}"), user, now)
        doing.measure(user, 400 + 10 * number, now)
    doing.settle(now)
    folding.fold_all()
    house = country.houses["ambre"].pk
    readings = (
        lambda: figures.of(Scope.national()),
        lambda: figures.of(Scope.university(house), "2026-2027"),
        lambda: figures.by_cohort(house),
        lambda: figures.by_programme(Scope.university(house)),
        lambda: figures.by_university(),
    )
    for read in readings:
        with CaptureQueriesContext(connection) as found:
            read()
        assert len(found) == 1


def test_places_inside_a_place(country: Country, now: datetime) -> None:
    user, house = member("lina"), country.houses["ambre"]
    doing.claim(country.students["institut"], user, now)
    doing.measure(user, 600, now)
    doing.settle(now)
    programme = country.programme.pk
    assert figures.by_programme(Scope.university(house.pk))[programme].measured == 1
    assert figures.by_programme(Scope.institution(house.pk))[programme].measured == 0
    assert figures.by_programme(Scope.national())[programme].enrolled == 3
    assert figures.of(Scope.university(house.pk, programme=programme)).measured == 1
    assert figures.of(Scope.national(programme=programme)).measured == 1
    assert {key: one.enrolled for key, one in figures.by_university().items()} == {
        house.pk: 2,
        country.houses["brume"].pk: 1,
    }
    both = [house.pk, country.houses["institut"].pk]
    assert set(figures.by_cohort(both)) == {country.cohorts["ambre"].pk, country.cohorts["institut"].pk}
    assert figures.by_cohort(both, "2025-2026") == {}
    assert figures.by_cohort([]) == {}


def test_a_cohort_has_no_programmes() -> None:
    with pytest.raises(ValueError, match="COHORT"):
        figures.by_programme(Scope.cohort(1))


def test_means_and_their_errors() -> None:
    found = Figures(
        measured=4,
        levels={"overall": {"novice": 1, "independent": 3}},
        score_sums={"overall": 2000},
        score_square_sums={"overall": 300**2 + 500**2 + 500**2 + 700**2},
        variance_sums={"overall": 4 * 60**2},
    )
    assert found.mean_score() == 500
    assert found.deviation() == pytest.approx(163.3, abs=0.1)
    assert found.mean_error() == 30
    assert (Figures().mean_score(), Figures().deviation(), Figures().mean_error()) == (None, None, None)


def test_an_academic_year_is_the_same_everywhere() -> None:
    """It begins on 1 August (lms.cohorts.years), for figures as for cohorts."""
    weeks = [
        Week(date(2026, 7, 27), trained_measured=3),
        Week(date(2026, 8, 3), trained_measured=2, trained_declared=1),
        Week(date(2027, 1, 4), certified=4),
    ]
    assert Figures(weeks=weeks).trained_by_year() == {"2025-2026": (3, 0, 0), "2026-2027": (2, 1, 4)}
