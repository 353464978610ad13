"""Which module first: known points, bounds, and what never happens, without a database."""

from math import pi, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.datafile import DataFileError
from lms.learning.path.ordering import Candidate, Placed, ordered, shortfall, spread
from lms.learning.path.rules import FILE, load, rules

STUDENT = rules("student")
SURE = (500, 499, 501)


def module(key: str, *codes: str, level: str = "entry", minutes: int = 15) -> Candidate:
    return Candidate(key, codes or ("D1.C1",), level, minutes)


def keys(*candidates: Candidate, **scores: tuple[int, int, int]) -> list[str]:
    """Return the order; scores are given as D1_C1=…"""
    told = {code.replace("_", "."): score for code, score in scores.items()}
    return [placed.key for placed in ordered(candidates, told, STUDENT)]


def test_the_expected_shortfall_at_known_points() -> None:
    assert shortfall((400, 399, 401), 550) == pytest.approx(150, abs=0.01)
    assert shortfall((900, 899, 901), 550) == pytest.approx(0, abs=1e-6)
    spread = 392 / 3.92
    assert shortfall((550, 354, 746), 550) == pytest.approx(spread / sqrt(2 * pi))


@given(st.integers(0, 1000), st.integers(0, 500), st.integers(0, 1000))
def test_a_shortfall_is_never_less_than_the_gap_nor_negative(score: int, half: int, target: int) -> None:
    found = shortfall((score, score - half, score + half), target)
    assert found >= max(0, target - score) - 1e-6
    assert shortfall((score, score - half - 10, score + half + 10), target) >= found - 1e-9


def test_the_widest_gap_comes_first() -> None:
    assert keys(module("a", "D1.C1"), module("b", "D2.C1"), D1_C1=(500, 450, 550), D2_C1=(350, 300, 400))[0] == "b"


def test_per_minute_a_shorter_module_wins() -> None:
    assert keys(module("long", minutes=25), module("short", "D2.C1", minutes=12), D1_C1=SURE, D2_C1=SURE)[0] == "short"


def test_what_is_not_sure_counts() -> None:
    assert keys(module("a", "D1.C1"), module("b", "D2.C1"), D1_C1=(560, 550, 570), D2_C1=(560, 300, 820))[0] == "b"


def test_two_modules_on_one_thing_do_not_follow_each_other() -> None:
    order = keys(module("a1"), module("a2"), module("b", "D2.C1"), D1_C1=(380, 330, 430), D2_C1=(420, 370, 470))
    assert order == ["a1", "b", "a2"]


def test_the_level_fits_the_person() -> None:
    both = (module("entry"), module("further", level="further"))
    assert keys(*both, D1_C1=(300, 250, 350))[0] == "entry"
    assert keys(*both, D1_C1=(600, 450, 750))[0] == "further"


def test_the_first_competency_weighs_most() -> None:
    order = keys(module("a", "D1.C1", "D2.C1"), module("b", "D2.C1", "D1.C1"), D1_C1=(300, 250, 350), D2_C1=SURE)
    assert order[0] == "a"


def test_nothing_measured_is_still_an_order() -> None:
    assert keys(module("c"), module("a", "D2.C1"), module("b", "D3.C1")) == ["a", "b", "c"]


@given(st.permutations([module("a"), module("b", "D2.C1"), module("c", "D3.C1", "D1.C1"), module("d", minutes=12)]))
def test_the_order_does_not_depend_on_how_modules_are_listed(listed: list[Candidate]) -> None:
    told = {"D1.C1": (400, 300, 500), "D2.C1": (420, 300, 540)}
    assert [one.key for one in ordered(listed, told, STUDENT)] == [
        one.key for one in ordered(sorted(listed, key=lambda one: one.key), told, STUDENT)
    ]


def test_each_module_is_there_once_with_a_gain() -> None:
    path = ordered([module(f"m{n}") for n in range(8)], {"D1.C1": (300, 200, 400)}, STUDENT)
    assert sorted(placed.key for placed in path) == [f"m{n}" for n in range(8)]
    gains = [placed.gain for placed in path]
    assert gains == sorted(gains, reverse=True)
    assert min(gains) > 0


def test_citizens_are_led_less_far() -> None:
    assert rules("citizen").target < rules("student").target
    assert rules("ambassador") == rules("student")


def test_the_file_says_all_that_is_needed(tmp_path: Path) -> None:
    assert set(load(FILE)) == {"student", "professional", "citizen"}
    short = tmp_path / "path.yaml"
    short.write_text("misfit: 0.5\n", encoding="utf-8")
    with pytest.raises(DataFileError, match="exactly"):
        load(short)


def test_a_path_can_begin_with_the_best_of_each_domain() -> None:
    order = [Placed(key, gain, code) for key, gain, code in (
        ("a", 9, "D5.C1"), ("b", 8, "D5.C2"), ("c", 7, "D1.C1"), ("d", 6, "D5.C3"), ("e", 5, "D3.C1"),
    )]  # fmt: skip
    assert [one.key for one in spread(order)] == ["a", "c", "e", "b", "d"]
    assert spread([]) == []
