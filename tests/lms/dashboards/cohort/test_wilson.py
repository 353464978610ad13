"""The interval of a share: published values, bounds, what grows and what shrinks."""

import pytest

from lms.dashboards.cohort.wilson import interval


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_it_gives_the_published_values(part: int, whole: int, low: float, high: float) -> None:
    """Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    assert interval(part, whole) == pytest.approx((low, high), abs=1e-4)


def test_it_holds_the_share_and_stays_within_bounds() -> None:
    for whole in (1, 2, 5, 37, 400):
        for part in range(whole + 1):
            low, high = interval(part, whole)
            assert 0 <= low <= part / whole <= high <= 1


def test_everybody_and_nobody_are_mirrors() -> None:
    low, high = interval(0, 12)
    assert interval(12, 12) == pytest.approx((1 - high, 1 - low))


def test_more_people_say_more() -> None:
    widths = [high - low for low, high in (interval(n // 2, n) for n in (4, 40, 400))]
    assert widths == sorted(widths, reverse=True)


def test_nobody_measured_says_nothing() -> None:
    assert interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("part", "whole"), [(-1, 3), (4, 3)])
def test_a_part_larger_than_its_whole_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match=f"{part} of {whole}"):
        interval(part, whole)
