"""When a card comes back: FSRS without chance, known intervals, the same twice."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.learning.review import spacing

START = datetime(2026, 10, 20, 13, 30, tzinfo=UTC)


def intervals(*ratings: int) -> list[int]:
    """Return after how many days a card comes back, each answered on the day it is due."""
    memory, now, found = spacing.unseen(START), START, []
    for rating in ratings:
        memory = spacing.after(memory, rating, now)
        found.append((memory["due_at"] - now).days)
        now = memory["due_at"]
    return found


def test_intervals_are_those_of_fsrs_6() -> None:
    """Missed, then remembered: pinned on py-fsrs 6.3 with its default weights and no step within a day."""
    assert intervals(spacing.AGAIN, spacing.GOOD, spacing.GOOD, spacing.GOOD) == [1, 2, 6, 17]
    assert intervals(spacing.GOOD, spacing.GOOD, spacing.GOOD) == [2, 11, 46]
    assert intervals(spacing.AGAIN, spacing.AGAIN, spacing.AGAIN) == [1, 1, 1]


def test_easy_comes_back_later_than_good_and_a_miss_sooner() -> None:
    good, easy, again = (intervals(spacing.AGAIN, spacing.GOOD, rating)[-1] for rating in (3, 4, 1))
    assert again < good < easy


def test_nothing_is_put_off_for_more_than_a_year() -> None:
    assert max(intervals(*[spacing.EASY] * 12)) == 365


def test_the_same_answers_always_give_the_same_day() -> None:
    assert len({tuple(intervals(3, 1, 3, 4, 3, 3)) for _ in range(20)}) == 1


def test_any_zone_is_understood() -> None:
    paris = START.astimezone()
    assert spacing.after(spacing.unseen(paris), spacing.GOOD, paris)["due_at"] == START + timedelta(days=2)


@pytest.mark.parametrize("rating", [0, 5])
def test_a_rating_that_does_not_exist_is_refused(rating: int) -> None:
    with pytest.raises(ValueError, match="not a valid Rating"):
        spacing.after(spacing.unseen(START), rating, START)
