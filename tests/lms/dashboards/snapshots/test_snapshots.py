"""Snapshots: once a day, protected, moving by parcels; all their filters together give nobody away."""

import json
from datetime import datetime, timedelta
from random import Random

import pytest

from kernel import jobs, retention
from kernel.models import Job
from lms.dashboards import snapshots
from lms.dashboards.disclosure import ACROSS
from lms.dashboards.figures import Scope
from lms.dashboards.models import AggregateSnapshot, Rollup
from lms.dashboards.rollups.cells import TOTAL
from lms.dashboards.rollups.places import ALL_YEARS, Kind
from lms.dashboards.snapshots.tasks import TAKE, ask, purge_snapshots
from lms.dashboards.tables import Mask
from tests.lms.dashboards.disclosure import seed
from tests.lms.dashboards.disclosure.attacker import Attacker, Fact

pytestmark = pytest.mark.django_db


def count(people: list[seed.One], *, twice: int = 0) -> None:
    """Write the roll-ups of these people; `twice` of them have a place in two universities: once in the country."""
    values: dict[tuple[int, int, int], dict[str, int]] = {}
    for one in people:
        row, column = one.place
        for key in ((3, row, column), (4, row, 0), (6, 0, 0)):
            found = values.setdefault(key, {})
            for name, has in (("enrolled", True), ("measured", one.is_measured), ("at_target", one.is_at_target)):
                found[name] = found.get(name, 0) + has
    values[6, 0, 0]["enrolled"] -= twice
    Rollup.objects.all().delete()
    Rollup.objects.bulk_create(
        Rollup(
            kind=Kind(kind), scope_id=place, programme_id=programme, academic_year=ALL_YEARS, measure=name,
            week_date=TOTAL, value=value,
        )
        for (kind, place, programme), found in values.items()
        for name, value in found.items()
    )  # fmt: skip


def test_once_a_day(now: datetime) -> None:
    count(seed.students(Random(1)))
    assert snapshots.take(now=now) > 2
    before = list(AggregateSnapshot.objects.values_list("pk", "figures"))
    assert snapshots.take(now=now) == 0
    assert list(AggregateSnapshot.objects.values_list("pk", "figures")) == before
    country = snapshots.latest(Scope.national())
    assert country is not None and country.whole.cell("enrolled") == seed.STUDENTS
    assert country.taken_at == now


def test_small_groups_are_masked_and_others_with_them(now: datetime) -> None:
    sizes = {1: 100, 2: 60, 3: 20, 4: 4}
    count([seed.One((row, 1), True, number % 2 == 0) for row, size in sizes.items() for number in range(size)])
    snapshots.take(now=now)
    country = snapshots.latest(Scope.national())
    assert country is not None
    assert country.whole.cell("enrolled") == 184
    said = {row: country.university(row).cell("enrolled") for row in (1, 2, 3, 4, 5)}
    # The fourth is small; the third alone would hide it, but knows itself: the second hides both from each.
    assert said == {1: 100, 2: Mask.DEDUCED, 3: Mask.DEDUCED, 4: Mask.SMALL, 5: Mask.SMALL}
    assert country.university(1).interval("at_target") == (0.4, 0.6)
    assert snapshots.latest(Scope.university(4)).whole.cell("measured") is Mask.SMALL  # type: ignore[union-attr]


def test_nobody_and_everybody(now: datetime) -> None:
    count([seed.One((row, 1), row == 1, row == 1) for row in (1, 2, 3) for _ in range(20)])
    snapshots.take(now=now)
    country = snapshots.latest(Scope.national())
    assert country is not None
    assert country.university(2).cell("measured") == 0  # nobody of twenty: no group under k
    assert country.university(1).cell("measured") == 20
    assert country.whole.cell("at_target") is Mask.SMALL  # all those measured: it would tell on each


def test_who_counts_twice_does_not_betray_anybody(now: datetime) -> None:
    count(seed.students(Random(2)), twice=2)
    snapshots.take(now=now)
    country = snapshots.latest(Scope.national())
    assert country is not None and country.whole.cell("enrolled") == 298
    said = [country.university(row).value("enrolled") for row in seed.SIZES]
    assert None in said
    assert said.count(None) >= 2


