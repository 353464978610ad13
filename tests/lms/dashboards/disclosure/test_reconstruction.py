"""Putting together all that is told, of every group and every day, tells nothing of fewer than k people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import combinations, pairwise
from random import Random
from unittest import mock

import pytest

from lms.dashboards.disclosure import ACROSS, Count, Key, Told, advance, lines, parcels, steps, suppressing

from .attacker import Attacker, facts_of
from .seed import FIRST, days, results, students

pytestmark = pytest.mark.once
INSIDE = 5  # what a page inside one university would ask, were there one for whoever may not read names
SEEDS = range(6)
DAYS = 60


def published(people: list, k: int) -> tuple[dict[Key, Count], list[Told]]:
    found = results(people)
    return found, advance([], parcels(found, k=k, is_strict=True), k=k, day=FIRST)


def small_groups(counts: dict[Key, Count], k: int) -> Iterator[tuple[Key, ...]]:
    """Yield the cells, and the pairs of cells, that have fewer than k people."""
    for size in (1, 2):
        for group in combinations(sorted(counts), size):
            if 0 < sum(counts[key].whole for key in group) < k:
                yield group


def learnt(seed: int, k: int) -> list[tuple[Key, ...]]:
    """Return the groups under k of whom somebody learns anything: not all of “none” to “all” remains possible."""
    counts, told = published(students(Random(seed)), k)
    attacker = Attacker({FIRST: {key: one.whole for key, one in counts.items()}}, facts_of(told))
    found = []
    for group in small_groups(counts, k):
        low, high = attacker.range_of({(FIRST, key): 1.0 for key in group})
        if low > 1e-6 or high < sum(counts[key].whole for key in group) - 1e-6:
            found.append(group)
    return found


@contextmanager
def without_complement() -> Iterator[None]:
    with mock.patch.object(suppressing, "hides", return_value=True):
        yield


@pytest.mark.parametrize("k", [INSIDE, ACROSS])
@pytest.mark.parametrize("seed", SEEDS)
def test_of_a_group_under_k_anything_remains_possible(seed: int, k: int) -> None:
    counts, told = published(students(Random(seed)), k)
    assert told and any(small_groups(counts, k))
    assert learnt(seed, k) == []


def test_without_complement_small_groups_are_found() -> None:
    with without_complement():
        assert any(learnt(seed, ACROSS) for seed in SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_line_is_a_sum_of_whole_parcels(seed: int) -> None:
    _counts, told = published(students(Random(seed)), ACROSS)
    said = lines(told)
    sizes = [one.parcel.count for one in told]
    assert said.whole.count == Count.total(sizes)
    assert Count.total(line.count for line in (*said.columns.values(), said.grouped) if line.count) == said.whole.count
    possible = {Count.total(some) for size in range(len(sizes) + 1) for some in combinations(sizes, size)}
    shown = [*said.rows.values(), *said.columns.values(), *said.cells.values(), said.whole, said.grouped]
    assert all(line.count in possible for line in shown if line.count)
    assert any(not line.is_small and line.count is None for seed in SEEDS for line in _all_lines(seed))


def _all_lines(seed: int) -> list:
    said = lines(published(students(Random(seed)), ACROSS)[1])
    return [*said.rows.values(), *said.cells.values()]


def followed(seed: int, k: int) -> tuple[dict[date, dict[Key, int]], set[Told], list[date]]:
    """Return how many people there were, all that was told, and the days when something was told anew."""
    people, told, every, news = {}, [], set[Told](), []
    for day, known in days(Random(seed), DAYS):
        counts = results(known)
        people[day] = {key: one.whole for key, one in counts.items()}
        told = steps.advance(told, parcels(counts, k=k, is_strict=True), k=k, day=day)
        news += [day] if set(told) - every else []
        every |= set(told)
    return people, every, news


def changes_learnt(seed: int, k: int) -> Iterator[tuple[date, Key]]:
    """Yield the cells of which somebody knows for sure by how much they changed, on a day when something was told."""
    people, told, news = followed(seed, k)
    assert len(news) > 1
    attacker = Attacker(people, facts_of(told), moves=1)
    for before, after in pairwise(sorted(people)):
        if after in news:
            for key in attacker.cells:
                low, high = attacker.range_of({(after, key): 1.0, (before, key): -1.0})
                if high - low < 1e-6 and max(people[before].get(key, 0), people[after].get(key, 0)):
                    yield after, key


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_nobody_learns_what_a_single_student_did(seed: int) -> None:
    assert list(changes_learnt(seed, INSIDE)) == []


def test_told_each_day_a_single_student_is_found() -> None:
    with mock.patch.object(steps, "is_change_safe", return_value=True):
        assert next(changes_learnt(0, INSIDE), None)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_figure_moves_by_k_people_or_stays_with_its_date(seed: int) -> None:
    told: list[Told] = []
    moved = 0
    for day, known in days(Random(seed), 200):
        after = advance(told, parcels(results(known), k=INSIDE, is_strict=True), k=INSIDE, day=day)
        before = {one.parcel.members: one for one in told}
        for one in after:
            if (old := before.get(one.parcel.members)) and old != one:
                change = one.parcel.count - old.parcel.count
                assert {abs(change.part), abs(change.others)} <= {0, *range(INSIDE, 300)}
                assert one.day == day > old.day
                moved += 1
        told = after
    assert moved
