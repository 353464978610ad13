"""What to teach next: who is furthest from the target, weighted by the domain, always in the same order."""

import pytest

from lms.dashboards.cohort.teaching import Standing, gaps, weights


def codes(standings: list[Standing], target: int = 2) -> list[str]:
    return [gap.code for gap in gaps(standings, target=target)]


def test_the_widest_shared_gap_comes_first() -> None:
    assert codes([Standing("A", [1, 1, 8, 0]), Standing("B", [5, 4, 1, 0]), Standing("C", [0, 5, 5, 0])]) == [
        "B",
        "C",
        "A",
    ]


def test_a_share_counts_and_not_a_number() -> None:
    assert codes([Standing("many", [0, 40, 60, 0]), Standing("few", [3, 3, 2, 0])]) == ["few", "many"]


def test_a_domain_that_weighs_more_comes_first() -> None:
    alike = [Standing("A", [4, 0, 6, 0]), Standing("B", [4, 0, 6, 0], weight=1.2)]
    assert codes(alike) == ["B", "A"]


def test_equal_gaps_keep_the_order_of_the_framework() -> None:
    assert codes([Standing(code, [1, 1, 1, 1]) for code in ("D", "A", "C")]) == ["D", "A", "C"]


def test_what_everybody_has_reached_or_nobody_measured_is_not_taught() -> None:
    assert codes([Standing("reached", [0, 0, 7, 3]), Standing("unknown", [0, 0, 0, 0])]) == []


def test_the_target_decides_who_is_below() -> None:
    standing = Standing("A", [2, 3, 4, 1])
    assert [gaps([standing], target=target)[0].below for target in (1, 2, 3)] == [2, 5, 9]
    assert gaps([standing], target=2)[0].share == pytest.approx(0.5)


def test_domains_weigh_their_hours_around_one() -> None:
    assert weights([6, 6, 12]) == pytest.approx([0.75, 0.75, 1.5])
    assert weights([0, 0]) == [1.0, 1.0]