def test_too_few_changes_leave_the_older_figure_with_its_date(now: datetime) -> None:
    people = [seed.One((row, 1), True, number % 2 == 0) for row in (1, 2, 3) for number in range(60)]
    count(people)
    snapshots.take(now=now)
    day = snapshots.latest(Scope.national()).day  # type: ignore[union-attr]
    for late, new in ((1, 1), (2, 10), (3, 11)):
        count(people + [seed.One((1, 1), True, True)] * new)
        snapshots.take(now=now + timedelta(days=late))
        found = snapshots.latest(Scope.national())
        assert found is not None and found.day == day + timedelta(days=late)
        one = found.university(1)
        expected = (60, day) if new < ACROSS else (71, day + timedelta(days=3))
        assert (one.cell("enrolled"), one.day("enrolled")) == expected
        assert found.whole.cell("enrolled") == 120 + expected[0]
        assert found.whole.day("enrolled") == day  # the others are of that day still
    assert len(snapshots.history(Scope.national(), since=day)) == 4


@pytest.mark.parametrize("luck", range(3))
def test_all_that_is_read_together_gives_nobody_away(now: datetime, luck: int) -> None:
    """Every page that those without names may ask for, as equations and inequalities (shares are rounded)."""
    people = seed.students(Random(luck))
    count(people)
    snapshots.take(now=now)
    counts = seed.results(people)
    wholes = {key: one.whole for key, one in counts.items()}
    facts = list(_facts(wholes, now))
    assert len(facts) >= 6
    attacker = Attacker({now.date(): wholes}, facts)
    for key, people_there in wholes.items():
        if people_there < ACROSS:
            assert attacker.range_of({(now.date(), key): 1.0}) == pytest.approx((0, people_there), abs=1e-6)


def _facts(wholes: dict[tuple[int, int], int], now: datetime) -> list[Fact]:
    """Return what the shares at the target level say of who is there, the number of people of each cell being known."""
    country = snapshots.latest(Scope.national())
    assert country is not None
    inside = {row: snapshots.latest(Scope.university(row)) for row in seed.SIZES}
    told = {
        (row, column)
        for row, found in inside.items()
        for column in seed.PROGRAMMES
        if found and found.programme(column).value("at_target") is not None
    }
    groups = [(country.whole, set(wholes))]
    groups += [(country.university(row), {key for key in wholes if key[0] == row}) for row in seed.SIZES]
    groups += [(country.programme(column), {key for key in told if key[1] == column}) for column in seed.PROGRAMMES]
    groups += [(inside[row].programme(column), {(row, column)}) for row, column in told]  # type: ignore[union-attr]
    return [_fact(said.value("at_target"), members, wholes, now) for said, members in groups if said.value("at_target")]


def _fact(share: float | None, members: set, wholes: dict[tuple[int, int], int], now: datetime) -> Fact:
    assert share is not None
    people = sum(wholes[key] for key in members)
    return [(now.date(), key) for key in members], (share - 0.005) * people, (share + 0.005) * people


def test_pages_are_not_told_counts_of_results(now: datetime) -> None:
    count(seed.students(Random(3)))
    snapshots.take(now=now)
    for row in AggregateSnapshot.objects.exclude(kind="parcels"):
        assert '"at_target": {"value"' not in json.dumps(row.figures)


def test_the_job_is_asked_for_until_there_is_one(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kernel.clock.now", lambda: now)
    assert ask(now=now)
    job = Job.objects.get(kind=TAKE)
    assert jobs.run(job.pk, now=now)
    assert Job.objects.get(pk=job.pk).state == "done"
    assert not ask(now=now)
    assert ask(now=now + timedelta(days=1))


def test_the_last_one_is_kept(now: datetime) -> None:
    assert retention.days("aggregate_snapshots") == 1826
    count(seed.students(Random(4)))
    for late in range(3):
        snapshots.take(now=now + timedelta(days=late))
    purge_snapshots(now + timedelta(days=100))
    assert set(AggregateSnapshot.objects.values_list("snapshot_date", flat=True)) == {
        snapshots.latest(Scope.national()).day  # type: ignore[union-attr]
    }


def test_before_any_and_of_other_places() -> None:
    assert snapshots.latest(Scope.national()) is None
    with pytest.raises(ValueError, match="COHORT"):
        snapshots.latest(Scope.cohort(1))


def test_one_query(now: datetime, django_assert_num_queries) -> None:
    count(seed.students(Random(5)))
    snapshots.take(now=now)
    with django_assert_num_queries(1):
        snapshots.latest(Scope.national())
